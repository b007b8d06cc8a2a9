import type { Clock } from "../task/event_loop.ts";

/** What an asynchronous stage works with. */
export interface AsyncTools {
  /** The partition's index. */
  readonly index: number;
  /** The operation and where the user wrote it, for messages. */
  readonly site: string;
  readonly clock: Clock;
  readonly output: AsyncOutput;
  /** Refuses a function's result that cannot be iterated. */
  iterable(value: unknown): Iterable<unknown>;
}

/** Where the records of an asynchronous stage go. */
export interface AsyncOutput {
  /** Takes one record. */
  emit(record: unknown): void;
  /** Whether no further record is wanted. */
  readonly isOver: boolean;
  /** Whether so much waits to be written that its maker should pause. */
  readonly isFull: boolean;
  /** Waits until it is not full. */
  whenFree(): Promise<void>;
}

/** Whether `for await` reads it without blocking. */
export function isAsyncIterable(
  value: unknown,
): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as AsyncIterable<unknown>)[Symbol.asyncIterator] ===
      "function";
}
