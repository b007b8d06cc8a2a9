import { fallbackKernels } from "../../../../src/bridge/kernels_fallback.ts";
import {
  type AsyncByteSource,
  ByteReader,
} from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import type { StageInput } from "../../../../src/protocol/command.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { TaskLife } from "../../../../worker/task/task_life.ts";
import { AsyncInput } from "../../../../worker/rdd/async_input.ts";
import type {
  AsyncOutput,
  AsyncTools,
} from "../../../../worker/rdd/async_tools.ts";
import type { Clock } from "../../../../worker/task/event_loop.ts";
import { openInput } from "../../../../worker/rdd/record_input.ts";

/** Bytes that come when the test says so; a blocking read of what is not there fails. */
export class TestSource implements AsyncByteSource {
  #bytes = new Uint8Array();
  #hasEnded = false;
  #arrived = Promise.withResolvers<void>();
  /** How many reads wait. */
  waiting = 0;

  push(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + bytes.length);
    joined.set(this.#bytes);
    joined.set(bytes, this.#bytes.length);
    this.#bytes = joined;
    this.#wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  async readAsync(into: Uint8Array): Promise<number> {
    while (this.#bytes.length === 0 && !this.#hasEnded) {
      this.waiting++;
      await this.#arrived.promise;
      this.waiting--;
    }
    return this.read(into);
  }

  read(into: Uint8Array): number {
    if (this.#bytes.length === 0 && !this.#hasEnded) {
      throw new Error("This read would block");
    }
    const size = Math.min(into.length, this.#bytes.length);
    into.set(this.#bytes.subarray(0, size));
    this.#bytes = this.#bytes.subarray(size);
    return size;
  }

  #wake(): void {
    const { resolve } = this.#arrived;
    this.#arrived = Promise.withResolvers();
    resolve();
  }
}

/** A source whose every read gives at most so many bytes, and never blocks. */
export function chunkedSource(
  bytes: Uint8Array,
  chunkBytes: number,
): AsyncByteSource {
  let at = 0;
  return {
    readAsync(into) {
      const size = Math.min(into.length, chunkBytes, bytes.length - at);
      into.set(bytes.subarray(at, at + size));
      at += size;
      return Promise.resolve(size);
    },
  };
}

/** A reader that refuses to block: only the asynchronous source brings bytes. */
export function unblockedReader(): ByteReader {
  return new ByteReader({
    read() {
      throw new Error("This read would block");
    },
  }, 64);
}

/** An input of a kind over a source. */
export async function openAsync(
  source: AsyncByteSource,
  kind: StageInput,
  reader: ByteReader = unblockedReader(),
  life: TaskLife = new TaskLife(),
): Promise<AsyncInput> {
  const tools = {
    reader,
    kernels: fallbackKernels(),
    codec: new RecordCodec(),
  };
  return new AsyncInput(reader, source, await openInput(tools, kind), life);
}

/** Frames of batches, and the mark behind them. */
export function batchFrames(batches: readonly unknown[][]): Uint8Array {
  const writer = new ByteWriter();
  const codec = new RecordCodec();
  for (const batch of batches) writer.writeSizedBytes(codec.encodeBatch(batch));
  return writer.writeInt(-1).finish();
}

/** An input that has all of its records, in batches of a size; it may block. */
export async function inputOf(
  records: readonly unknown[],
  batchSize = 3,
): Promise<AsyncInput> {
  const batches: unknown[][] = [];
  for (let at = 0; at < records.length; at += batchSize) {
    batches.push(records.slice(at, at + batchSize));
  }
  const source = new TestSource();
  source.push(batchFrames(batches));
  return await openAsync(source, { kind: "batch" }, new ByteReader(source, 64));
}

/** Time that passes when the test says so. */
export class TestClock implements Clock {
  #now = 0;
  #timers: { due: number; then: () => void }[] = [];

  after(milliseconds: number, then: () => void): () => void {
    const timer = { due: this.#now + milliseconds, then };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.length;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#timers.filter((timer) => timer.due <= this.#now);
    this.#timers = this.#timers.filter((timer) => timer.due > this.#now);
    for (const timer of due.sort((a, b) => a.due - b.due)) timer.then();
  }
}

/** Keeps records, up to as many as are wanted. */
export class TestOutput implements AsyncOutput {
  readonly records: unknown[] = [];
  readonly #limit: number;
  #free = Promise.withResolvers<void>();
  isFull = false;

  constructor(limit: number = Infinity) {
    this.#limit = limit;
  }

  emit(record: unknown): void {
    if (!this.isOver) this.records.push(record);
  }

  get isOver(): boolean {
    return this.records.length >= this.#limit;
  }

  async whenFree(): Promise<void> {
    while (this.isFull) await this.#free.promise;
  }

  /** Has room again. */
  drain(): void {
    this.isFull = false;
    this.#free.resolve();
    this.#free = Promise.withResolvers();
  }
}

/** Tools of a stage over partition 7. */
export function asyncTools(
  output: TestOutput,
  clock: Clock = new TestClock(),
): AsyncTools {
  const site = "mapAsync() at app.ts:1:1";
  return {
    index: 7,
    site,
    clock,
    output,
    iterable(value) {
      if (Array.isArray(value) || value instanceof Iterator) return value;
      throw new TypeError("This cannot be iterated");
    },
  };
}
