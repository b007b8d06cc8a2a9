import { Bench } from "tinybench";
import { RecordCodec } from "../../src/serde/record_batch.ts";

const RECORDS = 10_000;

/** Batches of 10,000 records of several shapes, to bytes and back. */
export default function recordBatch(): Promise<
  { bench: Bench; close(): Promise<void> }
> {
  const bench = new Bench();
  const shapes: Readonly<Record<string, (index: number) => unknown>> = {
    numbers: (index) => index,
    strings: (index) => `word${index % 977}`,
    pairs: (index) => [`word${index % 977}`, index],
    objects: (index) => ({ id: index, name: `word${index % 977}`, ok: true }),
  };
  for (const [name, make] of Object.entries(shapes)) {
    const records = Array.from({ length: RECORDS }, (_, index) => make(index));
    const codec = new RecordCodec();
    const frame = codec.encodeBatch(records).slice();
    bench.add(`encode ${name}`, () => {
      codec.encodeBatch(records);
    });
    bench.add(`decode ${name}`, () => {
      codec.decodeBatch(frame);
    });
  }
  return Promise.resolve({ bench, close: () => Promise.resolve() });
}
