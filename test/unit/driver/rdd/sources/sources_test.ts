import assert from "node:assert/strict";
import { parallelizeSource } from "../../../../../src/driver/rdd/sources/sources.ts";
import type { SparkRuntime } from "../../../../../src/driver/runtime/runtime.ts";
import type { SourceNode } from "../../../../../src/driver/rdd/plan/plan_node.ts";
import { RecordCodec } from "../../../../../src/serde/records/record_batch.ts";

const SITE = { operation: "parallelize()", position: "program.ts:3:4" };

/** The frames that a list is handed over in, where a frame may have so many bytes. */
async function framesOf(
  records: readonly unknown[],
  slices: number,
  limit: number,
): Promise<unknown[][]> {
  const codec = new RecordCodec(limit);
  let written = new Uint8Array();
  const runtime = {
    isEncrypted: false,
    encoder: () => (batch: readonly unknown[]) => codec.encodeBatch(batch),
    folder: {
      write([bytes = new Uint8Array()]: readonly Uint8Array[]): string {
        written = bytes.slice();
        return "frames";
      },
      remove: () => Promise.resolve(),
    },
    gateway: {
      callStaticObject: () => Promise.resolve({ keep: () => null }),
    },
  };
  const node = parallelizeSource(records, slices, SITE as never) as SourceNode;
  await node.open(runtime as unknown as SparkRuntime);
  const frames: unknown[][] = [];
  const view = new DataView(written.buffer);
  for (let at = 0; at < written.length;) {
    const end = at + 4 + view.getInt32(at);
    frames.push(codec.decodeBatch(written.subarray(at + 4, end)));
    at = end;
  }
  return frames;
}

const rows = (count: number, size: number): string[] =>
  Array.from({ length: count }, (_, i) => `${i}`.padEnd(size, "x"));

Deno.test({
  name: "parallelize() puts as many records into a frame as fit",
  permissions: "none",
  async fn() {
    const small = rows(100, 10);
    assert.deepEqual(await framesOf(small, 2, 10_000), [
      small.slice(0, 50),
      small.slice(50),
    ]);
    const large = rows(300, 300);
    const frames = await framesOf(large, 1, 2000);
    assert.ok(frames.length > 1);
    assert.deepEqual(frames.flat(), large);
  },
});

Deno.test({
  name: "parallelize() refuses a record that fits into no frame",
  permissions: "none",
  async fn() {
    const records = [...rows(40, 10), "x".repeat(3000), ...rows(40, 10)];
    await assert.rejects(framesOf(records, 2, 2000), {
      name: "SparkError",
      condition: "RECORD_TOO_LARGE",
      message:
        /^Cannot serialize \d+ bytes of records as one batch: a frame holds at most 2000 bytes; make smaller records or batches$/,
    });
  },
});
