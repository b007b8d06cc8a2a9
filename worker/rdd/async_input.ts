import type {
  AsyncByteSource,
  ByteReader,
} from "../../src/common/byte_reader.ts";
import { WorkerError } from "../../src/common/errors.ts";
import type { TaskLife } from "../task/task_life.ts";
import { turnOfTheLoop } from "../task/event_loop.ts";

const TURN_MS = 10; // how long records that are there already may keep timers waiting

/**
 * The input of a stage whose function awaits. It waits without blocking until
 * a whole frame is there, and has that frame decoded by the same code as any
 * other stage's input. No more than one frame is waited for ahead.
 */
export class AsyncInput {
  readonly #reader: ByteReader;
  readonly #source: AsyncByteSource;
  readonly #batches: Iterator<unknown[]>;
  readonly #life: TaskLife;
  #waiting: Promise<void> | null = null;
  #turnedAt = performance.now();
  #isClosed = false;
  #hasEnded = false;

  /**
   * @param reader where frames are
   * @param source the same bytes as the reader's, without blocking
   * @param batches decodes what the reader holds, one frame at most for each batch
   * @param life the task whose records they are
   */
  constructor(
    reader: ByteReader,
    source: AsyncByteSource,
    batches: Iterable<unknown[]>,
    life: TaskLife,
  ) {
    this.#reader = reader;
    this.#source = source;
    this.#batches = batches[Symbol.iterator]();
    this.#life = life;
  }

  /**
   * Refuses what is asked after the task's end.
   *
   * @throws WorkerError `ITERATOR_CLOSED`
   */
  check(): void {
    this.#life.check();
  }

  /** Whether all records were taken. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether {@link AsyncInput.take} may be called without {@link AsyncInput.wait}. */
  get isReady(): boolean {
    if (this.#hasEnded || this.#isClosed) return true;
    return this.#waiting === null && this.#hasFrame() &&
      performance.now() - this.#turnedAt < TURN_MS;
  }

  /** Waits until the next batch is there, and from time to time for the event loop to turn. */
  wait(): Promise<void> {
    this.check();
    this.#waiting ??= this.#fill().finally(() => this.#waiting = null);
    return this.#waiting;
  }

  /**
   * The next batch of records, which may be empty; null at the end. Blocks
   * when it is not ready.
   *
   * @throws WorkerError `READ_UNDER_WAY` while somebody waits;
   *   `ITERATOR_CLOSED` after the task's end
   */
  take(): unknown[] | null {
    this.check();
    if (this.#waiting !== null) {
      throw new WorkerError(
        "READ_UNDER_WAY",
        "Cannot read records in a blocking way: an asynchronous read of the same records is under way; await it first",
      );
    }
    if (this.#hasEnded) return null;
    const { done, value } = this.#batches.next();
    if (done !== true) return value;
    this.#hasEnded = true;
    return null;
  }

  /** Waits until nothing is being read, so that others may read on. */
  async settled(): Promise<void> {
    await this.#waiting;
  }

  async #fill(): Promise<void> {
    if (this.#hasFrame()) await turnOfTheLoop();
    else this.#isClosed = !await this.#fillFrame();
    this.#turnedAt = performance.now();
  }

  /** Reads a whole frame; false when the other side closes before its end. */
  async #fillFrame(): Promise<boolean> {
    if (!await this.#reader.fillAsync(this.#source, 4)) return false;
    return await this.#reader.fillAsync(this.#source, this.#frameBytes());
  }

  #hasFrame(): boolean {
    const { length } = this.#reader.window;
    return length >= 4 && length >= this.#frameBytes();
  }

  /** Bytes of the first frame in the window, its length with them; a negative length is a mark. */
  #frameBytes(): number {
    const { buffer, byteOffset } = this.#reader.window;
    return 4 + Math.max(0, new DataView(buffer, byteOffset).getInt32(0));
  }
}

/**
 * A partition's records for a function that awaits: `for await` leaves the
 * event loop free, a plain `for` and the helpers of iterators block it.
 */
export class AwaitedRecords extends Iterator<unknown, undefined, unknown>
  implements AsyncIterable<unknown> {
  readonly #input: AsyncInput;
  #batch: readonly unknown[] = [];
  #at = 0;

  /** @param input where records come from */
  constructor(input: AsyncInput) {
    super();
    this.#input = input;
  }

  override next(): IteratorResult<unknown, undefined> {
    this.#input.check();
    while (this.#at === this.#batch.length) {
      if (!this.#takeBatch()) return { done: true, value: undefined };
    }
    return { done: false, value: this.#batch[this.#at++] };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, undefined> {
    for (;;) {
      // Looked at anew after each wait: others may read the same records.
      this.#input.check();
      if (this.#at < this.#batch.length) yield this.#batch[this.#at++];
      else if (!this.#input.isReady) await this.#input.wait();
      else if (!this.#takeBatch()) return;
    }
  }

  #takeBatch(): boolean {
    const batch = this.#input.take();
    this.#batch = batch ?? [];
    this.#at = 0;
    return batch !== null;
  }
}
