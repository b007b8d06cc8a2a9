import assert from "node:assert/strict";
import {
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int8,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromArrays,
  Timestamp,
  TimeUnit,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import {
  foreignTable,
  foreignVector,
} from "../../../../src/serde/arrow/foreign_table.ts";
import { tableValues } from "../../../../worker/udf/table_values.ts";

function columns(value: unknown): Record<string, unknown> {
  const table = foreignTable(value) ?? foreignVector(value);
  assert.ok(table !== null);
  return Object.fromEntries(tableValues(table).columns);
}

Deno.test("foreignTable() reads the columns of a table of several batches", () => {
  const table = tableFromArrays({
    n: Int32Array.of(1, 2),
    big: BigInt64Array.of(1n, -(2n ** 60n)),
    text: ["a", "é"],
  });
  assert.deepEqual(columns(table.concat(table)), {
    n: [1, 2, 1, 2],
    big: [1n, -(2n ** 60n), 1n, -(2n ** 60n)],
    text: ["a", "é", "a", "é"],
  });
});

Deno.test("foreignTable() reads a record batch", () => {
  const schema = new Schema([new Field("x", new Float64(), true)]);
  const data = makeData({
    type: new Struct(schema.fields),
    length: 2,
    children: [
      makeData({ type: new Float64(), data: Float64Array.of(0.5, NaN) }),
    ],
  });
  assert.deepEqual(columns(new RecordBatch(schema, data)), { x: [0.5, NaN] });
});

Deno.test("foreignVector() reads values, nulls and parts of vectors", () => {
  const cases: readonly [vector: unknown, values: readonly unknown[]][] = [
    [vectorFromArray([1, null, 3], new Int32()), [1, null, 3]],
    [vectorFromArray([true, null, false, true]), [true, null, false, true]],
    [
      vectorFromArray(Array.from({ length: 20 }, (_, i) => i % 3 === 0)).slice(
        9,
        13,
      ),
      [true, false, false, true],
    ],
    [
      vectorFromArray(["a", null, "c", "d"], new Utf8()).slice(1, 4),
      [null, "c", "d"],
    ],
    [
      vectorFromArray(
        [[1, 2], null, []],
        new List(new Field("i", new Int32())),
      ),
      [[1, 2], null, []],
    ],
    [
      vectorFromArray(
        ["x", "y", "x"],
        new Dictionary(new Utf8(), new Int8()),
      ),
      ["x", "y", "x"],
    ],
    [
      vectorFromArray([{ a: 1, b: "x" }, { a: 2, b: "y" }]),
      [{ a: 1, b: "x" }, { a: 2, b: "y" }],
    ],
    [
      vectorFromArray([new Date(86_400_000)], new DateDay()),
      [Temporal.PlainDate.from("1970-01-02")],
    ],
    [
      vectorFromArray(
        [new Date(1500)],
        new Timestamp(TimeUnit.MILLISECOND, "UTC"),
      ),
      [Temporal.Instant.fromEpochMilliseconds(1500)],
    ],
  ];
  for (const [vector, values] of cases) {
    const { column } = columns(vector);
    assert.deepEqual(
      (column as unknown[]).map(comparable),
      values.map(comparable),
    );
  }
});

Deno.test("foreignTable() and foreignVector() give null for anything else", () => {
  for (const value of [null, undefined, 5, "x", [], {}, new Table().schema]) {
    assert.equal(foreignTable(value), null);
    assert.equal(foreignVector(value), null);
  }
});

/** Temporal's values have no fields of their own. */
function comparable(value: unknown): unknown {
  return value !== null && typeof value === "object" &&
      Object.prototype.toString.call(value).includes("Temporal")
    ? String(value)
    : value;
}
