import assert from "node:assert/strict";
import * as fc from "fast-check";
import { compareBytes } from "../../../../src/serde/records/byte_order.ts";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { encodeKey } from "../../../../src/serde/keys/key_encoding.ts";
import { KeyWriter } from "../../../../src/serde/keys/key_writer.ts";
import { VariantVal } from "../../../../src/types/variant_val.ts";
import { rowClass } from "../../../../src/serde/records/row.ts";
import {
  anyBigint,
  anyKey,
  anyNumber,
  anyText,
} from "../records/arbitraries.ts";

const pure = { permissions: "none" } as const;

function encode(key: unknown): Uint8Array {
  const writer = new KeyWriter();
  encodeKey(key, writer);
  return writer.view().slice();
}

function byBytes(a: unknown, b: unknown): number {
  return compareBytes(encode(a), encode(b));
}

/** Every kind in its order, and the order within each kind. */
const ordered: unknown[] = [
  undefined,
  null,
  false,
  true,
  -Infinity,
  -1e300,
  -1,
  -5e-324,
  0,
  5e-324,
  0.5,
  1,
  2 ** 53,
  Infinity,
  NaN,
  -(2n ** 70n),
  -256n,
  -255n,
  -1n,
  0n,
  1n,
  255n,
  256n,
  2n ** 70n,
  "",
  "\0",
  "\0\0",
  "\0a",
  "a",
  "a\0",
  "aa",
  "b",
  "é",
  "\ud7ff",
  "\ud800",
  "\ud800\ue000",
  "\udc00",
  "\udfff",
  "\ue000",
  "\uffff",
  "\u{10000}",
  "\u{10ffff}",
  new Date(-1),
  new Date(0),
  new Date(1),
  new Date(NaN),
  Temporal.Instant.fromEpochMilliseconds(-1),
  new Temporal.Instant(0n),
  new Temporal.Instant(1n),
  Temporal.Instant.from("2024-01-01T00:00:00.123456789Z"),
  new Temporal.ZonedDateTime(0n, "Europe/Rome"),
  new Temporal.ZonedDateTime(0n, "UTC"),
  new Temporal.ZonedDateTime(1n, "Europe/Rome"),
  Temporal.PlainDate.from("-271821-04-19"),
  Temporal.PlainDate.from("-000001-12-31"),
  Temporal.PlainDate.from("1999-12-31").withCalendar("hebrew"),
  Temporal.PlainDate.from("1999-12-31"),
  Temporal.PlainDate.from("+010000-01-01"),
  Temporal.PlainTime.from("00:00"),
  Temporal.PlainTime.from("00:00:00.000000001"),
  Temporal.PlainTime.from("23:59:59.999999999"),
  Temporal.PlainDateTime.from("2024-01-01T00:00"),
  Temporal.PlainDateTime.from("2024-01-01T00:00:00.000000001"),
  Temporal.PlainDateTime.from("2024-01-02T00:00"),
  Temporal.PlainYearMonth.from("-271821-04"),
  Temporal.PlainYearMonth.from("2024-05"),
  new Temporal.PlainYearMonth(2024, 5, "iso8601", 17),
  Temporal.PlainYearMonth.from("2024-06"),
  Temporal.PlainMonthDay.from("02-29"),
  Temporal.PlainMonthDay.from("12-01"),
  Temporal.Duration.from("-P1Y"),
  Temporal.Duration.from("PT0S"),
  Temporal.Duration.from("PT60M"),
  Temporal.Duration.from("PT1H"),
  Temporal.Duration.from("PT90M"),
  Temporal.Duration.from("P1D"),
  Temporal.Duration.from("P29D"),
  Temporal.Duration.from("P1M"),
  new Uint8Array(),
  new Uint8Array([0]),
  new Uint8Array([0, 0]),
  new Uint8Array([0, 1]),
  new Uint8Array([1]),
  new Uint8Array([255]),
  new Uint8Array([0]).buffer,
  new Uint16Array([256]),
  new Int8Array([-1]),
  new Int8Array([0]),
  new Int8Array([0, 5]),
  new Float64Array([-0.5]),
  new Float64Array([NaN]),
  new DataView(new Uint8Array([1]).buffer),
  [],
  [undefined],
  [1],
  [1, undefined],
  [1, 2],
  [2],
  ["a"],
  ["a", 0],
  ["a\0"],
  ["b"],
  [[]],
  new (rowClass(["a"]))([1]),
  new (rowClass(["a"]))([2]),
  new (rowClass(["b"]))([1]),
  {},
  { a: undefined },
  { a: 1 },
  { a: 1, b: 0 },
  { a: 2 },
  { b: 0 },
  new Map(),
  new Map([[1, 2]]),
  new Map([[1, 3]]),
  new Set(),
  new Set([1]),
  new Set([1, 2]),
  new Set([2]),
];

