import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { arrowInputDecoder } from "../../../../src/serde/arrow/arrow_input.ts";
import { StructType } from "../../../../src/types/spark_types.ts";
import { arrowOutput } from "../../../../worker/rdd/arrow_output.ts";

const SCHEMA = StructType.fromDDL("id INT, text STRING").json();

/** The frames that records leave as. */
async function framesOf(records: Iterable<unknown>): Promise<Uint8Array[]> {
  const bytes: number[] = [];
  const open = await arrowOutput({ kind: "arrow", schema: SCHEMA });
  const output = open((chunk) => {
    for (const byte of chunk) bytes.push(byte);
  });
  for (const record of records) output.emit(record);
  output.finish();
  const reader = ByteReader.of(Uint8Array.from(bytes));
  const frames: Uint8Array[] = [];
  while (reader.fill(1)) frames.push(reader.readSizedBytes());
  return frames;
}

Deno.test("arrowOutput() writes records as frames of batches, which an RDD's input reads", async () => {
  const records = Array.from(
    { length: 25_000 },
    (_, id) => id % 3 === 0 ? [id, null] : { text: `t${id}`, id },
  );
  const frames = await framesOf(records);
  assert.equal(frames.length, 3);
  const decode = arrowInputDecoder({
    kind: "arrow",
    schema: SCHEMA,
    largeVarTypes: false,
    longs: "number",
    timestamps: "date",
    dates: "date",
  });
  const rows = frames.flatMap(decode) as { id: number; text: string | null }[];
  assert.equal(rows.length, records.length);
  assert.ok(
    rows.every(({ id, text }, i) =>
      id === i && text === (i % 3 === 0 ? null : `t${i}`)
    ),
  );
  assert.deepEqual([...rows[1] as unknown as Iterable<unknown>], [1, "t1"]);
});

Deno.test("arrowOutput() writes nothing of no records, and refuses what is no row", async () => {
  assert.deepEqual(await framesOf([]), []);
  await assert.rejects(framesOf([[1, "a"], 5]), {
    condition: "ROW_INVALID",
    message:
      "Cannot write row 1: 5 is no row; give an object with the columns by name, or an array of 2 values",
  });
});
