import { WorkerError } from "../../src/common/errors.ts";
import type { AsyncCallRule } from "../../src/protocol/udf_record.ts";
import type { Clock } from "../task/event_loop.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { Values } from "./argument_reader.ts";
import type { Udf } from "./load_udf.ts";

type AsyncFunction = (...args: unknown[]) => unknown;

/**
 * The calls of a row function that awaits, over one batch: so many at a time,
 * the results in the order of the rows. The first one that fails for good ends
 * them all: no further call is made.
 *
 * Works with callbacks, so that a row costs no promise but the function's own.
 */
export class AsyncLoop {
  readonly #udf: Udf;
  readonly #f: AsyncFunction;
  readonly #rule: AsyncCallRule;
  readonly #clock: Clock;
  readonly #columns: readonly Values[];
  readonly #results: unknown[];
  readonly #end = Promise.withResolvers<unknown[]>();
  #next = 0;
  #running = 0;
  #left: number;
  #isOver = false;
  #abandoned = 0;

  /**
   * @param udf the function
   * @param columns its arguments
   * @param length number of rows
   * @param clock timers
   */
  constructor(
    udf: Udf,
    columns: readonly Values[],
    length: number,
    clock: Clock,
  ) {
    this.#udf = udf;
    this.#f = udf.functions[0] as AsyncFunction;
    this.#rule = udf.record.calls ?? PLAIN;
    this.#clock = clock;
    this.#columns = columns;
    this.#results = new Array<unknown>(length).fill(null);
    this.#left = length;
  }

  /** Calls that took too long and are no longer waited for, though they may go on. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /** Makes all calls; settles with their results, or when one has failed. */
  run(): Promise<unknown[]> {
    this.#advance();
    return this.#end.promise;
  }

  #advance(): void {
    const length = this.#results.length;
    const skips = this.#udf.record.nullInput === "skip";
    while (
      !this.#isOver && this.#next < length &&
      this.#running < this.#rule.concurrency
    ) {
      const row = this.#next++;
      const args = this.#columns.map((column) => column[row]);
      if (skips && args.includes(null)) {
        this.#left--;
        continue;
      }
      this.#running++;
      this.#call(row, args, this.#rule.retries);
    }
    if (this.#left === 0) this.#end.resolve(this.#results);
  }

  #call(row: number, args: readonly unknown[], retries: number): void {
    const f = this.#f; // so that it is not called as our method
    let result: unknown;
    try {
      result = f(...args);
    } catch (error) {
      return this.#retry(error, row, args, retries);
    }
    if (!isThenable(result)) return this.#finish(row, result);
    const { timeoutMs } = this.#rule;
    let isDue = true;
    const stopTimer = timeoutMs === null
      ? null
      : this.#clock.after(timeoutMs, () => {
        isDue = false;
        this.#abandoned++;
        this.#retry(this.#late(timeoutMs), row, args, retries);
      });
    Promise.resolve(result).then((value) => {
      if (!isDue) return void this.#abandoned--;
      stopTimer?.();
      this.#finish(row, value);
      this.#advance();
    }, (error) => {
      if (!isDue) return void this.#abandoned--;
      stopTimer?.();
      this.#retry(error, row, args, retries);
    });
  }

  #retry(
    error: unknown,
    row: number,
    args: readonly unknown[],
    retries: number,
  ): void {
    if (this.#isOver) return;
    if (retries === 0) {
      this.#isOver = true;
      this.#end.reject(new FailedCall(error, this.#udf.record, args));
      return;
    }
    this.#clock.after(this.#rule.retryDelayMs, () => {
      if (!this.#isOver) this.#call(row, args, retries - 1);
      this.#advance();
    });
  }

  #finish(row: number, value: unknown): void {
    this.#results[row] = value ?? null;
    this.#running--;
    this.#left--;
  }

  #late(timeoutMs: number): WorkerError {
    const { name } = this.#udf.record;
    return new WorkerError(
      "CALL_TIMED_OUT",
      `Cannot wait any longer for "${name}": a call has not finished after ${timeoutMs} ms; raise "timeoutMs", or lower "concurrency" where calls hold each other up`,
      { function: name, timeoutMs },
    );
  }
}

const PLAIN: AsyncCallRule = {
  concurrency: 1,
  timeoutMs: null,
  retries: 0,
  retryDelayMs: 0,
};

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as PromiseLike<unknown>).then === "function";
}
