import assert from "node:assert/strict";
import { writeBatch } from "../../serde/arrow/write_batch.ts";
import { BatchReader } from "../../../../src/serde/arrow/batch_reader.ts";
import { arrowFieldOf } from "../../../../src/serde/arrow/spark_arrow.ts";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { StructType } from "../../../../src/types/spark_types.ts";
import { FailedCall } from "../../../../worker/task/failed_call.ts";
import type { Udf } from "../../../../worker/udf/load_udf.ts";
import { mapPartials } from "../../../../worker/udf/map_partials.ts";
import type { StreamInput } from "../../../../worker/udf/stream_input.ts";
import { StructOutput } from "../../../../worker/udf/struct_output.ts";
import { structSchema } from "../../../../worker/udf/struct_rows.ts";

const INPUT = StructType.fromDDL("k INT, x INT");
const OUTPUT = StructType.fromDDL("k INT, b BINARY");

const COUNT = {
  zero: () => 0,
  reduce: (n: number) => n + 1,
  merge: (a: number, b: number) => a + b,
  finish: (n: number) => n,
};

/** The keys and counts that come of batches of 10,000 rows, as many of each key. */
function partials(
  batches: number,
  memoryBytes: number,
  keys = 2,
  aggregator: object = COUNT,
): unknown[][] {
  const field = arrowFieldOf("_0", INPUT, false);
  const reader = new BatchReader({ fields: [field] });
  let left = batches;
  const input = {
    next: () => {
      if (left-- === 0) return null;
      const rows = new StructOutput(INPUT);
      for (let i = 0; i < 10_000; i++) rows.append([i % keys, i]);
      return reader.read(writeBatch([rows], rows.length));
    },
  };
  const layout = {
    keys: 1,
    aggregators: [{
      name: "count",
      site: "udaf() at app.ts:1:1",
      arguments: 1,
    }],
  };
  const udf = {
    functions: [[aggregator], layout],
    record: {
      memoryBytes,
      values: { longs: "number", timestamps: "date", dates: "date" },
    },
  } as unknown as Udf;
  const codec = createCborCodec();
  const found: unknown[][] = [];
  const out = new StructOutput(OUTPUT);
  const append = out.append.bind(out);
  out.append = (row) => {
    const [key, buffer] = row as [unknown, Uint8Array];
    found.push([key, codec.decode(buffer)]);
    append(row);
  };
  mapPartials(
    udf,
    input as unknown as StreamInput,
    structSchema({ fields: [field] }),
    out,
    () => out.clear(),
  );
  return found;
}

Deno.test({
  name: "mapPartials() gives a buffer for each key of a task",
  permissions: "none",
  fn() {
    assert.deepEqual(partials(4, 1 << 20), [[0, 20_000], [1, 20_000]]);
    assert.deepEqual(partials(0, 1 << 20), []);
  },
});

Deno.test({
  name: "mapPartials() gives out what it has when that gets large",
  permissions: "none",
  fn() {
    const each = [[0, 5000], [1, 5000]];
    assert.deepEqual(partials(3, 1), [...each, ...each, ...each]);
    // The groups themselves count, not only their buffers.
    assert.equal(partials(4, 1 << 20, 1000).length, 1000);
    assert.equal(partials(4, 1 << 20, 9000).length, 36_000);
  },
});

Deno.test({
  name: "mapPartials() gives each group a buffer of its own, also of one zero",
  permissions: "none",
  fn() {
    const shared = { n: 0, list: [0] };
    const reduce = (buffer: typeof shared): typeof shared => {
      buffer.n++;
      buffer.list[0] = buffer.n;
      return buffer;
    };
    const zeros = [
      () => shared,
      () => ({ n: 0, list: shared.list }),
      () => ({ n: 0, list: [0] }),
    ];
    for (const zero of zeros) {
      assert.deepEqual(
        partials(1, 1 << 20, 2, { ...COUNT, zero, reduce }),
        [0, 1].map((key) => [key, { n: 5000, list: [5000] }]),
      );
      assert.deepEqual(shared, { n: 0, list: [0] });
    }
  },
});

Deno.test({
  name: "mapPartials() refuses a zero that is to come",
  permissions: "none",
  fn() {
    const zero = () => Promise.resolve(0);
    assert.throws(
      () => partials(1, 1 << 20, 2, { ...COUNT, zero }),
      (error: unknown) => {
        assert.ok(error instanceof FailedCall);
        assert.equal(error.call, "count.zero() of udaf() at app.ts:1:1");
        assert.equal(
          (error.cause as Error).message,
          'Cannot go on with the buffer that zero() of "count" gave: it is an object of class Promise; return the buffer itself, methods of an aggregator cannot await',
        );
        return true;
      },
    );
  },
});