Deno.test("encodeKey and compareKeys follow the documented order", pure, () => {
  ordered.forEach((a, i) =>
    ordered.forEach((b, j) => {
      const wanted = Math.sign(i - j);
      const what = `${Deno.inspect(a)} and ${Deno.inspect(b)}`;
      assert.equal(Math.sign(byBytes(a, b)), wanted, `bytes of ${what}`);
      assert.equal(Math.sign(compareKeys(a, b)), wanted, what);
    })
  );
});

Deno.test("encodeKey makes keys of equal value equal", pure, () => {
  const equal: [unknown, unknown][] = [
    [0, -0],
    [NaN, new Float32Array(new Uint32Array([0xffc00001]).buffer)[0]],
    [["a", 1], ["a", 1]],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }],
    [{ a: 1 }, Object.assign(Object.create(null), { a: 1 })],
    [new Date(5), new Date(5)],
    [new Map([[1, "a"], [2, "b"]]), new Map([[2, "b"], [1, "a"]])],
    [new Set([[1], "x"]), new Set(["x", [1]])],
    [new Float64Array([-0, NaN]), new Float64Array([0, NaN])],
    [new Uint8Array([1, 2, 3]).subarray(1), new Uint8Array([2, 3])],
    [new (rowClass(["a"]))([1]), new (rowClass(["a"]))([1])],
    [[, 1], [undefined, 1]], // deno-lint-ignore-line no-sparse-arrays
  ];
  for (const [a, b] of equal) {
    assert.deepEqual(encode(a), encode(b));
    assert.equal(compareKeys(a, b), 0);
  }
});

Deno.test("compareKeys has the sign of the order of encoded keys", pure, () => {
  const pairs = fc.oneof(
    fc.tuple(anyKey, anyKey),
    fc.tuple(anyText, anyText),
    fc.tuple(anyNumber, anyNumber),
    fc.tuple(anyBigint, anyBigint),
    fc.tuple(fc.array(anyText), fc.array(anyText)),
  );
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      assert.equal(Math.sign(compareKeys(a, b)), Math.sign(byBytes(a, b)));
      assert.equal(compareKeys(a, a), 0);
    }),
    { numRuns: 3000 },
  );
});

Deno.test("encodeKey gives different primitives different bytes", pure, () => {
  const primitive = fc.oneof(anyText, anyNumber, anyBigint, fc.boolean());
  fc.assert(
    fc.property(primitive, primitive, (a, b) => {
      const isSame = new Set([a, b]).size === 1; // Map and Set compare as keys do
      assert.equal(byBytes(a, b) === 0, isSame);
    }),
    { numRuns: 2000 },
  );
});

Deno.test(
  "encodeKey gives no encoding that another one starts with",
  pure,
  () => {
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        const [x, y] = [encode(a), encode(b)];
        const starts = compareBytes(x, y.subarray(0, x.length)) === 0;
        assert.ok(!starts || x.length === y.length);
      }),
    );
  },
);

Deno.test("encodeKey refuses what has no value to compare", pure, () => {
  class Socket {}
  const cases: [unknown, string][] = [
    [
      Symbol("s"),
      'Cannot use symbol "s" as a key: keys are compared by value, and it has none; use the data that tells it from others',
    ],
    [
      [1, function pick(): void {}],
      'Cannot use function "pick" as a key: keys are compared by value, and it has none; use the data that tells it from others',
    ],
    [
      { a: new Socket() },
      'Cannot use instance of class "Socket" as a key: keys are compared by value, and it has none; use the data that tells it from others',
    ],
    [
      Promise.resolve(),
      "Cannot use promise as a key: keys are compared by value, and it has none; await it first",
    ],
    [
      new VariantVal(Uint8Array.of(0), Uint8Array.of(1, 0, 0)),
      'Cannot use instance of class "VariantVal" as a key: keys are compared by value, and it has none; use what its toJS() gives',
    ],
  ];
  for (const [key, message] of cases) {
    const wanted = {
      name: "SparkError",
      condition: "KEY_NOT_COMPARABLE",
      message,
    };
    assert.throws(() => encode(key), wanted);
    assert.throws(() => compareKeys(key, key), wanted);
  }
});

Deno.test("encodeKey refuses keys that hold themselves", pure, () => {
  const ring: unknown[] = [];
  ring.push(ring);
  const wanted = {
    condition: "KEY_NOT_COMPARABLE",
    message:
      "Cannot use array or object as a key: it nests deeper than 1000 levels or holds itself; use a part of it as the key",
  };
  assert.throws(() => encode(ring), wanted);
  assert.throws(() => compareKeys(ring, [ring]), wanted);
  const map = new Map();
  map.set("self", { map });
  assert.throws(() => encode(map), wanted);
});
