import { iteratorClosed } from "./task_iterator.ts";

/**
 * Whether a task goes on. What reads its records asks before each one: a
 * function may keep an iterator, and must not get a later task's records by it.
 */
export class TaskLife {
  /** Whether the task has ended. Compiled loops read it; only {@link TaskLife.end} sets it. */
  isOver = false;

  /** Says that the task has ended. */
  end(): void {
    this.isOver = true;
  }

  /**
   * Refuses to go on after the task's end.
   *
   * @throws WorkerError `ITERATOR_CLOSED`
   */
  check(): void {
    if (this.isOver) throw iteratorClosed();
  }
}
