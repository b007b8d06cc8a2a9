import assert from "node:assert/strict";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import {
  ArrowRowDecoder,
  splitArrowStream,
} from "../../../src/serde/arrow_rows.ts";
import { StructType } from "../../../src/serde/spark_types.ts";

const PLAIN = { longs: "number", timestamps: "date" } as const;

/** An Arrow stream of one column, cut into its messages. */
function streamOf(column: unknown): ReturnType<typeof splitArrowStream> {
  const table = tableFromArrays({ x: column as BigInt64Array });
  return splitArrowStream(tableToIPC(table, "stream"));
}

function typeOf(kind: "double" | "long"): StructType {
  return new StructType([{ name: "x", type: { kind }, nullable: true }]);
}

Deno.test("splitArrowStream() cuts schema, batches and what follows", () => {
  const bytes = tableToIPC(tableFromArrays({ x: new Float64Array([1]) }));
  const longer = new Uint8Array(bytes.length + 3);
  longer.set(bytes);
  longer.set([7, 8, 9], bytes.length);
  const { schema, batches, rest } = splitArrowStream(longer);
  assert.ok(schema.length > 0);
  assert.equal(batches.length, 1);
  assert.deepEqual(rest, new Uint8Array([7, 8, 9]));
});

Deno.test("splitArrowStream() refuses every stream that is cut short", () => {
  const bytes = tableToIPC(tableFromArrays({ x: new Float64Array([1, 2]) }));
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(
      () => splitArrowStream(bytes.slice(0, length)),
      { condition: "ARROW_MALFORMED" },
      `cut at ${length}`,
    );
  }
  assert.throws(() => splitArrowStream(new Uint8Array(16)), {
    message:
      "Cannot read an Arrow stream: no message begins at byte 0; it was damaged on its way, or is compressed in a way that is not supported",
  });
});

Deno.test("ArrowRowDecoder reads numbers, by name and by position", () => {
  const { schema, batches } = streamOf(new Float64Array([0.5, -0, NaN]));
  const decoder = new ArrowRowDecoder<{ x: number }>(
    typeOf("double"),
    schema,
    PLAIN,
  );
  const rows = batches.flatMap((batch) => decoder.decode(batch));
  assert.deepEqual(rows.map((row) => row.x), [0.5, -0, NaN]);
  assert.equal(rows[0]?.[0], 0.5);
});

Deno.test("ArrowRowDecoder keeps the digits of longs, or refuses to lose them", () => {
  const big = 2n ** 53n + 1n;
  const { schema, batches } = streamOf(new BigInt64Array([1n, -big]));
  const [batch = new Uint8Array(0)] = batches;
  const exact = new ArrowRowDecoder<{ x: bigint }>(typeOf("long"), schema, {
    ...PLAIN,
    longs: "bigint",
  });
  assert.deepEqual(exact.decode(batch).map((row) => row.x), [1n, -big]);
  const plain = new ArrowRowDecoder(typeOf("long"), schema, PLAIN);
  assert.throws(() => plain.decode(batch), {
    condition: "LONG_NOT_SAFE",
    message:
      'Cannot read column "x": the long -9007199254740993 is beyond 2^53 and would lose digits as a number; set spark.tspark.longs to bigint',
  });
});

Deno.test("ArrowRowDecoder refuses bytes that are no batch", () => {
  const { schema } = streamOf(new Float64Array([1]));
  const decoder = new ArrowRowDecoder(typeOf("double"), schema, PLAIN);
  assert.throws(
    () => decoder.decode(new Uint8Array([255, 255, 255, 255, 90, 0, 0, 0, 1])),
    { condition: "ARROW_MALFORMED" },
  );
});
