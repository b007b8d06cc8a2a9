import assert from "node:assert/strict";
import { EVAL_TYPE } from "../../../../src/protocol/marker.ts";
import { Builtins } from "../../../../worker/task/builtins.ts";
import { runUdfTask, stream } from "./udf_rig.ts";

const RETURNS = [
  "text STRING",
  "long_text STRING",
  "wide_text STRING",
  "flag BOOLEAN",
  "byte TINYINT",
  "int INT",
  "long BIGINT",
  "big BIGINT",
  "float FLOAT",
  "double DOUBLE",
  "short_decimal DECIMAL(10, 2)",
  "long_decimal DECIMAL(38, 3)",
  "rounded DECIMAL(10, 2)",
  "bytes BINARY",
  "day DATE",
  "time TIMESTAMP",
  "local TIMESTAMP_NTZ",
  "months INTERVAL YEAR TO MONTH",
  "span INTERVAL DAY TO SECOND",
  "list ARRAY<INT>",
  "map MAP<STRING, INT>",
  "names MAP<STRING, STRING>",
  "inner STRUCT<a: INT, b: STRING>",
  "pair STRUCT<a: INT, b: STRING>",
].join(", ");

/** What row `n` gives; more rows than a builder has room for at first. */
const resultOf = (n: number): Record<string, unknown> => ({
  text: `row ${n}`,
  long_text: `row ${n} `.repeat(9),
  wide_text: `ß${n}`,
  flag: n % 3 === 0 ? null : n % 2 === 0,
  byte: n % 100,
  int: n,
  long: n * 2 ** 33,
  big: 2n ** 40n * BigInt(n),
  float: n / 2,
  double: n / 3,
  short_decimal: `${n}.25`,
  long_decimal: `-1234567890123456789${n}.125`,
  rounded: 1.5,
  bytes: new Uint8Array([n, 1, 2]),
  day: new Date(Date.UTC(2024, 0, 1 + n % 300)),
  time: new Date(1_700_000_000_000 + n),
  local: new Date(1_700_000_000_000 + n),
  months: n,
  span: BigInt(n),
  list: [n, n + 1, null],
  map: new Map([["a", n], ["b", n + 1]]),
  names: { first: `${n}`, second: "x" },
  inner: { a: n, b: `${n}` },
  pair: [n, `${n}`],
});
const ROWS = 1100;
const RESULTS = Array.from({ length: ROWS }, (_, n) => resultOf(n));
const INPUT = stream("n INT", RESULTS.map((_, n) => [n]));

function run(change: () => void): Promise<unknown[][][]> {
  const f = (n: number): unknown => {
    if (n === 0) change();
    return RESULTS[n];
  };
  return runUdfTask({
    evalType: 101,
    functions: [{
      form: "row",
      functions: [f],
      returns: RETURNS,
      offsets: [0],
    }],
    input: INPUT,
    builtins: new Builtins(),
  });
}
const EXPECTED = await run(() => {});

/** Each of these is called, or was, where a result becomes a value of a column. */
const CHANGED: readonly [owner: string, holder: object, keys: string][] = [
  ["Object", Object, "getPrototypeOf keys hasOwn getOwnPropertyDescriptor"],
  ["Array", Array, "isArray from"],
  ["Number", Number, "isInteger isSafeInteger isFinite isNaN"],
  ["BigInt", BigInt, "asIntN asUintN"],
  ["Math", Math, "floor max min ceil trunc"],
  ["ArrayBuffer", ArrayBuffer, "isView"],
  [
    "Array.prototype",
    Array.prototype,
    "forEach map push reduce some slice indexOf entries",
  ],
  [
    "String.prototype",
    String.prototype,
    "charCodeAt isWellFormed slice repeat replace padEnd",
  ],
  ["Number.prototype", Number.prototype, "toString valueOf"],
  ["Date.prototype", Date.prototype, "getTime valueOf"],
  ["RegExp.prototype", RegExp.prototype, "exec test"],
  ["Map.prototype", Map.prototype, "forEach entries keys get"],
  [
    "DataView.prototype",
    DataView.prototype,
    "setInt32 setBigInt64 getInt32 setFloat64",
  ],
  ["TextEncoder.prototype", TextEncoder.prototype, "encode encodeInto"],
  [
    "typed arrays",
    Object.getPrototypeOf(Uint8Array.prototype),
    "set subarray fill slice",
  ],
  ["array iterators", Object.getPrototypeOf([].values()), "next"],
  ["Map iterators", Object.getPrototypeOf(new Map().values()), "next"],
  ["globalThis", globalThis, "Number BigInt String Date Map Int32Array"],
];

const { defineProperty } = Object;

for (const [owner, holder, keys] of CHANGED) {
  for (const key of keys.split(" ")) {
    Deno.test(
      `a row function's results are right though it changes ${key} of ${owner}`,
      { permissions: "none" },
      async () => {
        const known = Object.getOwnPropertyDescriptor(holder, key);
        assert.ok(known !== undefined);
        for (const value of [() => undefined, () => 1]) {
          let rows: unknown;
          try {
            rows = await run(() =>
              defineProperty(holder, key, { ...known, value })
            );
          } finally {
            defineProperty(holder, key, known);
          }
          assert.deepEqual(rows, EXPECTED);
        }
      },
    );
  }
}

/** A table function of two rows that changes a builtin in its nth call. */
function runTable(at: number): Promise<unknown[][][]> {
  const f = function* (n: number): Generator<{ n: number }> {
    if (n === at) {
      defineProperty(Math, "max", {
        value: () => 1,
        configurable: true,
        writable: true,
      });
    }
    yield { n };
    yield { n: -n };
  };
  return runUdfTask({
    evalType: EVAL_TYPE.SQL_ARROW_TABLE_UDF,
    functions: [{
      form: "table",
      functions: [f],
      returns: "n INT",
      offsets: [0],
    }],
    input: INPUT,
    builtins: new Builtins(),
  });
}

Deno.test(
  "a table function may change builtins in its first calls, and not between others",
  {
    permissions: "none",
  },
  async () => {
    const known = Object.getOwnPropertyDescriptor(Math, "max") ?? {};
    const run = async (at: number): Promise<unknown> => {
      try {
        return await runTable(at);
      } finally {
        defineProperty(Math, "max", known);
      }
    };
    const expected = await run(-1);
    assert.deepEqual(
      expected,
      RESULTS.map((_, n) => [[{ n }], [{ n: 0 - n }]]),
    );
    assert.deepEqual(await run(0), expected);
    await assert.rejects(run(1000), {
      condition: "BUILTINS_CHANGED",
      message:
        'Cannot write the rows of a table function: it has changed "Math.max" after its first calls; change builtins in the first call, or put them back before it returns',
    });
  },
);
