/**
 * What records are read of: CBOR, columns, pickles, texts.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { VariantVal } from "../../../src/types/variant_val.ts";
import { createCborCodec } from "../../../src/serde/cbor/cbor.ts";
import { readPickledBatch } from "../../../src/serde/pickle/pickle_reader.ts";
import { RecordCodec } from "../../../src/serde/records/record_batch.ts";
import { rowClass } from "../../../src/serde/records/row.ts";
import { readWtf8, writeWtf8 } from "../../../src/serde/cbor/wtf8.ts";
import { Utf8Text } from "../../../src/serde/records/utf8_text.ts";
import type { FuzzDecoder } from "../decoder.ts";

const Pair = rowClass(["a", "b"]);

/** One of each type that is serialized. */
const VALUES: readonly unknown[] = [
  0,
  [1, -1, 1.5, -0, NaN, 2n ** 70n, -(2n ** 63n), true, null, undefined],
  ["a", "ü", "\ud800", "", { __proto__: null, a: 1 }, { b: [{ b: [] }] }],
  [{ a: 1, b: "x" }, { a: 2, b: "y" }],
  [new Pair([1, "x"]), new Pair([2, "y"])],
  new Map<unknown, unknown>([[1, "a"], ["b", new Set([1, "c"])]]),
  [new Date(0), /a+/giu, new RangeError("no", { cause: 7 })],
  [new Float64Array([1, 2]), new Uint8Array([1]), new ArrayBuffer(2)],
  [
    /(?<letter>a)(b)?/d.exec("ab"),
    Temporal.PlainDate.from("2024-01-31"),
    new Temporal.Instant(5n),
    Temporal.Duration.from("P1DT2H"),
    new Temporal.PlainYearMonth(2024, 5),
    new VariantVal(Uint8Array.of(12, 1), Uint8Array.of(1, 0, 0)),
  ],
  // deno-lint-ignore no-sparse-arrays -- a hole is serialized too
  [1, , 3],
];

/** Values in CBOR. */
export const CBOR: FuzzDecoder = {
  name: "cbor",
  covers: [
    "src/serde/cbor/cbor_decode.ts",
    "src/serde/cbor/cbor_reader.ts",
    "src/serde/records/row.ts",
  ],
  seeds() {
    const codec = createCborCodec();
    return VALUES.map((value) => codec.encode(value).slice());
  },
  prepare() {
    const codec = createCborCodec();
    return (bytes) => void codec.decode(bytes);
  },
};

/** Batches of records, as columns and in CBOR. */
export const RECORDS: FuzzDecoder = {
  name: "records",
  covers: [
    "src/serde/records/record_batch.ts",
    "src/serde/records/record_columns.ts",
    "src/serde/records/column.ts",
    "src/serde/records/record_shape.ts",
  ],
  seeds() {
    const codec = new RecordCodec();
    const batches: readonly (readonly unknown[])[] = [
      [1, 2, 300],
      [1.5, -0],
      ["a", "hello", ""],
      ["ü", "😀 and more than thirteen"],
      [["a", 1], ["b", 2]],
      [[[1, ["x", 70000]], "y"], [[2, ["z", -1]], "w"]],
      [],
      VALUES,
    ];
    return batches.map((batch) => codec.encodeBatch(batch).slice());
  },
  prepare() {
    const codec = new RecordCodec();
    return (bytes) => {
      const records = codec.decodeBatch(bytes);
      if (records.length > bytes.length) {
        throw new Error(`${records.length} records of ${bytes.length} bytes`);
      }
      assert.equal(codec.countBatch(bytes), records.length);
    };
  },
};

const PICKLES = [
  "80025d7100285801000000784b014affffffff473ff8000000000000652e",
  "80028a07010000000000002071002e",
  "800263646563696d616c0a446563696d616c0a580600000031322e3334307100855271012e",
  "8002635f5f6275696c74696e5f5f0a6279746561727261790a580700000000017fc280c3bf710058070000006c6174696e2d317101865271022e",
  "80025d7100284b014b0286710168016805653e2e",
  "80025d710028635f636f646563730a656e636f64650a580300000061626358060000006c6174696e3186526828652e",
  "8002285d71004b0061284b014b02657d710128580100000061714b0175742e",
  "80026361727261790a61727261790a5801000000697100285d284b014b0265865271012e",
];

/** Records that the JVM pickled. */
export const PICKLE: FuzzDecoder = {
  name: "pickle",
  covers: [
    "src/serde/pickle/pickle_reader.ts",
    "src/serde/pickle/pickle_classes.ts",
  ],
  seeds: () => PICKLES.map((hex) => Uint8Array.fromHex(hex)),
  prepare: () => (bytes) => void readPickledBatch(bytes),
};

/** Texts in UTF-8 and WTF-8. */
export const TEXT: FuzzDecoder = {
  name: "text",
  covers: ["src/serde/records/utf8_text.ts", "src/serde/cbor/wtf8.ts"],
  seeds: () =>
    ["hello", "üöä", "😀 𝔄", "", "\ufeffa\ufffd"].map((text) =>
      new TextEncoder().encode(text)
    ),
  prepare() {
    const space = new Uint8Array(3 * 8192);
    return (bytes, choose) => {
      if (choose(2) === 0) {
        const text = readWtf8(bytes);
        const end = writeWtf8(text, space, 0);
        assert.equal(Buffer.compare(space.subarray(0, end), bytes), 0);
        return;
      }
      const cut = choose(bytes.length + 1);
      const reader = new Utf8Text(bytes);
      const text = reader.read(0, cut) + reader.read(cut, bytes.length);
      assert.equal(text, Buffer.from(bytes).toString("utf8"));
    };
  },
};
