import assert from "node:assert/strict";
import { KeyHasher } from "../../../../src/serde/keys/key_hasher.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { FrameSplitter } from "../../../../src/protocol/frame.ts";
import { LOCKED_BUILTINS } from "../../../../worker/task/builtins.ts";
import { openOutput } from "../../../../worker/rdd/record_output.ts";

const LIMIT = 100_000;

/** The frames that records leave as, when a frame has at most {@link LIMIT} bytes. */
function framesOf(
  output: Parameters<typeof openOutput>[1],
  records: readonly unknown[],
  partition = 0,
): Uint8Array[] {
  const splitter = new FrameSplitter({ maxBytes: LIMIT });
  const frames: Uint8Array[] = [];
  const out = openOutput({
    builtins: LOCKED_BUILTINS,
    write: (bytes) => frames.push(...splitter.push(bytes.slice())),
    codec: new RecordCodec(LIMIT),
    own: null,
    hasher: new KeyHasher(),
    partition,
    pair: () => {},
  }, output);
  for (const record of records) out.emit(record);
  out.finish();
  splitter.finish();
  return frames;
}

function recordsIn(frames: readonly Uint8Array[]): unknown[] {
  const codec = new RecordCodec();
  return frames.flatMap((frame) => codec.decodeBatch(frame));
}

const SHAPES: readonly [string, (i: number) => unknown][] = [
  ["columns", (i) => `${i}`.padStart(15_000, "0")],
  ["CBOR", (i) => ({ text: `${i}`.padStart(15_000, "0") })],
];

for (const [name, make] of SHAPES) {
  const records = Array.from({ length: 100 }, (_, i) => make(i));

  Deno.test(`openOutput() cuts batches in ${name} that fit into no frame`, () => {
    const frames = framesOf({ kind: "batch", records: null }, records);
    assert.ok(frames.length > 10);
    assert.deepEqual(recordsIn(frames), records);
  });

  Deno.test(`openOutput() cuts a shuffle's batches in ${name} that fit into no frame`, () => {
    const frames = framesOf(
      { kind: "shuffle", partitions: 4, rule: { kind: "own" }, site: "" },
      records,
      2,
    );
    const places = frames.filter((_, i) => i % 2 === 0);
    const batches = frames.filter((_, i) => i % 2 === 1);
    assert.ok(
      places.every((p) =>
        new DataView(p.buffer, p.byteOffset).getInt32(4) === 2
      ),
    );
    assert.deepEqual(recordsIn(batches), records);
  });

  Deno.test(`openOutput() refuses a record in ${name} that fits into no frame`, () => {
    const large = typeof records[0] === "string"
      ? "x".repeat(LIMIT)
      : { text: "x".repeat(LIMIT) };
    assert.throws(
      () => framesOf({ kind: "batch", records: null }, [...records, large]),
      { name: "SparkError", condition: "RECORD_TOO_LARGE" },
    );
  });
}
