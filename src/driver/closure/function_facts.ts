/**
 * What is known of a function beside its text.
 *
 * @module
 */

import type { ScopeCopy } from "./scope_copy.ts";
import type { ScriptText } from "./script_text.ts";

/** A function or a class; never called here. */
// deno-lint-ignore ban-types -- classes and functions alike, by identity
export type AnyFunction = Function;

/** A script that the engine has loaded. */
export interface Script {
  /** The engine's name for it. */
  readonly id: string;
  /** Address that it was loaded from. */
  readonly url: string;
  /** Whether it is a module, and strict for that. */
  readonly isModule: boolean;
  /** Address or data of its source map; empty where the engine knows of none. */
  readonly sourceMapUrl: string;
}

/** A script with its text. */
export interface LoadedText {
  readonly script: Script;
  /** The whole text of its script. */
  readonly text: ScriptText;
}

/** A position in the text that the engine has loaded. */
export interface ScriptPlace {
  readonly script: Script;
  /** From 0. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** Where a function was written, in the text that the engine has loaded. */
export interface FunctionPlace extends LoadedText, ScriptPlace {
  /** Line of the function's first character, from 0. */
  readonly line: number;
  /** Column of it, from 0. */
  readonly column: number;
  /** Whether it runs in strict mode because its script does. */
  readonly strict: boolean;
}

/** What `bind` was given. */
export interface BoundParts {
  readonly target: unknown;
  readonly self: unknown;
  readonly arguments: readonly unknown[];
}

/** Everything that the engine tells of one function. */
export interface FunctionFacts {
  /** Null for native functions. */
  readonly place: FunctionPlace | null;
  /** From the innermost to the global one. */
  readonly scopes: readonly ScopeCopy[];
  /** Set for a bound function. */
  readonly bound: BoundParts | null;
  /** What an arrow function has as `this`, where that is known. */
  readonly receiver?: object;
}
