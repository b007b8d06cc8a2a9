import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import { createCborCodec } from "../../../src/serde/cbor/cbor.ts";
import { encodeVariant } from "../../../src/types/variant_encode.ts";
import { VariantVal } from "../../../src/types/variant_val.ts";

const NONE = { permissions: "none" } as const;

function pass(value: unknown): unknown {
  const variant = encodeVariant(value);
  assert.ok(variant !== null);
  return variant.toJS();
}

Deno.test("encodeVariant() and toJS() keep every JSON value", NONE, () => {
  fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
    assert.deepEqual(pass(value), value);
    const variant = encodeVariant(value);
    assert.deepEqual(
      JSON.parse(String(variant)),
      JSON.parse(JSON.stringify(value)),
    );
  }));
});

Deno.test("encodeVariant() keeps what JSON has no form for", NONE, () => {
  const date = new Date("2024-01-02T03:04:05.678Z");
  const value = {
    ints: [
      0,
      -1,
      127,
      128,
      -32_768,
      32_768,
      2 ** 31,
      -(2 ** 31) - 1,
      2 ** 53 - 1,
    ],
    longs: [2n ** 63n - 1n, -(2n ** 63n), 5n],
    doubles: [0.5, -0, NaN, Infinity, 1e300],
    date,
    bytes: Uint8Array.of(1, 2),
    texts: ["", "é", "😀".repeat(99)],
    ["__proto__"]: 1,
  };
  const back = pass(value) as typeof value;
  assert.deepEqual(back, {
    ...value,
    longs: [2n ** 63n - 1n, -(2n ** 63n), 5],
    ["__proto__"]: 1,
  });
  assert.equal(pass(10n ** 38n - 1n), "9".repeat(38));
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`field ${i}`, [i]]),
  );
  assert.deepEqual(pass(many), many);
  assert.deepEqual(pass(new Map([["a", null]])), { a: null });
  assert.deepEqual(pass({ a: undefined }), { a: null });
});

Deno.test("encodeVariant() refuses what has no form in a variant", NONE, () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const values = [
    10n ** 38n,
    Symbol("x"),
    () => 1,
    new Map([[1, 2]]),
    new (class Other {})(),
    "\ud800",
    [Symbol("x")],
    { a: new Date(NaN) },
    circle,
  ];
  for (const value of values) assert.equal(encodeVariant(value), null);
});

Deno.test("VariantVal writes JSON with all digits, as Spark does", NONE, () => {
  const of = (hex: string): VariantVal =>
    new VariantVal(Uint8Array.fromHex(hex), Uint8Array.fromHex("010000"));
  assert.equal(String(of("2002d2040000")), "12.34"); // decimal4
  assert.equal(String(of("2002fbffffff")), "-0.05");
  assert.equal(of("2002d2040000").toJS(), "12.34");
  assert.equal(String(of("18ffffffffffffff7f")), "9223372036854775807");
  assert.equal(of("18ffffffffffffff7f").toJS(), 2n ** 63n - 1n);
  assert.equal(String(of("2c01000000")), '"1970-01-02"');
  assert.deepEqual(of("2c01000000").toJS(), new Date(86_400_000));
  assert.equal(
    String(of("3001e1f50500000000")),
    '"1970-01-01 00:01:40.000001+00:00"',
  );
  assert.equal(String(of("3400e1f50500000000")), '"1970-01-01 00:01:40"');
  assert.equal(String(of("4401e1f50500000000")), '"00:01:40.000001"');
  assert.equal(String(of("3c020000000102")), '"AQI="');
  assert.equal(
    String(of("50000102030405060708090a0b0c0d0e0f")),
    '"00010203-0405-0607-0809-0a0b0c0d0e0f"',
  );
  assert.equal(JSON.stringify({ v: of("0c05") }), '{"v":5}');
});

Deno.test("VariantVal refuses bytes that are no variant", NONE, () => {
  const names = Uint8Array.fromHex("010000");
  const refuses = (value: string, metadata: Uint8Array, why: string): void => {
    assert.throws(
      () => new VariantVal(Uint8Array.fromHex(value), metadata).toJS(),
      {
        condition: "VARIANT_MALFORMED",
        message:
          `Cannot read a variant: ${why}; its bytes are not what Spark writes`,
      },
    );
  };
  refuses("", names, "it ends too early");
  refuses("18ff", names, "it ends too early");
  refuses("fc", names, "a value has type 63, which is not known");
  refuses("00", Uint8Array.fromHex("020000"), "its version is another");
  refuses("020100000100", names, "a field has no name");
  refuses("13ffffffff0000000000", names, "an array is cut short");
  // Lists of one list, twice each: without a limit 2^30 values.
  refuses(`${"0302000000".repeat(30)}00`, names, "its values have no end");
  refuses(`${"03010000".repeat(600)}00`, names, "its values nest too deeply");
});

Deno.test("VariantVal is printed as what it holds", NONE, () => {
  const variant = encodeVariant({ a: [1, "x"] });
  const text = 'VariantVal { a: [ 1, "x" ] }';
  assert.equal(Deno.inspect(variant), text);
  assert.equal(inspect(variant), text.replaceAll('"', "'"));
  assert.equal(
    Deno.inspect(new VariantVal(Uint8Array.of(0xfc), Uint8Array.of(1, 0, 0))),
    "VariantVal (malformed, 1 bytes)",
  );
});

Deno.test("VariantVal is a record like any other", NONE, () => {
  const codec = createCborCodec();
  const variant = encodeVariant({ a: [1, "x"] });
  const [back] = codec.decode(codec.encode([variant])) as unknown[];
  assert.ok(back instanceof VariantVal);
  assert.deepEqual(back.toJS(), { a: [1, "x"] });
  assert.throws(
    () => codec.decode(new Uint8Array([0xd9, 0x54, 0x5f, 0x82, 0x41, 1, 1])),
    {
      condition: "CBOR_MALFORMED",
      message:
        "Cannot decode record at byte 7 of 7: parts of a variant are of other types",
    },
  );
  assert.throws(
    () => codec.encode(Object.assign(encodeVariant(1) ?? {}, { note: 1 })),
    {
      message:
        'Cannot serialize record ".note": a VariantVal is serialized without properties of its own; keep both in an object',
    },
  );
});
