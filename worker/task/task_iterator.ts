import { WorkerError } from "../../src/common/errors.ts";

/**
 * An iterator that a task gives to a function. It ends with its task: a
 * function that keeps it gets an error, not the records of a later task.
 */
export class TaskIterator<T> implements IterableIterator<T> {
  readonly #source: Iterator<T>;
  #isClosed = false;
  #given: T | null = null;

  /** @param source what it goes through */
  constructor(source: Iterator<T>) {
    this.#source = source;
  }

  /**
   * The next element.
   *
   * @throws WorkerError `ITERATOR_CLOSED` after the task's end
   */
  next(): IteratorResult<T> {
    if (this.#isClosed) throw iteratorClosed();
    const result = this.#source.next();
    if (result.done !== true) this.#given = result.value;
    return result;
  }

  /** The element that the function was given last, for messages: a list of it, or of none. */
  get lastGiven(): readonly T[] {
    return this.#given === null ? [] : [this.#given];
  }

  /** Ends the iteration early. */
  return(): IteratorResult<T> {
    return { done: true, value: undefined };
  }

  /** Says that the task has ended. */
  close(): void {
    this.#isClosed = true;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** The error of records that are asked for when their task is over. */
export function iteratorClosed(): WorkerError {
  return new WorkerError(
    "ITERATOR_CLOSED",
    "Cannot read from an iterator of a task that has ended: read the records within the function that was given it, and keep those that are needed later",
  );
}
