import assert from "node:assert/strict";
import * as arrow from "apache-arrow";
import { ArrowRowDecoder } from "../../../../../src/serde/arrow/arrow_rows.ts";
import { MessageSplitter } from "../../../../../src/serde/arrow/message_splitter.ts";
import { readSchemaMessage } from "../../../../../src/serde/arrow/schema_reader.ts";
import { tableStream } from "../../../../../src/driver/sql/rows/table_stream.ts";
import { StructType } from "../../../../../src/types/spark_types.ts";

/** The rows that the JVM would find, and their types. */
function pass(
  table: arrow.Table,
  schema: StructType | null = null,
): { readonly type: string; readonly rows: readonly object[] } {
  const bytes = arrow.tableToIPC(table, "stream");
  const { struct, head, batches } = tableStream(bytes, schema, false);
  const splitter = new MessageSplitter();
  const messages = [...batches].flatMap((part) => splitter.push(part));
  const decoder = new ArrowRowDecoder<object>(
    struct,
    readSchemaMessage(head),
    {
      longs: "bigint",
      timestamps: "date",
      dates: "date",
      rows: "plain",
    },
  );
  return {
    type: struct.simpleString(),
    rows: messages.flatMap((batch) => decoder.decode(batch) ?? []),
  };
}

function tableOf(columns: Readonly<Record<string, arrow.Vector>>): arrow.Table {
  return new arrow.Table(columns);
}

function column(type: arrow.DataType, ...values: unknown[]): arrow.Vector {
  return arrow.vectorFromArray(values, type) as arrow.Vector;
}

Deno.test("tableStream() sends a table in Spark's types as it is", () => {
  const table = tableOf({
    a: column(new arrow.Int32(), 1, null),
    s: column(new arrow.Utf8(), "x", null),
    l: column(
      new arrow.List(new arrow.Field("element", new arrow.Int64(), true)),
      [1n, null],
      null,
    ),
  });
  const bytes = arrow.tableToIPC(table, "stream");
  const { struct, head, batches } = tableStream(bytes, null, false);
  assert.equal(struct.simpleString(), "struct<a:int,s:string,l:array<bigint>>");
  assert.ok(
    [head, ...batches].every((part) => part.buffer === bytes.buffer),
  );
  assert.deepEqual(pass(table).rows, [
    { a: 1, s: "x", l: [1n, null] },
    { a: null, s: null, l: null },
  ]);
});

Deno.test("tableStream() writes other types anew as the nearest of Spark", () => {
  const time = (type: arrow.DataType, ...values: bigint[]): arrow.Vector =>
    new arrow.Vector([
      arrow.makeData({
        type: type as arrow.Timestamp,
        data: BigInt64Array.from(values),
      }),
    ]);
  const result = pass(tableOf({
    words: arrow.vectorFromArray(["a", "b", null, "a"]),
    u8: column(new arrow.Uint8(), 1, 255, null, 0),
    u16: column(new arrow.Uint16(), 1, 65_535, null, 0),
    u32: column(new arrow.Uint32(), 1, 2 ** 32 - 1, null, 0),
    u64: column(new arrow.Uint64(), 1n, 2n ** 64n - 1n, null, 0n),
    ms: time(new arrow.TimestampMillisecond("UTC"), 1n, -1n, 0n, 5n),
    ns: time(new arrow.TimestampNanosecond(), 1000n, -1_000_000n, 0n, 0n),
    big: column(new arrow.LargeUtf8(), "é", null, "", "x"),
    pairs: column(
      new arrow.FixedSizeList(
        2,
        new arrow.Field("item", new arrow.Int8(), true),
      ),
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ),
  }));
  assert.equal(
    result.type,
    "struct<words:string,u8:smallint,u16:int,u32:bigint,u64:decimal(20,0),ms:timestamp,ns:timestamp_ntz,big:string,pairs:array<tinyint>>",
  );
  const [first, second, third] = result.rows;
  assert.deepEqual(first, {
    words: "a",
    u8: 1,
    u16: 1,
    u32: 1n,
    u64: "1",
    ms: new Date(1),
    ns: new Date(0),
    big: "é",
    pairs: [1, 2],
  });
  assert.deepEqual(second, {
    words: "b",
    u8: 255,
    u16: 65_535,
    u32: 2n ** 32n - 1n,
    u64: "18446744073709551615",
    ms: new Date(-1),
    ns: new Date(-1),
    big: null,
    pairs: [3, 4],
  });
  assert.equal(Reflect.get(third ?? {}, "u8"), null);
});

Deno.test("tableStream() writes a table by a schema that is given", () => {
  const schema = StructType.fromDDL("a BIGINT, s STRING");
  const table = tableOf({
    a: column(new arrow.Int32(), 1, null),
    s: column(new arrow.Utf8(), "x", "y"),
  });
  assert.deepEqual(pass(table, schema).rows, [
    { a: 1n, s: "x" },
    { a: null, s: "y" },
  ]);
  assert.throws(() => pass(table, StructType.fromDDL("a STRING, s STRING")), {
    condition: "VALUE_TYPE_MISMATCH",
    message:
      'Cannot write row 0 of column "a": 1 is no value of type string; give a string',
  });
});

Deno.test("tableStream() refuses what Spark has no type for, and times that it cannot hold", () => {
  assert.throws(() => pass(tableOf({ x: column(new arrow.Float16(), 1) })), {
    condition: "ARROW_TYPE_UNSUPPORTED",
    message:
      'Cannot make a DataFrame of column "x": Spark has no type for Arrow\'s float16; cast it first',
  });
  const nanos = new arrow.Vector([
    arrow.makeData({
      type: new arrow.TimestampNanosecond(),
      data: BigInt64Array.of(1n),
    }),
  ]);
  assert.throws(() => pass(tableOf({ x: nanos })), {
    condition: "ARROW_VALUE_INEXACT",
    message:
      'Cannot make a DataFrame of column "x": row 0 has 1 of type timestamp(ns), which Spark\'s unit does not hold; round it first',
  });
});
