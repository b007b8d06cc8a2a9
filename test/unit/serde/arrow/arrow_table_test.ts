import assert from "node:assert/strict";
import * as arrow from "apache-arrow";
import { splitArrowStream } from "../../../../src/serde/arrow/arrow_rows.ts";
import { arrowTable } from "../../../../src/serde/arrow/arrow_table.ts";
import { BatchReader } from "../../../../src/serde/arrow/batch_reader.ts";
import type { ArrowBatch } from "../../../../src/serde/arrow/column_view.ts";
import { readSchemaMessage } from "../../../../src/serde/arrow/schema_reader.ts";

/** A table through our reader and back. */
function pass(table: arrow.Table): arrow.Table {
  const stream = splitArrowStream(arrow.tableToIPC(table, "stream"));
  const schema = readSchemaMessage(stream.schema);
  const reader = new BatchReader(schema);
  const batches = stream.batches.map((message) => reader.read(message))
    .filter((batch): batch is ArrowBatch => batch !== null);
  return arrowTable(schema, batches);
}

Deno.test("arrowTable() holds what the stream held, types and nulls among it", () => {
  const int = new arrow.Field("a", new arrow.Int32(), true);
  const columns: Readonly<Record<string, arrow.Vector>> = {
    ints: arrow.vectorFromArray([1, null, 3], new arrow.Int32()),
    longs: arrow.vectorFromArray([1n, null, -3n], new arrow.Int64()),
    doubles: arrow.vectorFromArray([0.5, null, -0], new arrow.Float64()),
    texts: arrow.vectorFromArray(["a", null, "é"], new arrow.Utf8()),
    words: arrow.vectorFromArray(["a", "b", "a"]),
    bools: arrow.vectorFromArray([true, null, false], new arrow.Bool()),
    blobs: arrow.vectorFromArray(
      [Uint8Array.of(1), null, new Uint8Array(0)],
      new arrow.Binary(),
    ),
    lists: arrow.vectorFromArray([[1, 2], null, []], new arrow.List(int)),
    structs: arrow.vectorFromArray(
      [{ a: 1 }, null, { a: null }],
      new arrow.Struct([int]),
    ),
    days: arrow.vectorFromArray(
      [new Date(0), null, new Date(86_400_000)],
      new arrow.DateDay(),
    ),
    times: arrow.vectorFromArray(
      [1, null, 2],
      new arrow.TimestampMicrosecond("UTC"),
    ),
    decimals: arrow.vectorFromArray(
      [Uint32Array.of(1, 0, 0, 0), null, Uint32Array.of(5, 0, 0, 0)],
      new arrow.Decimal(2, 10),
    ),
    nothing: arrow.vectorFromArray([null, null, null], new arrow.Null()),
  };
  const before = new arrow.Table(columns);
  const after = pass(before);
  assert.equal(after.numRows, 3);
  for (const [i, field] of before.schema.fields.entries()) {
    const [a, b] = [before.getChildAt(i), after.getChildAt(i)];
    assert.equal(String(after.schema.fields[i]), String(field));
    assert.equal(b?.nullCount, a?.nullCount, field.name);
    for (let row = 0; row < 3; row++) {
      assert.deepEqual(
        JSON.stringify(b?.get(row), stringify),
        JSON.stringify(a?.get(row), stringify),
        `${field.name} ${row}`,
      );
    }
  }
  // Written again by the package, it is a whole stream.
  assert.equal(arrow.tableFromIPC(arrow.tableToIPC(after)).numRows, 3);
});

function stringify(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

Deno.test("arrowTable() lies over the bytes that came", () => {
  const table = new arrow.Table({
    x: new arrow.Vector([
      arrow.makeData({
        type: new arrow.Float64(),
        data: new Float64Array(100),
      }),
    ]),
  });
  const stream = splitArrowStream(arrow.tableToIPC(table, "stream"));
  const schema = readSchemaMessage(stream.schema);
  const message = (stream.batches[0] ?? new Uint8Array(0)).slice();
  const batch = new BatchReader(schema).read(message);
  assert.ok(batch !== null);
  const made = arrowTable(schema, [batch]);
  assert.equal(
    made.getChildAt(0)?.data[0]?.values.buffer,
    message.buffer,
  );
});

Deno.test("arrowTable() keeps columns of one name apart, whatever their types", () => {
  // Found by `deno task fuzz udf-arguments --seed 1 --first 254069`.
  const schema = new arrow.Schema([
    new arrow.Field("a", new arrow.Int32(), true),
    new arrow.Field("a", new arrow.Utf8(), true),
  ]);
  const made = new arrow.Table({
    a: arrow.vectorFromArray([1, null], new arrow.Int32()),
    b: arrow.vectorFromArray(["x", "y"], new arrow.Utf8()),
  });
  const stream = splitArrowStream(arrow.tableToIPC(made, "stream"));
  const reader = new BatchReader(readSchemaMessage(stream.schema));
  const batches = stream.batches.map((message) => reader.read(message))
    .filter((batch): batch is ArrowBatch => batch !== null);
  const { fields } = readSchemaMessage(stream.schema);
  const named = { fields: fields.map((field) => ({ ...field, name: "a" })) };
  const table = arrowTable(named, [...batches, ...batches]);
  assert.equal(String(table.schema), String(schema));
  assert.deepEqual(
    [0, 1].map((at) => table.getChildAt(at)?.toJSON()),
    [[1, null, 1, null], ["x", "y", "x", "y"]],
  );
});
