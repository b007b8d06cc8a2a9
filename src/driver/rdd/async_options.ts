import { checkFunction, checkOptions } from "./checks.ts";

const DEFAULT_CONCURRENCY = 16;
const MAX_TIMER_MS = 2 ** 31 - 1; // timers go no further

/** Items, or a promise of items, that may come one by one. */
export type AsyncItems<U> =
  | Iterable<U>
  | AsyncIterable<U>
  | PromiseLike<Iterable<U> | AsyncIterable<U>>;

/** How the calls of a function that awaits are made. */
export interface AsyncOptions {
  /** How many calls may be under way at once in each task; 16 by default. */
  readonly concurrency?: number;
  /** Whether results come in the order of the records; true by default. Otherwise they come as they are done. */
  readonly ordered?: boolean;
  /** How long one call may take, in milliseconds, before it counts as failed; for ever by default. Its signal is aborted then. */
  readonly timeoutMs?: number;
  /** How often a failed call is made again; 0 by default. */
  readonly retries?: number;
  /** How long to wait before the first of these, in milliseconds; 0 by default. */
  readonly retryDelayMs?: number;
  /** By what that wait grows each time: 2 doubles it; 1 by default. */
  readonly backoff?: number;
  /** Longest wait, in milliseconds; as long as timers go by default, which is 24 days. */
  readonly maxRetryDelayMs?: number;
  /** Says of an error whether its call may be made again; always by default. It runs on the workers. */
  readonly retryIf?: (error: unknown) => boolean;
}

/** One call of a function that awaits, for a function that declares a second parameter. */
export interface AsyncCall {
  /** Aborted when the call takes too long, and when its result is no longer wanted. */
  readonly signal: AbortSignal;
  /** 1 for the first call with a record, 2 for the first retry, and so on. */
  readonly attempt: number;
}

/** Options with nothing left open. */
export interface FullAsyncOptions {
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly timeoutMs: number | null;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly backoff: number;
  readonly maxRetryDelayMs: number;
  readonly retryIf: ((error: unknown) => boolean) | null;
}

const NAMES = [
  "concurrency",
  "ordered",
  "timeoutMs",
  "retries",
  "retryDelayMs",
  "backoff",
  "maxRetryDelayMs",
  "retryIf",
];

/**
 * Options with their defaults.
 *
 * @param operation the operation, for messages
 * @param options what the user gave
 * @param others names of the operation's own options beside these
 * @throws TypeError for a name that is none of them
 * @throws RangeError for a number out of range
 */
export function fullAsyncOptions(
  operation: string,
  options: AsyncOptions,
  others: readonly string[] = [],
): FullAsyncOptions {
  checkOptions(operation, options, [...NAMES, ...others]);
  const {
    concurrency = DEFAULT_CONCURRENCY,
    ordered = true,
    timeoutMs,
    retries = 0,
    retryDelayMs = 0,
    backoff = 1,
    maxRetryDelayMs = MAX_TIMER_MS,
    retryIf,
  } = options;
  const refuse = (name: string, value: unknown, wanted: string): never => {
    throw new RangeError(
      `Cannot run ${operation} with ${name} ${String(value)}: give a ${wanted}`,
    );
  };
  if (!isWhole(concurrency, 1, 2 ** 31 - 1)) {
    refuse("concurrency", concurrency, "whole number from 1 on");
  }
  if (timeoutMs !== undefined && !isWhole(timeoutMs, 1, MAX_TIMER_MS)) {
    refuse(
      "timeoutMs",
      timeoutMs,
      `whole number of milliseconds from 1 to ${MAX_TIMER_MS}`,
    );
  }
  if (!isWhole(retries, 0, 2 ** 31 - 1)) {
    refuse("retries", retries, "whole number from 0 on");
  }
  if (!isWhole(retryDelayMs, 0, MAX_TIMER_MS)) {
    refuse(
      "retryDelayMs",
      retryDelayMs,
      `whole number of milliseconds from 0 to ${MAX_TIMER_MS}`,
    );
  }
  if (!(backoff >= 1 && Number.isFinite(backoff))) {
    refuse("backoff", backoff, "finite number from 1 on");
  }
  if (!isWhole(maxRetryDelayMs, 0, MAX_TIMER_MS)) {
    refuse(
      "maxRetryDelayMs",
      maxRetryDelayMs,
      `whole number of milliseconds from 0 to ${MAX_TIMER_MS}`,
    );
  }
  if (retryIf !== undefined) {
    checkFunction(`${operation} with retryIf`, retryIf);
  }
  return {
    concurrency,
    ordered,
    timeoutMs: timeoutMs ?? null,
    retries,
    retryDelayMs,
    backoff,
    maxRetryDelayMs,
    retryIf: retryIf ?? null,
  };
}

function isWhole(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}
