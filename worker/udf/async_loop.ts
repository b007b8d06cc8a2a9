import { WorkerError } from "../../src/common/errors.ts";
import { udfInvalid } from "../../src/protocol/udf_record.ts";
import { type AttemptOwner, Attempts, type Call } from "../task/attempts.ts";
import type { Clock } from "../task/event_loop.ts";
import { FailedCall } from "../task/failed_call.ts";
import type { Values } from "./argument_reader.ts";
import type { Udf } from "./load_udf.ts";

type AsyncFunction = (...args: unknown[]) => unknown;

/**
 * The calls of a row function that awaits, over one batch: so many at a time,
 * the results in the order of the rows. The first one that fails for good ends
 * them all: no further call is made.
 */
export class AsyncLoop implements AttemptOwner<RowTask> {
  readonly #udf: Udf;
  readonly #f: AsyncFunction;
  readonly #concurrency: number;
  readonly #attempts: Attempts<RowTask>;
  readonly #columns: readonly Values[];
  readonly #results: unknown[];
  readonly #end = Promise.withResolvers<unknown[]>();
  #next = 0;
  #running = 0;
  #left: number;

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
    const { functions, record: { calls } } = udf;
    if (calls === null) throw udfInvalid('"calls" is missing');
    this.#udf = udf;
    this.#f = functions[0] as AsyncFunction;
    this.#concurrency = calls.concurrency;
    // One that was not written for it may take something else there.
    const takesCall = this.#f.length === columns.length + 1;
    const rule = { ...calls, retryIf: functions[1] ?? null };
    this.#attempts = new Attempts(this, rule, clock, takesCall);
    this.#columns = columns;
    this.#results = new Array<unknown>(length).fill(null);
    this.#left = length;
  }

  /** Whether calls that took too long may still be under way, though nobody waits for them. */
  get hasAbandoned(): boolean {
    return this.#attempts.hasAbandoned;
  }

  /** Makes all calls; settles with their results, or when one has failed. */
  run(): Promise<unknown[]> {
    this.advance();
    return this.#end.promise;
  }

  /** Begins as many calls as there may be. */
  advance(): void {
    const length = this.#results.length;
    const skips = this.#udf.record.nullInput === "skip";
    while (
      !this.#attempts.isOver && this.#next < length &&
      this.#running < this.#concurrency
    ) {
      const row = this.#next++;
      const args = this.#columns.map((column) => column[row]);
      if (skips && args.includes(null)) {
        this.#left--;
        continue;
      }
      this.#running++;
      this.#attempts.begin({ row, args });
    }
    if (this.#left === 0) this.#end.resolve(this.#results);
  }

  call({ args }: RowTask, call: Call | null): unknown {
    const f = this.#f; // so that it is not called as our method
    return call === null ? f(...args) : f(...args, call);
  }

  finish({ row }: RowTask, value: unknown): void {
    this.#results[row] = value ?? null;
    this.#running--;
    this.#left--;
  }

  fail(error: unknown, { args }: RowTask): void {
    this.#end.reject(new FailedCall(error, this.#udf.record, args));
    this.#attempts.end("the task has failed");
  }

  late(_: RowTask, timeoutMs: number): WorkerError {
    const { name } = this.#udf.record;
    return new WorkerError(
      "CALL_TIMED_OUT",
      `Cannot wait any longer for "${name}": a call has not finished after ${timeoutMs} ms; raise "timeoutMs", or lower "concurrency" where calls hold each other up`,
      { function: name, timeoutMs },
    );
  }

  exhausted(
    _: RowTask,
    attempts: number,
    last: string,
    cause: unknown,
  ): WorkerError {
    const { name } = this.#udf.record;
    return new WorkerError(
      "RETRIES_FAILED",
      `Cannot get a result of "${name}": ${attempts} attempts failed, the last one with ${last}`,
      { function: name, attempts },
      { cause },
    );
  }
}

/** A row whose function is being called. */
interface RowTask {
  readonly row: number;
  readonly args: readonly unknown[];
}
