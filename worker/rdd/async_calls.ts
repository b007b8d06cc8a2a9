import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import type { AsyncStep } from "../../src/protocol/step.ts";
import {
  type AttemptOwner,
  Attempts,
  type Call,
  isThenable,
} from "../task/attempts.ts";
import type { AsyncInput } from "./async_input.ts";
import { type AsyncTools, isAsyncIterable } from "./async_tools.ts";

const ORDERED_AHEAD = 8; // so many times `concurrency` results may wait for an earlier one

type MapAsync = Extract<AsyncStep<unknown>, { op: "mapAsync" }>;

/**
 * The calls of a function that awaits, one for each record, so many at a
 * time. The first one that fails for good ends them all: no further record is
 * taken, and what is still under way is no longer looked at. So it is when no
 * further record is wanted.
 */
export class AsyncCalls implements AttemptOwner<RecordTask> {
  readonly #step: MapAsync;
  readonly #f: (record: unknown, call?: Call) => unknown;
  readonly #input: AsyncInput;
  readonly #tools: AsyncTools;
  readonly #attempts: Attempts<RecordTask>;
  readonly #end = Promise.withResolvers<void>();
  readonly #mostAhead: number;
  #batch: readonly unknown[] = [];
  #at = 0;
  #isLast = false;
  #isWaiting = false;
  #running = 0;
  /** How many records were begun; the next one's number. */
  #begun = 0;
  /** How many records are done with; in order, the number of the one whose turn it is. */
  #given = 0;
  /** Results that came before their turn, by number. */
  readonly #early = new Map<number, unknown>();

  /**
   * @param step the step, its function revived
   * @param input the partition's records
   * @param tools timers and output
   */
  constructor(step: MapAsync, input: AsyncInput, tools: AsyncTools) {
    this.#step = step;
    this.#f = step.f as (record: unknown, call?: Call) => unknown;
    // One that was not written for it may take something else there.
    const takesCall = this.#f.length > 1;
    this.#attempts = new Attempts(this, step, tools.clock, takesCall);
    this.#input = input;
    this.#tools = tools;
    this.#mostAhead = step.concurrency * ORDERED_AHEAD;
  }

  /**
   * Makes all calls; settles when the last result was given out, or the first call has failed.
   *
   * @returns whether calls that took too long may still be under way
   */
  async run(): Promise<boolean> {
    this.advance();
    await this.#end.promise;
    return this.#attempts.hasAbandoned;
  }

  /** Begins as many calls as there may be. */
  advance(): void {
    const { output } = this.#tools;
    try {
      while (!this.#attempts.isOver && this.#mayBegin()) {
        if (output.isFull) return this.#waitFor(output.whenFree());
        if (this.#at < this.#batch.length) {
          this.#running++;
          const record = this.#batch[this.#at++];
          this.#attempts.begin({ record, number: this.#begun++ });
        } else if (!this.#input.isReady) {
          return this.#waitFor(this.#input.wait());
        } else {
          const batch = this.#input.take();
          this.#isLast = batch === null;
          this.#batch = batch ?? [];
          this.#at = 0;
        }
      }
      if (this.#isLast && this.#running === 0) this.#stop();
    } catch (error) {
      this.fail(error);
    }
  }

  call({ record }: RecordTask, call: Call | null): unknown {
    const f = this.#f; // so that it is not called as our method
    const result = call === null ? f(record) : f(record, call);
    if (this.#step.kind !== "flatMap") return result;
    return isThenable(result) || isAsyncIterable(result)
      ? Promise.resolve(result).then(gathered)
      : result;
  }

  finish({ number }: RecordTask, value: unknown): void {
    this.#running--;
    if (this.#step.ordered && number !== this.#given) {
      this.#early.set(number, value);
      return;
    }
    try {
      this.#give(value);
      while (this.#early.has(this.#given)) {
        const next = this.#early.get(this.#given);
        this.#early.delete(this.#given);
        this.#give(next);
      }
      if (this.#tools.output.isOver) this.#stop();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    this.#end.reject(error);
    this.#attempts.end("the task has failed");
  }

  late({ record }: RecordTask, timeoutMs: number): WorkerError {
    const { site } = this.#tools;
    const described = describeValue(record);
    return new WorkerError(
      "RECORD_TIMED_OUT",
      `Cannot wait any longer for the function of ${site}: after ${timeoutMs} ms it has not finished with the record ${described}; raise "timeoutMs", or lower "concurrency" where calls hold each other up`,
      { site, timeoutMs, record: described },
    );
  }

  exhausted(
    task: RecordTask,
    attempts: number,
    last: string,
    cause: unknown,
  ): WorkerError {
    const { site } = this.#tools;
    const record = describeValue(task.record);
    return new WorkerError(
      "RETRIES_FAILED",
      `Cannot get a result of the function of ${site} for the record ${record}: ${attempts} attempts failed, the last one with ${last}`,
      { site, attempts, record },
      { cause },
    );
  }

  #mayBegin(): boolean {
    return !this.#isLast && this.#running < this.#step.concurrency &&
      this.#begun - this.#given < this.#mostAhead;
  }

  #waitFor(ready: Promise<void>): void {
    if (this.#isWaiting) {
      ready.catch(() => {/* whoever waits already hears of it */});
      return;
    }
    this.#isWaiting = true;
    ready.then(() => {
      this.#isWaiting = false;
      this.advance();
    }, (error) => this.fail(error));
  }

  #give(value: unknown): void {
    this.#given++;
    const { output } = this.#tools;
    if (this.#step.kind === "map") {
      output.emit(value);
    } else if (this.#step.kind === "flatMap") {
      for (const record of this.#tools.iterable(value)) {
        output.emit(record);
        if (output.isOver) return;
      }
    }
  }

  #stop(): void {
    this.#end.resolve();
    this.#attempts.end("no further record is wanted");
  }
}

/** A record whose function is being called. */
interface RecordTask {
  readonly record: unknown;
  /** The record's number in its partition. */
  readonly number: number;
}

/** A result for `flatMap`, its asynchronous parts fetched. */
function gathered(value: unknown): unknown {
  return isAsyncIterable(value) ? Array.fromAsync(value) : value;
}
