import assert from "node:assert/strict";
import * as arrow from "apache-arrow";
import type { ReadingOptions } from "../../../../src/serde/arrow/column_reader.ts";
import { readSchemaMessage } from "../../../../src/serde/arrow/schema_reader.ts";
import {
  ArrowRowDecoder,
  splitArrowStream,
} from "../../../../src/serde/arrow/arrow_rows.ts";
import { isRow } from "../../../../src/serde/records/row.ts";
import { parseSchemaJson } from "../../../../src/types/spark_types.ts";

const PLAIN: ReadingOptions = {
  longs: "number",
  timestamps: "date",
  dates: "date",
  rows: "row",
};

/** What a column of one Arrow vector is read as, with its type in Spark's JSON. */
function read(
  vector: arrow.Vector,
  type: unknown,
  options: ReadingOptions = PLAIN,
): unknown[] {
  const table = new arrow.Table({ x: vector });
  const { schema, batches } = splitArrowStream(
    arrow.tableToIPC(table, "stream"),
  );
  const field = { name: "x", type, nullable: true, metadata: {} };
  const decoder = new ArrowRowDecoder<{ x: unknown }>(
    parseSchemaJson(JSON.stringify({ type: "struct", fields: [field] })),
    readSchemaMessage(schema),
    options,
  );
  return batches.flatMap((batch) => decoder.decode(batch) ?? []).map((row) =>
    row.x
  );
}

function vector(
  values: readonly unknown[],
  type: arrow.DataType,
): arrow.Vector {
  return arrow.vectorFromArray(values as unknown[], type) as arrow.Vector;
}

Deno.test("columnReader() reads texts: ASCII, empty, null, two bytes and astral", () => {
  const cases: readonly (readonly (string | null)[])[] = [
    ["a", "", "bcd", null, "e"],
    [null, null],
    ["é", "", null, "日本", "😀x😀", "plain", "\ufeffmark", "z"],
    [],
  ];
  for (const texts of cases) {
    assert.deepEqual(read(vector(texts, new arrow.Utf8()), "string"), texts);
    assert.deepEqual(
      read(vector(texts, new arrow.LargeUtf8()), "string"),
      texts,
    );
  }
});

Deno.test("columnReader() reads numbers and booleans with nulls, past a byte of bits", () => {
  const small = [1, null, -3, 0, 5, 6, 7, null, 9, -10];
  assert.deepEqual(read(vector(small, new arrow.Int8()), "byte"), small);
  assert.deepEqual(read(vector(small, new arrow.Int16()), "short"), small);
  assert.deepEqual(read(vector(small, new arrow.Int32()), "integer"), small);
  assert.deepEqual(read(vector(small, new arrow.Float32()), "float"), small);
  assert.deepEqual(read(vector(small, new arrow.Float64()), "double"), small);
  const bits = [true, false, null, true, true, false, false, true, true, null];
  assert.deepEqual(read(vector(bits, new arrow.Bool()), "boolean"), bits);
});

Deno.test("columnReader() reads longs up to the last safe ones, and nulls", () => {
  const safe = BigInt(Number.MAX_SAFE_INTEGER);
  const longs = [0n, -1n, 2n ** 32n, -(2n ** 32n) - 1n, safe, -safe, null];
  const column = vector(longs, new arrow.Int64());
  assert.deepEqual(
    read(column, "long"),
    longs.map((value) => value === null ? null : Number(value)),
  );
  assert.deepEqual(read(column, "long", { ...PLAIN, longs: "bigint" }), longs);
  for (const beyond of [safe + 1n, -safe - 1n, 2n ** 63n - 1n, -(2n ** 63n)]) {
    assert.throws(() => read(vector([1n, beyond], new arrow.Int64()), "long"), {
      condition: "LONG_NOT_SAFE",
      message:
        `Cannot read column "x": the long ${beyond} is beyond 2^53 and would lose digits as a number; set spark.tspark.longs to bigint`,
    });
  }
});

Deno.test("columnReader() reads decimals with all their digits", () => {
  const type = new arrow.Decimal(2, 38);
  const words = (value: bigint): number[] =>
    [0n, 32n, 64n, 96n].map((by) =>
      Number((BigInt.asUintN(128, value) >> by) & 0xffff_ffffn)
    );
  const values = [123n, -5n, 0n, -(10n ** 38n) + 1n];
  const column = arrow.makeVector(arrow.makeData({
    type,
    length: values.length,
    nullCount: 0,
    data: Uint32Array.from(values.flatMap(words)),
  }));
  assert.deepEqual(read(column, "decimal(38,2)"), [
    "1.23",
    "-0.05",
    "0.00",
    `-${"9".repeat(36)}.99`,
  ]);
});

