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
  /** How long one call may take, in milliseconds, before it counts as failed; for ever by default. It is left alone, not ended. */
  readonly timeoutMs?: number;
  /** How often a failed call is made again; 0 by default. */
  readonly retries?: number;
  /** How long to wait before that, in milliseconds; 0 by default. */
  readonly retryDelayMs?: number;
}

/** Options with nothing left open, as they travel. */
export interface FullAsyncOptions {
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly timeoutMs: number | null;
  readonly retries: number;
  readonly retryDelayMs: number;
}

/**
 * Options with their defaults.
 *
 * @param operation the operation, for messages
 * @param options what the user gave
 * @throws RangeError for a number out of range
 */
export function fullAsyncOptions(
  operation: string,
  options: AsyncOptions,
): FullAsyncOptions {
  const {
    concurrency = DEFAULT_CONCURRENCY,
    ordered = true,
    timeoutMs,
    retries = 0,
    retryDelayMs = 0,
  } = options;
  const refuse = (name: string, value: unknown, wanted: string): never => {
    throw new RangeError(
      `Cannot run ${operation} with ${name} ${
        String(value)
      }: give a whole number ${wanted}`,
    );
  };
  if (!isWhole(concurrency, 1, 2 ** 31 - 1)) {
    refuse("concurrency", concurrency, "from 1 on");
  }
  if (timeoutMs !== undefined && !isWhole(timeoutMs, 1, MAX_TIMER_MS)) {
    refuse("timeoutMs", timeoutMs, `of milliseconds from 1 to ${MAX_TIMER_MS}`);
  }
  if (!isWhole(retries, 0, 2 ** 31 - 1)) {
    refuse("retries", retries, "from 0 on");
  }
  if (!isWhole(retryDelayMs, 0, MAX_TIMER_MS)) {
    refuse(
      "retryDelayMs",
      retryDelayMs,
      `of milliseconds from 0 to ${MAX_TIMER_MS}`,
    );
  }
  return {
    concurrency,
    ordered,
    timeoutMs: timeoutMs ?? null,
    retries,
    retryDelayMs,
  };
}

function isWhole(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}
