import assert from "node:assert/strict";
import * as arrow from "apache-arrow";
import { ArrowWriter } from "../../../../src/serde/arrow/arrow_writer.ts";
import {
  ArrowRowDecoder,
  splitArrowStream,
} from "../../../../src/serde/arrow/arrow_rows.ts";
import { readSchemaMessage } from "../../../../src/serde/arrow/schema_reader.ts";
import {
  type DataType,
  StructType,
} from "../../../../src/types/spark_types.ts";

const NONE = { permissions: "none" } as const;

function structOf(
  columns: Readonly<Record<string, DataType>>,
  nullable = true,
): StructType {
  return new StructType(
    Object.entries(columns).map(([name, type]) => ({ name, type, nullable })),
  );
}

/** One column of values through the writer; what apache-arrow's reader makes of it. */
function streamOf(schema: StructType, rows: readonly unknown[]): Uint8Array {
  const writer = new ArrowWriter(schema);
  for (const row of rows) writer.appendRow(row);
  const parts = [writer.schemaMessage(), writer.takeBatch(), ArrowWriter.END];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function write(type: DataType, values: readonly unknown[]): unknown[] {
  const bytes = streamOf(
    structOf({ x: type }),
    values.map((x) => ({ x })),
  );
  const table = arrow.tableFromIPC(bytes);
  const column = table.getChildAt(0);
  return Array.from({ length: table.numRows }, (_, i) => column?.get(i));
}

Deno.test(
  "ArrowWriter writes numbers, text, bytes and booleans that Arrow reads",
  NONE,
  () => {
    const cases: readonly (readonly [DataType, readonly unknown[]])[] = [
      [{ kind: "byte" }, [1, null, -128, 127]],
      [{ kind: "short" }, [1, null, -32768, 32767]],
      [{ kind: "integer" }, [-(2 ** 31), 2 ** 31 - 1, null]],
      [{ kind: "double" }, [0.5, NaN, -0, null, Infinity, 5e-324]],
      [{ kind: "float" }, [0.5, NaN, -0, null, -Infinity]],
      [{ kind: "boolean" }, [true, false, null, ...Array(20).fill(true)]],
      [{ kind: "string" }, [
        "",
        "a",
        null,
        "é",
        "😀".repeat(40),
        "x".repeat(99),
      ]],
      [{ kind: "void" }, [null, null]],
      [
        { kind: "integer" },
        Array.from({ length: 5000 }, (_, i) => i % 7 ? i : null),
      ],
      [
        { kind: "string" },
        Array.from({ length: 5000 }, (_, i) => i % 7 ? `v${i}` : null),
      ],
      [{ kind: "integer" }, []],
    ];
    for (const [type, values] of cases) {
      assert.deepEqual(write(type, values), values, type.kind);
    }
    assert.deepEqual(
      write({ kind: "binary" }, [Uint8Array.of(1, 2), null, new Uint8Array(0)]),
      [Uint8Array.of(1, 2), null, new Uint8Array(0)],
    );
  },
);

Deno.test(
  "ArrowWriter writes longs of numbers and bigints to the last digit",
  NONE,
  () => {
    const safe = Number.MAX_SAFE_INTEGER;
    const numbers = [0, -1, 2 ** 32, -(2 ** 32) - 1, safe, -safe, -0, null];
    assert.deepEqual(
      write({ kind: "long" }, numbers),
      numbers.map((value) => value === null ? null : BigInt(value)),
    );
    const bigints = [2n ** 63n - 1n, -(2n ** 63n), 5n, null];
    assert.deepEqual(write({ kind: "long" }, bigints), bigints);
  },
);

Deno.test(
  "ArrowWriter writes nested values, and what is null within them",
  NONE,
  () => {
    const schema = structOf({
      list: {
        kind: "array",
        elementType: { kind: "string" },
        containsNull: true,
      },
      map: {
        kind: "map",
        keyType: { kind: "string" },
        valueType: { kind: "integer" },
        valueContainsNull: true,
      },
      struct: structOf({
        n: { kind: "integer" },
        valueOf: { kind: "string" } as DataType,
        deep: {
          kind: "array",
          elementType: { kind: "double" },
          containsNull: false,
        },
      }),
    });
    const rows = [
      {
        list: ["a", null],
        map: new Map([["k", 1]]),
        struct: { n: 1, deep: [0.5] },
      },
      { list: [], map: { a: 1, b: null }, struct: null },
      {},
      [["é"], null, [2, "own", new Float64Array([1, 2])]],
    ];
    const { schema: message, batches } = splitArrowStream(
      streamOf(schema, rows),
    );
    const decoder = new ArrowRowDecoder(schema, readSchemaMessage(message), {
      longs: "number",
      timestamps: "date",
      dates: "date",
      rows: "plain",
    });
    const read = batches.flatMap((batch) => decoder.decode(batch) ?? []);
    assert.deepEqual(
      JSON.parse(
        JSON.stringify(
          read,
          (_, value) => value instanceof Map ? { entries: [...value] } : value,
        ),
      ),
      [
        {
          list: ["a", null],
          map: { entries: [["k", 1]] },
          struct: { n: 1, valueOf: null, deep: [0.5] },
        },
        { list: [], map: { entries: [["a", 1], ["b", null]] }, struct: null },
        { list: null, map: null, struct: null },
        {
          list: ["é"],
          map: null,
          struct: { n: 2, valueOf: "own", deep: [1, 2] },
        },
      ],
    );
  },
);

Deno.test(
  "ArrowWriter makes batch after batch, and rows without columns",
  NONE,
  () => {
    const schema = structOf({ s: { kind: "string" } });
    const writer = new ArrowWriter(schema);
    const parts: Uint8Array[] = [writer.schemaMessage()];
    for (let batch = 0; batch < 3; batch++) {
      for (let i = 0; i < 10; i++) {
        writer.appendRow({ s: i === batch ? null : `${batch}:${i}` });
      }
      parts.push(writer.takeBatch());
    }
    parts.push(ArrowWriter.END);
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
    const table = arrow.tableFromIPC(bytes);
    assert.equal(table.numRows, 30);
    assert.equal(table.getChildAt(0)?.nullCount, 3);
    assert.equal(table.getChildAt(0)?.get(29), "2:9");
    const none = new ArrowWriter(new StructType([]));
    const [batch] = [...arrow.RecordBatchReader.from(Uint8Array.from(
      [none.schemaMessage(), none.takeBatch(7), ArrowWriter.END]
        .flatMap((part) => [...part]),
    ))];
    assert.equal(batch?.numRows, 7);
  },
);

Deno.test(
  "ArrowWriter refuses values that are not of the type, by column and row",
  NONE,
  () => {
    const refuses = (
      type: DataType,
      value: unknown,
      condition: string,
      message: string,
    ): void => {
      const writer = new ArrowWriter(structOf({ x: type }, false));
      assert.throws(() => writer.appendRow({ x: value }), {
        condition,
        message,
      });
    };
    const mismatch = "VALUE_TYPE_MISMATCH";
    const range = "VALUE_OUT_OF_RANGE";
    refuses(
      { kind: "integer" },
      "x",
      mismatch,
      'Cannot write row 0 of column "x": "x" is no value of type int; give a whole number from -2147483648 to 2147483647',
    );
    refuses(
      { kind: "integer" },
      1.5,
      mismatch,
      'Cannot write row 0 of column "x": 1.5 is no value of type int; give a whole number from -2147483648 to 2147483647',
    );
    refuses(
      { kind: "byte" },
      128,
      range,
      'Cannot write row 0 of column "x": 128 does not fit into type tinyint; give a whole number from -128 to 127',
    );
    refuses(
      { kind: "long" },
      2 ** 53,
      range,
      'Cannot write row 0 of column "x": 9007199254740992 does not fit into type bigint; give whole numbers beyond 2^53 as bigint',
    );
    refuses(
      { kind: "long" },
      2n ** 63n,
      range,
      'Cannot write row 0 of column "x": 9223372036854775808n does not fit into type bigint; give what fits into 64 bits',
    );
    refuses(
      { kind: "long" },
      0.5,
      mismatch,
      'Cannot write row 0 of column "x": 0.5 is no value of type bigint; give a whole number or a bigint',
    );
    refuses(
      { kind: "float" },
      1e39,
      range,
      'Cannot write row 0 of column "x": 1e+39 does not fit into type float; give a smaller number, or use double',
    );
    refuses(
      { kind: "double" },
      1n,
      mismatch,
      'Cannot write row 0 of column "x": 1n is no value of type double; give a number',
    );
    refuses(
      { kind: "string" },
      1,
      mismatch,
      'Cannot write row 0 of column "x": 1 is no value of type string; give a string',
    );
    refuses(
      { kind: "string" },
      "\ud800",
      range,
      'Cannot write row 0 of column "x": "\\ud800" does not fit into type string; half of a surrogate pair has no form in UTF-8: use toWellFormed()',
    );
    refuses(
      { kind: "boolean" },
      1,
      mismatch,
      'Cannot write row 0 of column "x": 1 is no value of type boolean; give true or false',
    );
    refuses(
      { kind: "binary" },
      "a",
      mismatch,
      'Cannot write row 0 of column "x": "a" is no value of type binary; give a Uint8Array',
    );
    refuses(
      { kind: "void" },
      1,
      mismatch,
      'Cannot write row 0 of column "x": 1 is no value of type void; give null',
    );
    refuses(
      { kind: "date" },
      new Date(1),
      mismatch,
      'Cannot write row 0 of column "x": the Date 1970-01-01T00:00:00.001Z is no value of type date; give a Date at midnight UTC, such as new Date(Date.UTC(2024, 0, 31)), or a Temporal.PlainDate',
    );
    refuses(
      { kind: "timestamp" },
      new Date(NaN),
      mismatch,
      'Cannot write row 0 of column "x": an invalid Date is no value of type timestamp; give a valid Date, or a Temporal.Instant in whole microseconds',
    );
    refuses(
      { kind: "timestamp_ntz" },
      1,
      mismatch,
      'Cannot write row 0 of column "x": 1 is no value of type timestamp_ntz; give a Date whose UTC fields are the local ones, or a Temporal.PlainDateTime in whole microseconds',
    );
    refuses(
      { kind: "decimal", precision: 5, scale: 2 },
      "1234",
      range,
      'Cannot write row 0 of column "x": "1234" does not fit into type decimal(5,2); it may have 3 digits before the point',
    );
    refuses(
      { kind: "decimal", precision: 5, scale: 2 },
      0.125,
      range,
      'Cannot write row 0 of column "x": 0.125 does not fit into type decimal(5,2); it has more than 2 digits behind the point: round it first',
    );
    refuses(
      { kind: "decimal", precision: 5, scale: 2 },
      "x",
      mismatch,
      'Cannot write row 0 of column "x": "x" is no value of type decimal(5,2); give digits as text, such as "12.50", a bigint or a number',
    );
    refuses(
      { kind: "integer" },
      null,
      "NULL_NOT_ALLOWED",
      'Cannot write row 0 of column "x": null is not allowed there; give a value, or make the column nullable in the schema',
    );
    refuses(
      { kind: "array", elementType: { kind: "integer" }, containsNull: false },
      [1, null],
      "NULL_NOT_ALLOWED",
      'Cannot write row 0 of column "x.element": null is not allowed there; give a value, or make the column nullable in the schema',
    );
    refuses(
      {
        kind: "map",
        keyType: { kind: "string" },
        valueType: { kind: "integer" },
        valueContainsNull: false,
      },
      new Map([[null, 1]]),
      "NULL_NOT_ALLOWED",
      'Cannot write row 0 of column "x.key": null is not allowed there; give a value, or make the column nullable in the schema',
    );
    refuses(
      {
        kind: "map",
        keyType: { kind: "integer" },
        valueType: { kind: "integer" },
        valueContainsNull: false,
      },
      { 1: 1 },
      mismatch,
      'Cannot write row 0 of column "x": an object of class Object is no value of type map<int,int>; give a Map',
    );
    refuses(
      structOf({ a: { kind: "integer" } }),
      [1, 2],
      mismatch,
      'Cannot write row 0 of column "x": an array of length 2 is no value of type struct<a:int>; it has 1 fields: give an object, or an array with a value for each',
    );
    refuses(
      structOf({ a: { kind: "integer" } }),
      Promise.resolve({ a: 1 }),
      mismatch,
      'Cannot write row 0 of column "x": an object of class Promise is no value of type struct<a:int>; await it first, as asyncUdf() does in queries',
    );
    for (const value of [new Set([1]), /x/, Object(1)]) {
      refuses(
        structOf({ a: { kind: "integer" } }),
        value,
        mismatch,
        `Cannot write row 0 of column "x": an object of class ${value.constructor.name} is no value of type struct<a:int>; it has 1 fields: give an object, or an array with a value for each`,
      );
    }
    const writer = new ArrowWriter(structOf({ x: { kind: "integer" } }));
    writer.appendRow([1]);
    assert.throws(() => writer.appendRow([]), {
      condition: "ROW_INVALID",
      message:
        "Cannot write row 1: an array of length 0 is no row; give an object with the columns by name, or an array of 1 values",
    });
    assert.throws(() => writer.takeBatch(2), {
      condition: "BATCH_UNEVEN",
      message:
        'Cannot write a batch of 2 rows: column "x" has 1 values; append one to each column for each row',
    });
  },
);
