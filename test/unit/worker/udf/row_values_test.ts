import assert from "node:assert/strict";
import { EVAL_TYPE } from "../../../../src/protocol/marker.ts";
import { FailedCall } from "../../../../worker/task/failed_call.ts";
import {
  groups,
  type RigFunction,
  rigFunction as f,
  type RigTask,
  runUdfTask,
  stream,
} from "./udf_rig.ts";

const ROWS = "id INT, name STRING";

const CASES: readonly (readonly [string, RigTask, unknown[][][]])[] = [
  [
    "row functions of a column, one of which changes its values",
    {
      evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
      functions: [
        f("row", "INT", [0, 0], (xs: number[], same: number[]) => {
          xs.push(9);
          return same.length;
        }),
        f("row", "INT", [0], (xs: number[]) => xs.length),
        f("row", "INT", [1, 1], (bytes: Uint8Array, same: Uint8Array) => {
          bytes[0] = 9;
          return same[0] ?? null;
        }),
        f("row", "INT", [1], (bytes: Uint8Array) => bytes[0] ?? null),
        f("row", "INT", [2, 2], (day: Date, same: Date) => {
          day.setUTCFullYear(1970);
          return same.getUTCFullYear();
        }),
        f("row", "INT", [2], (day: Date) => day.getUTCFullYear()),
        f("row", "INT", [3, 3], (row: { x: number }, same: { x: number }) => {
          row.x = 9;
          return same.x;
        }),
        f("row", "INT", [3], (row: { x: number }) => row.x),
      ],
      input: stream(
        "xs ARRAY<INT>, bytes BINARY, day DATE, row STRUCT<x: INT>",
        [[[1, 2], Uint8Array.of(3), new Date("2024-01-01"), { x: 5 }]],
      ),
    },
    [[[2, 2, 3, 3, 2024, 2024, 5, 5]]],
  ],
  [
    "functions of functions: values are those of a column between them",
    {
      evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
      functions: ([
        ["TINYINT", 5n],
        ["SMALLINT", 5n],
        ["INT", -5n],
        ["BIGINT", 2n ** 53n - 1n],
        ["BIGINT", -0],
        ["DOUBLE", -0],
        ["STRING", "𝄞"],
      ] as const).map(([type, value]): RigFunction => ({
        ...f("row", type, [0], () => value),
        then: [
          f(
            "row",
            "STRING",
            [],
            (x: unknown) => `${typeof x} ${Object.is(x, -0) ? "-0" : x}`,
          ),
        ],
      })),
      input: stream(ROWS, [[1, "a"]]),
    },
    [[[
      "number 5",
      "number 5",
      "number -5",
      "number 9007199254740991",
      "number 0",
      "number -0",
      "string 𝄞",
    ]]],
  ],
];

for (const [name, task, output] of CASES) {
  Deno.test(`evaluateRows(): ${name}`, async () => {
    assert.deepEqual(await runUdfTask(task), output);
  });
}

const REFUSED: readonly (readonly [string, unknown, RegExp])[] = [
  [
    "INT",
    2n ** 40n,
    /^Cannot take the result of "f": 1099511627776n does not fit into type int; give a whole number from -2147483648 to 2147483647$/,
  ],
  [
    "BIGINT",
    2 ** 53,
    /^Cannot take the result of "f": 9007199254740992 does not fit into type bigint; give whole numbers beyond 2\^53 as bigint$/,
  ],
  [
    "BIGINT",
    2n ** 53n,
    /^Cannot read column "f": the long 9007199254740992 is beyond 2\^53 and would lose digits as a number; set spark\.tspark\.longs to bigint$/,
  ],
  [
    "STRING",
    "\ud800",
    /^Cannot take the result of "f": "\\ud800" does not fit into type string; half of a surrogate pair has no form in UTF-8: use toWellFormed\(\)$/,
  ],
  [
    "INT",
    Promise.resolve(1),
    /^Cannot take the result of "f": an object of class Promise is no value of type int; await it first, as asyncUdf\(\) does in queries$/,
  ],
  [
    "DOUBLE",
    "1",
    /^Cannot take the result of "f": "1" is no value of type double; give a number$/,
  ],
];

for (const [type, value, message] of REFUSED) {
  Deno.test(`evaluateRows() refuses ${typeof value} ${value} of type ${type} between two functions`, async () => {
    const inner = f("row", type, [0], () => value);
    const outer = f("row", "STRING", [], String);
    await assert.rejects(
      runUdfTask({
        evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
        functions: [{ ...inner, then: [outer] }],
        input: stream(ROWS, [[1, "a"]]),
      }),
      (error: unknown) => {
        assert.ok(error instanceof FailedCall);
        assert.equal(error.call, "f(1) of udf() at app.ts:1:1");
        assert.match((error.cause as Error).message, message);
        return true;
      },
    );
  });
}

const TOO_LARGE: Readonly<Record<string, RigTask>> = {
  "evaluateRows()": {
    evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
    functions: [f("row", "STRING", [0], String)],
    input: stream("id BIGINT", [[2n ** 53n]]),
  },
  "evaluateAggregates()": {
    evalType: EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
    functions: [f("aggregate", "STRING", [0], String)],
    input: groups("3.5", "id BIGINT", [[2n ** 53n]]),
  },
};

for (const [name, task] of Object.entries(TOO_LARGE)) {
  Deno.test(`${name} names the function of an argument that no number holds`, async () => {
    await assert.rejects(runUdfTask(task), (error: unknown) => {
      assert.ok(error instanceof FailedCall);
      assert.equal(error.call, "f() of udf() at app.ts:1:1");
      assert.match(
        (error.cause as Error).message,
        /^Cannot read column "id": the long 9007199254740992 is beyond 2\^53 and would lose digits as a number; set spark\.tspark\.longs to bigint$/,
      );
      return true;
    });
  });
}
