import { describeValue } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import type { AsyncStep } from "../../src/protocol/step.ts";
import type { AsyncInput } from "./async_input.ts";
import { type AsyncTools, isAsyncIterable } from "./async_tools.ts";

const ORDERED_AHEAD = 8; // so many times `concurrency` results may wait for an earlier one

type MapAsync = Extract<AsyncStep<unknown>, { op: "mapAsync" }>;

/**
 * The calls of a function that awaits, one for each record, so many at a
 * time. The first one that fails for good ends them all: no further record is
 * taken, and what is still under way is no longer looked at. So it is when no
 * further record is wanted.
 *
 * Works with callbacks, so that a record costs no promise but the function's own.
 */
export class AsyncCalls {
  readonly #step: MapAsync;
  readonly #f: (record: unknown, call?: Call) => unknown;
  readonly #input: AsyncInput;
  readonly #tools: AsyncTools;
  readonly #end = Promise.withResolvers<void>();
  readonly #mostAhead: number;
  #batch: readonly unknown[] = [];
  #at = 0;
  #isLast = false;
  #isWaiting = false;
  #isOver = false;
  #running = 0;
  /** How many records were begun; the next one's number. */
  #begun = 0;
  /** How many records are done with; in order, the number of the one whose turn it is. */
  #given = 0;
  /** Results that came before their turn, by number. */
  readonly #early = new Map<number, unknown>();
  /** Calls under way whose function may have taken their signal. */
  readonly #signaled = new Set<Call>();
  readonly #takesCall: boolean;

  /**
   * @param step the step, its function revived
   * @param input the partition's records
   * @param tools timers and output
   */
  constructor(step: MapAsync, input: AsyncInput, tools: AsyncTools) {
    this.#step = step;
    this.#f = step.f as (record: unknown, call?: Call) => unknown;
    // One that was not written for it may take something else there.
    this.#takesCall = this.#f.length > 1;
    this.#input = input;
    this.#tools = tools;
    this.#mostAhead = step.concurrency * ORDERED_AHEAD;
  }

  /** Makes all calls; settles when the last result was given out, or the first call has failed. */
  run(): Promise<void> {
    this.#advance();
    return this.#end.promise;
  }

  /** Begins as many calls as there may be. */
  #advance(): void {
    const { output } = this.#tools;
    try {
      while (!this.#isOver && this.#mayBegin()) {
        if (output.isFull) return this.#waitFor(output.whenFree());
        if (this.#at < this.#batch.length) {
          this.#running++;
          const record = this.#batch[this.#at++];
          this.#call({ record, number: this.#begun++, attempt: 1 });
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
      this.#fail(error);
    }
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
      this.#advance();
    }, (error) => this.#fail(error));
  }

  #call(task: RecordTask): void {
    const f = this.#f; // so that it is not called as our method
    const call = this.#takesCall ? new Call(task.attempt) : null;
    if (call !== null) this.#signaled.add(call);
    let result: unknown;
    try {
      result = call === null ? f(task.record) : f(task.record, call);
    } catch (error) {
      return this.#retry(error, task, call);
    }
    const { timeoutMs, kind } = this.#step;
    const isFlat = kind === "flatMap";
    if (!isThenable(result) && !(isFlat && isAsyncIterable(result))) {
      return this.#finish(task.number, result, call);
    }
    let promise = Promise.resolve(result);
    if (isFlat) promise = promise.then(gathered);
    let isDue = true;
    const stopTimer = timeoutMs === null
      ? null
      : this.#tools.clock.after(timeoutMs, () => {
        isDue = false;
        const late = timedOut(task, timeoutMs, this.#tools.site);
        call?.abort(late);
        this.#retry(late, task, call);
      });
    promise.then((value) => {
      if (!isDue) return;
      stopTimer?.();
      this.#finish(task.number, value, call);
      this.#advance();
    }, (error) => {
      if (!isDue) return;
      stopTimer?.();
      this.#retry(error, task, call);
    });
  }

  #retry(error: unknown, task: RecordTask, call: Call | null): void {
    if (call !== null) this.#signaled.delete(call);
    if (this.#isOver) return;
    const { retries, retryIf } = this.#step;
    const { attempt } = task;
    try {
      const mayRetry = attempt <= retries &&
        (retryIf === null || (retryIf as (error: unknown) => unknown)(error));
      if (!mayRetry) throw explained(error, task, this.#tools.site);
    } catch (failure) {
      return this.#fail(failure);
    }
    this.#tools.clock.after(retryDelay(this.#step, attempt), () => {
      if (!this.#isOver) this.#call({ ...task, attempt: attempt + 1 });
      this.#advance();
    });
  }

  #finish(number: number, value: unknown, call: Call | null): void {
    if (call !== null) this.#signaled.delete(call);
    if (this.#isOver) return;
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
      this.#fail(error);
    }
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
    this.#isOver = true;
    this.#end.resolve();
    this.#abortAll("no further record is wanted");
  }

  #fail(error: unknown): void {
    this.#isOver = true;
    this.#end.reject(error);
    this.#abortAll("the task has failed");
  }

  #abortAll(reason: string): void {
    for (const call of this.#signaled) {
      call.abort(new DOMException(`Cannot go on: ${reason}`, "AbortError"));
    }
    this.#signaled.clear();
  }
}

/** A record whose function is being called. */
interface RecordTask {
  readonly record: unknown;
  /** The record's number in its partition. */
  readonly number: number;
  /** 1 for the first call. */
  readonly attempt: number;
}

/** What a function that asks for it is told of its call; makes its signal when that is wanted. */
class Call {
  readonly attempt: number;
  #controller: AbortController | null = null;
  #reason: unknown = null;

  constructor(attempt: number) {
    this.attempt = attempt;
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#reason !== null) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}

/** How long to wait after an attempt that failed, in milliseconds. */
function retryDelay(
  { retryDelayMs, backoff, maxRetryDelayMs }: MapAsync,
  attempt: number,
): number {
  const wait = retryDelayMs * backoff ** (attempt - 1);
  return Math.min(Math.round(wait), maxRetryDelayMs);
}

/** The error of a record's last attempt; it names them when there were several. */
function explained(error: unknown, task: RecordTask, site: string): unknown {
  if (task.attempt === 1) return error;
  const record = describeValue(task.record);
  const last = error instanceof Error
    ? `${error.name}: ${error.message}`
    : describeValue(error);
  return new WorkerError(
    "RETRIES_FAILED",
    `Cannot get a result of the function of ${site} for the record ${record}: ${task.attempt} attempts failed, the last one with ${last}`,
    { site, attempts: task.attempt, record },
    { cause: error },
  );
}

/** A result for `flatMap`, its asynchronous parts fetched. */
function gathered(value: unknown): unknown {
  return isAsyncIterable(value) ? Array.fromAsync(value) : value;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as PromiseLike<unknown>).then === "function";
}

function timedOut(
  { record }: RecordTask,
  timeoutMs: number,
  site: string,
): WorkerError {
  const described = describeValue(record);
  return new WorkerError(
    "RECORD_TIMED_OUT",
    `Cannot wait any longer for the function of ${site}: after ${timeoutMs} ms it has not finished with the record ${described}; raise "timeoutMs", or lower "concurrency" where calls hold each other up`,
    { site, timeoutMs, record: described },
  );
}