Deno.test("columnReader() reads dates and timestamps, before 1970 too", () => {
  const days = arrow.makeVector(arrow.makeData({
    type: new arrow.DateDay(),
    length: 2,
    nullCount: 0,
    data: Int32Array.of(-1, 19_000),
  }));
  assert.deepEqual(read(days, "date"), [
    new Date("1969-12-31T00:00:00Z"),
    new Date("2022-01-08T00:00:00Z"),
  ]);
  const microsOf = (type: arrow.Timestamp): arrow.Vector =>
    arrow.makeVector(arrow.makeData({
      type,
      length: 3,
      nullCount: 0,
      data: BigInt64Array.of(-1n, 1_999n, 1_700_000_000_123_456n),
    }));
  const micros = microsOf(new arrow.TimestampMicrosecond("UTC"));
  const local = microsOf(new arrow.TimestampMicrosecond());
  const dates = [new Date(-1), new Date(1), new Date(1_700_000_000_123)];
  assert.deepEqual(read(micros, "timestamp"), dates);
  assert.deepEqual(read(local, "timestamp_ntz"), dates);
  assert.deepEqual(
    read(micros, "timestamp", { ...PLAIN, timestamps: "instant" }).map(String),
    [
      "1969-12-31T23:59:59.999999Z",
      "1970-01-01T00:00:00.001999Z",
      "2023-11-14T22:13:20.123456Z",
    ],
  );
});

Deno.test("columnReader() copies binaries", () => {
  const blobs = [Uint8Array.of(1, 2), new Uint8Array(0), null];
  assert.deepEqual(read(vector(blobs, new arrow.Binary()), "binary"), blobs);
});

Deno.test("columnReader() reads arrays, maps and structs inside each other", () => {
  const array = { type: "array", elementType: "string", containsNull: true };
  const lists = [["a", null], [], null, ["é"]];
  const list = new arrow.List(
    new arrow.Field("element", new arrow.Utf8(), true),
  );
  assert.deepEqual(read(vector(lists, list), array), lists);

  const map = new arrow.Map_(
    new arrow.Field(
      "entries",
      new arrow.Struct<{ key: arrow.Utf8; value: arrow.Int32 }>([
        new arrow.Field("key", new arrow.Utf8(), false),
        new arrow.Field("value", new arrow.Int32(), true),
      ]),
      false,
    ),
  );
  const maps = [new Map([["a", 1], ["b", 2]]), new Map(), null];
  assert.deepEqual(
    read(vector(maps, map), {
      type: "map",
      keyType: "string",
      valueType: "integer",
      valueContainsNull: true,
    }),
    maps,
  );

  const struct = new arrow.Struct<{ n: arrow.Int32; l: arrow.List }>([
    new arrow.Field("n", new arrow.Int32(), true),
    new arrow.Field("l", list, true),
  ]);
  const [first, second] = read(
    vector([{ n: 1, l: ["x"] }, null], struct),
    {
      type: "struct",
      fields: [
        { name: "n", type: "integer", nullable: true, metadata: {} },
        { name: "l", type: array, nullable: true, metadata: {} },
      ],
    },
  );
  assert.ok(isRow(first));
  assert.deepEqual(first.asDict(), { n: 1, l: ["x"] });
  assert.equal(second, null);
});

Deno.test("columnReader() reads intervals as months and as microseconds", () => {
  const months = arrow.makeVector(arrow.makeData({
    type: new arrow.IntervalYearMonth(),
    length: 2,
    nullCount: 0,
    data: Int32Array.of(14, -1),
  }));
  assert.deepEqual(read(months, "interval year to month"), [14, -1]);
  const micros = arrow.makeVector(arrow.makeData({
    type: new arrow.DurationMicrosecond(),
    length: 2,
    nullCount: 0,
    data: BigInt64Array.of(86_400_000_000n, -1n),
  }));
  assert.deepEqual(read(micros, "interval day to second"), [
    86_400_000_000n,
    -1n,
  ]);
});

Deno.test("columnReader() refuses a type without a form, by its name", () => {
  assert.throws(() => read(vector([1], new arrow.Int32()), "hologram"), {
    condition: "ARROW_TYPE_UNSUPPORTED",
    message:
      'Cannot exchange column "x" with Spark: its type hologram is not known here; cast it in the query, to string for example',
  });
});

