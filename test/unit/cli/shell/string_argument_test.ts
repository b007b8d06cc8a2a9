import assert from "node:assert/strict";
import { findStringArgument } from "../../../../src/cli/shell/string_argument.ts";

/** What is typed; the string; the calls around it with what they are called on. */
const FOUND: readonly (readonly [
  text: string,
  typed: string,
  ...calls: (readonly [method: string, ...receivers: string[]])[],
])[] = [
  ['df.col("na', "na", ["col", "df"]],
  ["df.where(`a > ", "a > ", ["where", "df"]],
  ["df.select('a', F.col('n", "n", ["col", "F"], ["select", "df"]],
  ['df.agg({ "v', "v", ["agg", "df"]],
  ["df.select(['a', 'b", "b", ["select", "df"]],
  ['frames[0].a.drop("b', "b", ["drop", "frames[0].a", "frames[0]"]],
  [
    'let x = await df.groupBy("k").sum("',
    "",
    ["sum", 'df.groupBy("k")', "df"],
  ],
  ['x = df?.limit(1)\n  .drop("', "", ["drop", "df?.limit(1)", "df"]],
  ['(await made).drop("', "", ["drop", "(await made)"]],
  ['await (made).drop("', "", ["drop", "(made)"]],
  ['this.df.drop("', "", ["drop", "this.df", "this"]],
  ['if (df.col("a', "a", ["col", "df"]],
  ['f("a', "a"],
  ['"a', "a"],
];

Deno.test(
  "findStringArgument() tells the calls around a string, innermost first",
  { permissions: "none" },
  () => {
    for (const [text, typed, ...calls] of FOUND) {
      assert.deepEqual(findStringArgument(text), {
        typed,
        calls: calls.map(([method, ...receivers]) => ({ method, receivers })),
      }, text);
    }
  },
);

Deno.test(
  "findStringArgument() finds nothing outside of strings, and where there are escapes",
  { permissions: "none" },
  () => {
    for (
      const text of ["", "df.col(", 'df.col("a")', 'df.col("a\\n', "/* 'a"]
    ) {
      assert.equal(findStringArgument(text), null, text);
    }
  },
);
