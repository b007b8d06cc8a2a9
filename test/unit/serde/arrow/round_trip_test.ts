import assert from "node:assert/strict";
import fc from "fast-check";
import * as arrow from "apache-arrow";
import { ArrowWriter } from "../../../../src/serde/arrow/arrow_writer.ts";
import { ArrowRowDecoder } from "../../../../src/serde/arrow/arrow_rows.ts";
import { MessageSplitter } from "../../../../src/serde/arrow/message_splitter.ts";
import { readSchemaMessage } from "../../../../src/serde/arrow/schema_reader.ts";
import { arrowSchemaOf } from "../../../../src/serde/arrow/spark_arrow.ts";
import { sparkTypeOf } from "../../../../src/serde/arrow/spark_type_of.ts";
import { simpleString, StructType } from "../../../../src/types/spark_types.ts";
import {
  comparable,
  EXACT,
  nullable,
  objectOf,
  typedValues,
} from "./typed_values.ts";

const NONE = { permissions: "none" } as const;
const RUNS = 1500;

/** Random columns with random rows. */
const tables = fc.uniqueArray(
  fc.tuple(fc.string({ minLength: 1 }), typedValues, fc.boolean()),
  { selector: ([name]) => name, minLength: 1, maxLength: 4 },
).chain((columns) => {
  const fields = columns.map(([name, { type }, isNullable]) => ({
    name,
    type,
    nullable: isNullable || type.kind === "void",
  }));
  const row = fc.tuple(
    ...columns.map(([, typed, isNullable]) => nullable(typed, isNullable)),
  ).map((values) => objectOf(columns.map(([name]) => name), values));
  return fc.tuple(
    fc.constant(new StructType(fields)),
    fc.array(fc.array(row, { maxLength: 12 }), { maxLength: 3 }),
    fc.integer({ min: 1, max: 100 }),
  );
});

/** The bytes of a stream, a batch for each list of rows. */
function write(
  schema: StructType,
  batches: readonly (readonly object[])[],
): Uint8Array {
  const writer = new ArrowWriter(schema);
  const parts: Uint8Array[] = [writer.schemaMessage()];
  for (const rows of batches) {
    for (const row of rows) writer.appendRow(row);
    parts.push(writer.takeBatch());
  }
  parts.push(ArrowWriter.END);
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function read(
  schema: StructType,
  stream: Uint8Array,
  chunk: number,
): object[][] {
  const splitter = new MessageSplitter();
  const messages: Uint8Array[] = [];
  for (let at = 0; at < stream.length; at += chunk) {
    messages.push(...splitter.push(stream.subarray(at, at + chunk)));
  }
  assert.equal(splitter.finish().length, 0);
  const [first, ...batches] = messages;
  assert.ok(first !== undefined);
  const decoder = new ArrowRowDecoder<object>(
    schema,
    readSchemaMessage(first),
    { ...EXACT, rows: "plain" },
  );
  return batches.map((batch) => decoder.decode(batch) ?? []);
}

Deno.test(
  "values of every type come back from Arrow as they were written",
  NONE,
  () => {
    fc.assert(
      fc.property(tables, ([schema, batches, chunk]) => {
        const stream = write(schema, batches);
        const back = read(schema, stream, chunk);
        assert.equal(back.length, batches.length);
        assert.deepEqual(back.map(comparable), batches.map(comparable));
      }),
      { numRuns: RUNS },
    );
  },
);

Deno.test(
  "Arrow's own reader finds as many rows and nulls in what is written",
  NONE,
  () => {
    fc.assert(
      fc.property(tables, ([schema, batches]) => {
        const table = arrow.tableFromIPC(write(schema, batches));
        const rows = batches.flat();
        assert.equal(table.numRows, rows.length);
        if (rows.length === 0) return;
        schema.fieldNames.forEach((name, i) => {
          assert.equal(
            table.getChildAt(i)?.nullCount,
            rows.filter((row) => Reflect.get(row, name) === null).length,
          );
        });
      }),
      { numRuns: RUNS / 5 },
    );
  },
);

Deno.test(
  "a schema comes back from its message, and Spark's types from it",
  NONE,
  () => {
    fc.assert(
      fc.property(typedValues, ({ type }) => {
        const schema = new StructType([{ name: "x", type }]);
        const writer = new ArrowWriter(schema);
        const back = readSchemaMessage(writer.schemaMessage());
        assert.deepEqual(back, arrowSchemaOf(schema));
        const [field] = back.fields;
        assert.ok(field !== undefined);
        assert.equal(
          simpleString(sparkTypeOf(field)),
          simpleString(type).replaceAll(/varchar\(\d+\)/g, "string"),
        );
      }),
      { numRuns: RUNS },
    );
  },
);