Deno.test("columnReader() keeps bytes that are no UTF-8 to the value that has them", () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const cases: readonly (readonly Uint8Array[])[] = [
    [bytes(0xe9), bytes(0xc3, 0xa9), bytes(0x61, 0x62)], // Latin-1 before UTF-8
    [bytes(0x80, 0xf0), bytes(0xc3, 0xa9), bytes(0x61, 0x62)], // counts cancel out
    [bytes(0x61, 0xc3), bytes(0xa9, 0x62), bytes(0xc3, 0xa9)], // halves would join
    [bytes(0x80), bytes(0xc3, 0xa9), bytes(0x61, 0x62), bytes(0xf0)],
    [bytes(0xff, 0xfe), bytes(0x61)],
    [bytes(0xef, 0xbf, 0xbd), bytes(0xc3, 0xa9), bytes(0x61)], // a true U+FFFD
  ];
  for (const values of cases) {
    const offsets = [0];
    for (const { length } of values) {
      offsets.push((offsets.at(-1) ?? 0) + length);
    }
    const column = arrow.makeVector(arrow.makeData({
      type: new arrow.Utf8(),
      length: values.length,
      nullCount: 0,
      valueOffsets: Int32Array.from(offsets),
      data: Uint8Array.from(values.flatMap((value) => [...value])),
    }));
    const expected = values.map((value) => new TextDecoder().decode(value));
    assert.deepEqual(read(column, "string"), expected);
  }
});

Deno.test("columnReader() refuses a column that comes as another type than the schema's", () => {
  assert.throws(() => read(vector([1], new arrow.Int32()), "long"), {
    condition: "ARROW_SHAPE_UNEXPECTED",
    message:
      'Cannot read an Arrow batch: column "x" of type bigint comes as int32; driver and executors run different Sparks',
  });
});

// Found by `deno task fuzz arrow-stream`.
Deno.test("columnReader() reads a column whose buffer is left out as empty values", () => {
  const none = new Uint8Array(0);
  const empty = (rows: number, kind: arrow.DataType): arrow.Vector =>
    new arrow.Vector([
      new arrow.Data(kind, 0, rows, 0, [new Int32Array(rows + 1), none]),
    ]);
  for (const rows of [0, 2]) {
    assert.deepEqual(
      read(empty(rows, new arrow.Utf8()), "string"),
      Array.from({ length: rows }, () => ""),
    );
    assert.deepEqual(
      read(empty(rows, new arrow.Binary()), "binary"),
      Array.from({ length: rows }, () => none),
    );
  }
});

Deno.test("columnReader() reads dictionaries, and texts with large offsets", () => {
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
  const texts = ["a", "b", null, "a", "é"];
  assert.deepEqual(read(vector(texts, type), "string"), texts);
  assert.deepEqual(read(vector(texts, new arrow.LargeUtf8()), "string"), texts);
  const blobs = [Uint8Array.of(1), null];
  assert.deepEqual(
    read(vector(blobs, new arrow.LargeBinary()), "binary"),
    blobs,
  );
});

Deno.test("columnReader() refuses times that no Date can be", () => {
  const days = (type: unknown): unknown =>
    read(
      arrow.makeVector(arrow.makeData({
        type: new arrow.DateDay(),
        length: 1,
        nullCount: 0,
        data: Int32Array.of(2 ** 31 - 1),
      })),
      type,
    );
  assert.throws(() => days("date"), {
    condition: "TIME_NOT_IN_RANGE",
    message:
      'Cannot read column "x": 2147483647 days from 1970 are beyond what a Date can be, 8640000000000000 ms; cast it in the query, to string for example',
  });
  const microsIn = (zone: string | null): arrow.Vector =>
    arrow.makeVector(arrow.makeData({
      type: new arrow.TimestampMicrosecond(zone),
      length: 1,
      nullCount: 0,
      data: BigInt64Array.of(2n ** 63n - 1n),
    }));
  assert.throws(() => read(microsIn("UTC"), "timestamp"), {
    condition: "TIME_NOT_IN_RANGE",
    message: /9223372036854775807 microseconds from 1970/,
  });
  const exact = { ...PLAIN, timestamps: "instant" } as const;
  for (
    const [type, zone] of [["timestamp", "UTC"], [
      "timestamp_ntz",
      null,
    ]] as const
  ) {
    assert.throws(() => read(microsIn(zone), type, exact), {
      condition: "TIME_NOT_IN_RANGE",
      message:
        'Cannot read column "x": 9223372036854775807 microseconds from 1970 are beyond what a Date can be, 8640000000000000 ms; cast it in the query, to string for example',
    });
  }
});

Deno.test("columnReader() reads times as Temporal's where they are asked for", () => {
  const exact: ReadingOptions = {
    ...PLAIN,
    timestamps: "instant",
    dates: "plainDate",
  };
  const micros = arrow.makeVector(arrow.makeData({
    type: new arrow.TimestampMicrosecond(),
    length: 1,
    nullCount: 0,
    data: BigInt64Array.of(-1n),
  }));
  assert.deepEqual(
    read(micros, "timestamp_ntz", exact).map(String),
    ["1969-12-31T23:59:59.999999"],
  );
  const days = arrow.makeVector(arrow.makeData({
    type: new arrow.DateDay(),
    length: 2,
    nullCount: 0,
    data: Int32Array.of(-719_529, 0),
  }));
  assert.deepEqual(read(days, "date", exact).map(String), [
    "-000001-12-31",
    "1970-01-01",
  ]);
});
