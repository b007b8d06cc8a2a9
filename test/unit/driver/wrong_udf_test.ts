/** What programs give for a function in SQL that nobody compiles. */
import assert from "node:assert/strict";
import {
  aggregateUdf,
  arrowUdf,
  asyncUdf,
  DataFrame,
  udaf,
  udf,
  udtf,
} from "../../../mod.ts";
import { callSite } from "../../../src/driver/runtime/call_site.ts";
import { source } from "../../../src/driver/sql/plan/relation.ts";
import type { SessionState } from "../../../src/driver/sql/session_state.ts";

/** A frame that nobody computes. */
function frame(): DataFrame {
  const open = () => Promise.reject(new Error("Nothing runs here"));
  return new DataFrame(
    source({} as SessionState, "table", ["t"], open, callSite("table()")),
  );
}

/** What the types would refuse. */
const wrong = (value: unknown): never => value as never;
const same = (x: number) => x;
const later = (x: number) => Promise.resolve(x);
const average = {
  zero: () => 0,
  reduce: (a: number, b: number) => a + b,
  merge: (a: number, b: number) => a + b,
  finish: (a: number) => a,
};

Deno.test("a function for SQL without the type of its results is refused", () => {
  const given: readonly [unknown, string][] = [
    [undefined, "undefined"],
    [null, "null"],
    [Number, "the function Number"],
  ];
  for (const [type, text] of given) {
    const calls = [
      () => udf(wrong(same), wrong(type)),
      () => asyncUdf(wrong(later), wrong(type)),
      () => aggregateUdf(wrong(same), wrong(type)),
      () => udaf(wrong(average), wrong(type)),
    ];
    for (const call of calls) {
      assert.throws(call, {
        name: "TypeError",
        message:
          `Cannot make a function for SQL whose results are of the type ${text}: give a type of Spark, such as "int"`,
      });
    }
    const rows = [
      () => frame().map(wrong(same), wrong(type)),
      () => frame().groupBy("a").flatMapGroups(wrong(same), wrong(type)),
    ];
    for (const call of rows) {
      assert.throws(call, {
        name: "TypeError",
        message:
          `Cannot make rows by the schema ${text}: give the columns with their types, such as "id BIGINT, name STRING"`,
      });
    }
  }
});

Deno.test("functions for SQL refuse options that they have not", () => {
  const row = "name, deterministic, nullInput";
  const calls: readonly [string, string, (options: never) => unknown][] = [
    ["udf()", row, (options) => udf(same, "int", options)],
    [
      "asyncUdf()",
      `concurrency, ordered, timeoutMs, retries, retryDelayMs, backoff, maxRetryDelayMs, retryIf, ${row}`,
      (options) => asyncUdf(later, "int", options),
    ],
    [
      "arrowUdf()",
      "name, deterministic",
      (options) => arrowUdf(wrong(same), "int", options),
    ],
    [
      "aggregateUdf()",
      "name, deterministic",
      (options) => aggregateUdf(wrong(same), "int", options),
    ],
    [
      "udtf()",
      "name, deterministic",
      (options) => udtf(wrong(same), "a INT", options),
    ],
  ];
  for (const [operation, known, call] of calls) {
    assert.throws(() => call(wrong({ determinstic: false })), {
      name: "TypeError",
      message:
        `Cannot run ${operation} with the option "determinstic": it takes ${known}; write "deterministic"`,
    });
    assert.throws(() => call(wrong({ deterministic: "no" })), {
      name: "TypeError",
      message:
        `Cannot run ${operation} with deterministic "no": give true or false`,
    });
  }
  assert.throws(() => udaf(average, "int", wrong({ nam: "x" })), {
    message:
      'Cannot run udaf() with the option "nam": it takes name; write "name"',
  });
  for (const make of [udf, asyncUdf] as const) {
    assert.throws(
      () => make(wrong(later), "int", { nullInput: wrong("skipp") }),
      {
        name: "RangeError",
        message:
          `Cannot run ${make.name}() with nullInput "skipp": give "call" or "skip"`,
      },
    );
  }
});
