import assert from "node:assert/strict";
import { EXPRESSION } from "../../../../src/driver/sql/expression/to_expression.ts";
import {
  col,
  element_at,
  lit,
  when,
} from "../../../../src/driver/sql/functions/mod.ts";
import type { Column } from "../../../../src/driver/sql/column.ts";

function originOf(column: Column) {
  const expression = column[EXPRESSION];
  assert.ok("origin" in expression);
  return expression.origin.site;
}

Deno.test("an expression knows what the program called, and where", () => {
  const cases: readonly (readonly [string, Column])[] = [
    ["divide", col("a").divide(1)],
    ["times", col("a").times(lit(1))],
    ["ne", col("a").ne(1)],
    ["astype", col("a").astype("int")],
    ["like", col("a").like("x%")],
    ["like", col("a").like(col("b") as Column<string>)],
    ["isin", col("a").isin([1, 2])],
    ["desc_nulls_first", col("a").desc_nulls_first()],
    ["element_at", element_at(col("a"), 1)],
    ["when", when(col("a") as Column<boolean>, 1).otherwise(2)],
    ["lit", lit([1])],
  ];
  for (const [method, column] of cases) {
    const site = originOf(column);
    assert.equal(site?.operation, method);
    assert.match(site?.position ?? "", /^file:.*\/call_site_test\.ts:\d+:\d+$/);
    assert.equal(originOf(column), site);
  }
});

Deno.test("an expression leaves the length of the program's stacks as it is", () => {
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 0;
    const column = col("a").plus(1);
    assert.equal(Error.stackTraceLimit, 0);
    assert.equal(originOf(column)?.operation, "plus");
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
});

Deno.test("an expression has no place where a program makes its own stacks", () => {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_, frames) => frames;
    assert.equal(originOf(col("a").plus(1)), null);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
});
