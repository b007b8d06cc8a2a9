/**
 * Calls of a row function over a batch, as one loop that is written for the
 * function: V8 sees calls of one function with a fixed number of arguments,
 * and can put its body in their place.
 *
 * @module
 */
import type { ColumnBuilder } from "../../src/serde/arrow/builders/column_builder.ts";

/** What a loop is written for. */
export interface RowShape {
  /** Number of arguments of the innermost function. */
  readonly args: number;
  /** How many functions follow one another, each given the result of the one before. */
  readonly chain: number;
  /** Which of them give null for null without a call. */
  readonly skipsNulls: readonly boolean[];
}

/**
 * Runs a row function over a batch.
 *
 * @param functions the function, behind those whose results it is given
 * @param tools what the loop calls beside them
 * @param columns the arguments, a list of values each
 * @param out takes the results
 * @param length number of rows
 */
export type RowProgram = (
  functions: readonly unknown[],
  tools: RowTools,
  columns: readonly ArrayLike<unknown>[],
  out: ColumnBuilder,
  length: number,
) => void;

/** What a loop calls for all but its innermost work. */
export interface RowTools {
  /** Makes what function `at` gave for `value` into what the next one is given. */
  readonly between: readonly ((value: unknown) => unknown)[];
  /**
   * The error of row `i`.
   *
   * @param at which of the functions it came from
   * @param given what that one was given, where it is not the innermost
   */
  failed(
    error: unknown,
    i: number,
    columns: readonly ArrayLike<unknown>[],
    at: number,
    given: unknown,
  ): unknown;
}

/**
 * Writes the loop of a shape.
 *
 * @param shape what it is for
 */
export function rowCode({ args, chain, skipsNulls }: RowShape): string {
  const columns = Array.from({ length: args }, (_, at) => at);
  const lines = [
    '"use strict";',
    "return function run(functions, tools, columns, out, length) {",
    ...Array.from(
      { length: chain },
      (_, at) => `const f${at} = functions[${at}];`,
    ),
    ...Array.from(
      { length: chain - 1 },
      (_, at) => `const b${at} = tools.between[${at}];`,
    ),
    ...columns.map((at) => `const c${at} = columns[${at}];`),
    "let i = 0, at = 0, given = null;",
    "try {",
    "for (; i < length; i++) {",
    ...(chain > 1 ? ["at = 0;"] : []),
    ...columns.map((at) => `const x${at} = c${at}[i];`),
  ];
  const test = columns.map((at) => `x${at} === null`).join(" || ");
  if (skipsNulls[0] === true && test !== "") {
    lines.push(`if (${test}) { out.appendNull(); continue; }`);
  }
  lines.push(`const y0 = f0(${columns.map((at) => `x${at}`).join(", ")});`);
  for (let at = 1; at < chain; at++) {
    lines.push(`const z${at} = b${at - 1}(y${at - 1});`);
    if (skipsNulls[at] === true) {
      lines.push(`if (z${at} === null) { out.appendNull(); continue; }`);
    }
    lines.push(`at = ${at}; given = z${at};`);
    lines.push(`const y${at} = f${at}(z${at});`);
  }
  lines.push(
    `out.append(y${chain - 1});`,
    "}",
    "} catch (error) { throw tools.failed(error, i, columns, at, given); }",
    "};",
  );
  return lines.join("\n");
}
