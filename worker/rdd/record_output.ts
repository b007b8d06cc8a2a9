import { Buffer } from "node:buffer";
import { ByteWriter } from "../../src/common/byte_writer.ts";
import { partitionIndex } from "../../src/common/partition_index.ts";
import { describeValue } from "../../src/common/describe_value.ts";
import type {
  NumberForm,
  PartitionRule,
  StageOutput,
} from "../../src/protocol/command.ts";
import { MAX_FRAME_BYTES } from "../../src/protocol/frame.ts";
import {
  isRecordTooLarge,
  recordTooLarge,
} from "../../src/serde/cbor/cbor_writer.ts";
import { compareKeys } from "../../src/serde/keys/compare.ts";
import { PickleWriter } from "../../src/serde/pickle/pickle_writer.ts";
import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import type { KnownBuiltins } from "../task/builtins.ts";
import { textOfRecord } from "./record_text.ts";
import type { OwnArrays } from "../../src/protocol/own_arrays.ts";
import type { KeyHasher } from "../../src/serde/keys/key_hasher.ts";

const BATCH_BYTES = 128 * 1024; // aim for the encoded size of one batch
const FIRST_BATCH_RECORDS = 64; // until the size of a record is known
const MAX_BATCH_RECORDS = 1 << 15;
const FLUSH_BYTES = 256 * 1024; // frames are handed to the socket in pieces of about this size
const HELD_RECORDS = 1 << 17; // of a shuffle, over all its partitions

/** Where a stage's records go. */
export interface RecordOutput {
  /** Takes one record. */
  emit(record: unknown): void;
  /** Hands over everything that is still held. */
  finish(): void;
}

/** What writing a stage's output takes. */
export interface OutputTools {
  /** Records are encoded by builtins as they were at first. */
  readonly builtins: Pick<KnownBuiltins, "restored">;
  readonly write: (bytes: Uint8Array) => void;
  readonly codec: RecordCodec;
  /** Which arrays of the records TSpark made itself. */
  readonly own: OwnArrays;
  readonly hasher: KeyHasher;
  /** Index of the task's partition, where a round of partitions starts. */
  readonly partition: number;
  readonly pair: (record: unknown) => void;
}

/**
 * Opens the output of a stage.
 *
 * Peer: `PythonRunner.ReaderIterator.read`, Spark 3.5 – 4.3; for a shuffle
 * `PairwiseRDD.compute`, which takes frames in twos.
 * Layout: frames (int32 length, payload); for a shuffle int32 8, int64
 * partition, int32 length, batch.
 *
 * @param tools where bytes go and how records are encoded
 * @param output how records leave, its functions revived; for Arrow see `arrowOutput`
 */
export function openOutput(
  tools: OutputTools,
  output: Exclude<StageOutput<unknown>, { readonly kind: "arrow" }>,
): RecordOutput {
  const frames = new FrameOutput(tools);
  switch (output.kind) {
    case "batch":
      return batchOutput(
        tools,
        frames,
        (records) => tools.codec.encodeBatch(records, tools.own),
        output.records,
      );
    case "text":
      return textOutput(frames);
    case "pickledPairs":
      return pickledOutput(tools, frames, output.key, output.value, tools.pair);
    case "pickledDoubles":
      return pickledOutput(tools, frames, "any", "double", checkNumber);
    case "pickledHashes":
      return hashedOutput(tools, frames);
    case "shuffle":
      return shuffleOutput(tools, frames, output);
  }
}

/** Collects frames and hands them to the socket in large pieces. */
class FrameOutput {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #bytes = new ByteWriter(FLUSH_BYTES + BATCH_BYTES);

  constructor({ write, builtins }: OutputTools) {
    this.#write = (bytes) => builtins.restored(() => write(bytes));
  }

  add(payload: Uint8Array): void {
    this.#bytes.writeSizedBytes(payload);
    if (this.#bytes.length >= FLUSH_BYTES) this.flush();
  }

  addText(text: string): void {
    const bytes = 3 * text.length; // at most
    if (bytes > MAX_FRAME_BYTES) checkText(text);
    this.#bytes.writeString(text);
    if (this.#bytes.length >= FLUSH_BYTES) this.flush();
  }

  addLong(value: number): void {
    this.#bytes.writeInt(8).writeLong(BigInt(value));
  }

  flush(): void {
    this.#write(this.#bytes.view());
    this.#bytes.clear();
  }
}

/** Refuses a text that no reader of frames takes. */
function checkText(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_FRAME_BYTES) throw recordTooLarge(bytes, MAX_FRAME_BYTES);
}

/** How many records make a batch of about {@link BATCH_BYTES}, learned from the batches before. */
class BatchSize {
  records = FIRST_BATCH_RECORDS;

