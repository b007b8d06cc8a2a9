/**
 * A captured function before it becomes a node: its text and the variables
 * that it takes along.
 *
 * @module
 */

import type { ClosureValue } from "../../protocol/closure_record.ts";
import type { AnyFunction, FunctionPlace } from "./function_facts.ts";
import type { ParsedFunction } from "./parse_function.ts";
import type { ScopeCopy, VariableState } from "./scope_copy.ts";

/** A variable that a function takes along. */
export interface VariableDraft {
  readonly name: string;
  /** Its value, as it was named. */
  readonly value: ClosureValue;
  /** Whether the function writes it. */
  readonly assigned: boolean;
  /** Whether a class reads it while it is evaluated. */
  readonly eager: boolean;
  /** The scope that holds it; null for a global of the program's own and for what is made here. */
  readonly scope: ScopeDraft | null;
}

/** A scope, as one function sees it. */
export interface ScopeDraft {
  readonly copy: ScopeCopy;
  /** How many scopes lie around it. */
  readonly level: number;
  /** Whether it is the function's innermost. */
  readonly isInnermost: boolean;
}

/** A function with everything that its node needs. */
export interface FunctionDraft {
  /** Index of its node. */
  readonly id: number;
  readonly value: AnyFunction;
  readonly source: string;
  readonly place: FunctionPlace;
  readonly parsed: ParsedFunction;
  readonly variables: readonly VariableDraft[];
}

/** A variable's state where it was found. */
export interface FoundVariable {
  readonly state: VariableState;
  readonly scope: ScopeDraft | null;
}

/**
 * Looks a free name up as the engine would.
 *
 * @param scopes from the innermost to the global one
 * @returns undefined where no scope of the program has it
 */
export function findVariable(
  name: string,
  scopes: readonly ScopeCopy[],
): FoundVariable | undefined {
  for (const [index, copy] of scopes.entries()) {
    if (copy.description === "Global" || !copy.has(name)) continue;
    return {
      state: copy.read(name),
      scope: {
        copy,
        level: scopes.length - index,
        isInnermost: index === 0,
      },
    };
  }
  return undefined;
}
