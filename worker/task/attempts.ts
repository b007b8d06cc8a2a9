import { describeValue } from "../../src/common/describe_value.ts";
import type { WorkerError } from "../../src/common/errors.ts";
import type { Clock } from "./event_loop.ts";

/** How long a call may take, and what follows one that failed. */
export interface AttemptRule {
  /** Milliseconds that one call may take; null: any number. */
  readonly timeoutMs: number | null;
  /** How often a failed call is made again. */
  readonly retries: number;
  /** Milliseconds before the first of these. */
  readonly retryDelayMs: number;
  /** By what that wait grows each time. */
  readonly backoff: number;
  /** Most milliseconds of it. */
  readonly maxRetryDelayMs: number;
  /** A function that says of an error whether its call may be made again; null: each may. */
  readonly retryIf: unknown;
}

/** Whoever has calls made, each for a task of its own. */
export interface AttemptOwner<T> {
  /**
   * Calls the function.
   *
   * @param call what it is told of the call; null when it has not asked
   */
  call(task: T, call: Call | null): unknown;
  /** Takes a result. Does not throw. */
  finish(task: T, value: unknown): void;
  /** Takes the error of a task that failed for good. Does not throw. */
  fail(error: unknown, task: T): void;
  /** Called when there may be room for another task, some time after its begin. */
  advance(): void;
  /** The error of a call that took too long. */
  late(task: T, timeoutMs: number): WorkerError;
  /**
   * The error of a task of which several attempts failed.
   *
   * @param last the last attempt's error, in words
   */
  exhausted(task: T, attempts: number, last: string, cause: unknown): Error;
}

/**
 * The calls of a function that awaits, each again as often as its rule says.
 *
 * Works with callbacks, so that a call costs no promise but the function's own.
 */
export class Attempts<T> {
  readonly #owner: AttemptOwner<T>;
  readonly #rule: AttemptRule;
  readonly #clock: Clock;
  readonly #takesCall: boolean;
  /** Calls under way whose function may have taken their signal. */
  readonly #signaled = new Set<Call>();
  #abandoned = 0;
  #isOver = false;

  /**
   * @param owner whom the tasks belong to
   * @param rule how long a call may take, and how often it is made
   * @param clock timers
   * @param takesCall whether the function has asked for its {@link Call}
   */
  constructor(
    owner: AttemptOwner<T>,
    rule: AttemptRule,
    clock: Clock,
    takesCall: boolean,
  ) {
    this.#owner = owner;
    this.#rule = rule;
    this.#clock = clock;
    this.#takesCall = takesCall;
  }

  /** Whether calls that took too long may still be under way, though nobody waits for them. */
  get hasAbandoned(): boolean {
    return this.#abandoned > 0;
  }

  /** Whether nothing is told of any task from now on. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Makes the first call for a task. */
  begin(task: T): void {
    this.#attempt(task, 1);
  }

  /**
   * Tells nothing of any task from now on.
   *
   * @param reason what the signals of calls under way say
   */
  end(reason: string): void {
    this.#isOver = true;
    for (const call of this.#signaled) {
      call.abort(new DOMException(`Cannot go on: ${reason}`, "AbortError"));
    }
    this.#signaled.clear();
  }

  #attempt(task: T, attempt: number): void {
    const call = this.#takesCall ? new Call(attempt) : null;
    if (call !== null) this.#signaled.add(call);
    let result: unknown;
    let isReady: boolean;
    try {
      result = this.#owner.call(task, call);
      isReady = !isThenable(result); // asks the program's object
    } catch (error) {
      return this.#retry(error, task, attempt, call);
    }
    if (isReady) return this.#finish(task, result, call);
    const { timeoutMs } = this.#rule;
    let isDue = true;
    const stopTimer = timeoutMs === null
      ? null
      : this.#clock.after(timeoutMs, () => {
        isDue = false;
        this.#abandoned++;
        const late = this.#owner.late(task, timeoutMs);
        call?.abort(late);
        this.#retry(late, task, attempt, call);
      });
    Promise.resolve(result).then((value) => {
      if (!isDue) return void this.#abandoned--;
      stopTimer?.();
      this.#finish(task, value, call);
      this.#owner.advance();
    }, (error) => {
      if (!isDue) return void this.#abandoned--;
      stopTimer?.();
      this.#retry(error, task, attempt, call);
    });
  }

  #finish(task: T, value: unknown, call: Call | null): void {
    if (call !== null) this.#signaled.delete(call);
    if (!this.#isOver) this.#owner.finish(task, value);
  }

  #retry(error: unknown, task: T, attempt: number, call: Call | null): void {
    if (call !== null) this.#signaled.delete(call);
    if (this.#isOver) return;
    try {
      if (!this.#mayRetry(error, attempt)) {
        throw this.#explained(error, task, attempt);
      }
    } catch (failure) {
      return this.#owner.fail(failure, task);
    }
    this.#clock.after(retryDelay(this.#rule, attempt), () => {
      if (!this.#isOver) this.#attempt(task, attempt + 1);
      this.#owner.advance();
    });
  }

  #mayRetry(error: unknown, attempt: number): boolean {
    const { retries, retryIf } = this.#rule;
    return attempt <= retries && (retryIf === null ||
      Boolean((retryIf as (error: unknown) => unknown)(error)));
  }

  /** The error of a task's last attempt; it names them when there were several. */
  #explained(error: unknown, task: T, attempts: number): unknown {
    if (attempts === 1) return error;
    const last = error instanceof Error
      ? `${error.name}: ${error.message}`
      : describeValue(error);
    return this.#owner.exhausted(task, attempts, last, error);
  }
}

/** What a function that asks for it is told of its call; makes its signal when that is wanted. */
export class Call {
  /** 1 for the first call of a task. */
  readonly attempt: number;
  #controller: AbortController | null = null;
  #reason: unknown = null;

  /** @param attempt its number */
  constructor(attempt: number) {
    this.attempt = attempt;
  }

  /** Aborted when the call takes too long, and when its result is no longer wanted. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#reason !== null) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Aborts the signal, also one that is made later. */
  abort(reason: unknown): void {
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}

/** Whether a value is to be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as PromiseLike<unknown>).then === "function";
}

/** How long to wait after an attempt that failed, in milliseconds. */
function retryDelay(
  { retryDelayMs, backoff, maxRetryDelayMs }: AttemptRule,
  attempt: number,
): number {
  const wait = retryDelayMs * backoff ** (attempt - 1);
  return Math.min(Math.round(wait), maxRetryDelayMs);
}