  learn(records: number, bytes: number): void {
    const fitting = Math.floor(records * BATCH_BYTES / Math.max(bytes, 1));
    this.records = Math.max(
      1,
      Math.min(fitting, 4 * this.records, MAX_BATCH_RECORDS),
    );
  }
}

/**
 * Records as batches that fit into a frame each: one, unless they are too large together.
 *
 * @returns how many records each has, and its bytes, which the next one overwrites
 * @throws SparkError `RECORD_TOO_LARGE` for a record that fits into none
 */
function* encodeFitting(
  records: readonly unknown[],
  encode: (records: readonly unknown[]) => Uint8Array,
): Generator<[count: number, bytes: Uint8Array]> {
  let bytes: Uint8Array;
  try {
    bytes = encode(records);
  } catch (error) {
    if (records.length < 2 || !isRecordTooLarge(error)) throw error;
    const half = records.length >> 1;
    yield* encodeFitting(records.slice(0, half), encode);
    yield* encodeFitting(records.slice(half), encode);
    return;
  }
  yield [records.length, bytes];
}

function batchOutput(
  { builtins }: OutputTools,
  frames: FrameOutput,
  encode: (records: readonly unknown[]) => Uint8Array,
  records: number | null,
): RecordOutput {
  const size = new BatchSize();
  let held: unknown[] = [];
  const send = (): void => {
    const records = held;
    held = [];
    builtins.restored(() => encodeAll(records));
  };
  const encodeAll = (records: readonly unknown[]): void => {
    for (const [count, bytes] of encodeFitting(records, encode)) {
      size.learn(count, bytes.length);
      frames.add(bytes);
    }
  };
  return {
    emit(record) {
      held[held.length] = record;
      if (held.length >= (records ?? size.records)) send();
    },
    finish() {
      if (held.length > 0) send();
      frames.flush();
    },
  };
}

function textOutput(frames: FrameOutput): RecordOutput {
  return {
    emit(record) {
      frames.addText(textOfRecord(record));
    },
    finish() {
      frames.flush();
    },
  };
}

/** Peer: `SerDeUtil.pythonToJava`, `SerDeUtil.pythonToPairRDD`, Spark 3.5 – 4.3. Layout: each frame a pickled list. */
function pickledOutput(
  tools: OutputTools,
  frames: FrameOutput,
  key: NumberForm,
  value: NumberForm,
  check: (record: unknown) => void,
): RecordOutput {
  const writer = new PickleWriter();
  return batchOutput(tools, frames, (records) => {
    records.forEach(check);
    return writer.encodeBatch(records, key, value);
  }, null);
}

function checkNumber(record: unknown): void {
  if (typeof record === "number" || typeof record === "bigint") return;
  throw new TypeError(
    `Cannot take ${describeValue(record)} for a number: give an RDD of numbers`,
  );
}

function hashedOutput(tools: OutputTools, frames: FrameOutput): RecordOutput {
  const hashes = pickledOutput(tools, frames, "any", "any", () => {});
  return {
    emit(record) {
      hashes.emit(tools.hasher.hash(record));
    },
    finish() {
      hashes.finish();
    },
  };
}

function shuffleOutput(
  tools: OutputTools,
  frames: FrameOutput,
  output: Extract<StageOutput<unknown>, { kind: "shuffle" }>,
): RecordOutput {
  const size = new BatchSize();
  const partitionOf = partitioner(tools, output);
  const buckets: unknown[][] = Array.from(
    { length: output.partitions },
    () => [],
  );
  let held = 0;
  const encode = (records: readonly unknown[]): Uint8Array =>
    tools.codec.encodeBatch(records, tools.own);
  const send = (partition: number, bucket: unknown[]): void =>
    tools.builtins.restored(() => sendAs(partition, bucket));
  const sendAs = (partition: number, bucket: unknown[]): void => {
    for (const [count, bytes] of encodeFitting(bucket, encode)) {
      size.learn(count, bytes.length);
      frames.addLong(partition);
      frames.add(bytes);
    }
    held -= bucket.length;
    buckets[partition] = [];
  };
  const sendAll = (): void => {
    buckets.forEach((bucket, partition) => {
      if (bucket.length > 0) send(partition, bucket);
    });
  };
  return {
    emit(record) {
      const partition = partitionOf(record);
      const bucket = buckets[partition] ?? [];
      bucket[bucket.length] = record;
      held++;
      if (bucket.length >= size.records) send(partition, bucket);
      else if (held >= HELD_RECORDS) sendAll();
    },
    finish() {
      sendAll();
      frames.flush();
    },
  };
}

function partitioner(
  { hasher, partition, pair, codec }: OutputTools,
  { partitions, rule }: Extract<StageOutput<unknown>, { kind: "shuffle" }>,
): (record: unknown) => number {
  switch (rule.kind) {
    case "hash":
      return (record) => {
        pair(record);
        return hasher.hash((record as [unknown, unknown])[0]) % partitions;
      };
    case "function": {
      const f = rule.f as (key: unknown) => unknown;
      return (record) => {
        pair(record);
        return partitionIndex(f((record as [unknown, unknown])[0]), partitions);
      };
    }
    case "range":
      return rangePartitioner(
        codec.decodeBatch(rule.bounds),
        rule,
        partitions,
        pair,
      );
    case "record":
      return (record) => hasher.hash(record) % partitions;
    case "own":
      return () => partition;
    case "roundRobin": {
      let next = partition;
      return () => next++ % partitions;
    }
  }
}

/** The partition between whose bounds a key lies, found by halving. Peer: `RDD.sortByKey`'s `rangePartitioner`. */
function rangePartitioner(
  bounds: readonly unknown[],
  rule: Extract<PartitionRule<unknown>, { kind: "range" }>,
  partitions: number,
  pair: (record: unknown) => void,
): (record: unknown) => number {
  const { ascending } = rule;
  const keyOf = (rule.key as ((key: unknown) => unknown) | null) ??
    ((key: unknown) => key);
  return (record) => {
    pair(record);
    const key = keyOf((record as [unknown, unknown])[0]);
    let [low, high] = [0, bounds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareKeys(bounds[middle], key) < 0) low = middle + 1;
      else high = middle;
    }
    return ascending ? low : partitions - 1 - low;
  };
}
