import { WorkerError } from "../../src/common/errors.ts";
import { writeErrorText } from "../../src/common/log.ts";
import { describeError } from "./describe_error.ts";
import { turnOfTheLoop } from "./event_loop.ts";
import type { TaskOwner, TaskOwners } from "./task_owners.ts";

const WHAT_HAPPENED = {
  REJECTION_UNHANDLED:
    "a promise that a function left behind was rejected, and nobody handled it; await the promise, or catch its error",
  CALLBACK_FAILED:
    "a callback that a function left behind threw an error; catch it there, or make the callback part of a promise that the function awaits",
  PROMISE_NEVER_SETTLED:
    "its function awaits a promise that nothing can settle any more; see that every path resolves or rejects it",
} as const;

/**
 * What becomes of promises and callbacks that nobody looks after: errors that
 * nobody catches, and promises that nothing will settle. They fail the task
 * whose they are as long as that runs, are told on stderr afterwards, and never
 * end the process.
 */
export class UnhandledErrors {
  readonly #owners: TaskOwners;
  #running: TaskOwner | null = null;
  #error: WorkerError | null = null;
  #failed = Promise.withResolvers<never>();
  #hasStrays = false;

  /**
   * @param owners knows whose a promise or a callback is
   * @param target where such errors are told of: the global object
   */
  constructor(owners: TaskOwners, target: EventTarget = globalThis) {
    this.#owners = owners;
    target.addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      const { reason } = event as PromiseRejectionEvent;
      this.#take("REJECTION_UNHANDLED", reason);
    });
    target.addEventListener("error", (event) => {
      event.preventDefault();
      this.#take("CALLBACK_FAILED", (event as ErrorEvent).error);
    });
    // There is nothing left to do, and yet the task has not ended.
    target.addEventListener("beforeunload", (event) => {
      if (this.#running === null) return;
      event.preventDefault();
      this.#take("PROMISE_NEVER_SETTLED", undefined);
    });
  }

  /**
   * Says that a task's functions begin: errors are its own from here on, but
   * for those that are known to be of an earlier one.
   *
   * @param owner the task
   */
  begin(owner: TaskOwner): void {
    this.#running = owner;
    this.#error = null;
    this.#failed = Promise.withResolvers();
    this.#failed.promise.catch(() => {/* not every task waits for it */});
  }

  /** Whether something that a task left behind has failed after its end: there may be more of it. */
  get hasStrays(): boolean {
    return this.#hasStrays;
  }

  /** Rejects as soon as an error comes up in the task that {@link UnhandledErrors.begin} began. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /**
   * Says that the task's functions are done, and looks once for what they left behind.
   *
   * @throws WorkerError `REJECTION_UNHANDLED` or `CALLBACK_FAILED`
   */
  async end(): Promise<void> {
    await turnOfTheLoop();
    this.#running = null;
    if (this.#error !== null) throw this.#error;
  }

  #take(condition: keyof typeof WHAT_HAPPENED, cause: unknown): void {
    const owner = this.#owners.take();
    if (
      this.#running !== null && (owner === undefined || owner === this.#running)
    ) {
      this.#error ??= new WorkerError(
        condition,
        `Cannot go on with the task: ${WHAT_HAPPENED[condition]}`,
        {},
        cause === undefined ? {} : { cause },
      );
      this.#failed.reject(this.#error);
      return;
    }
    this.#hasStrays = true;
    const { name, message, stack } = describeError(
      cause,
      owner?.place ?? NOWHERE,
    );
    writeErrorText(
      `A promise or callback that ${
        describeOwner(owner)
      } left behind failed after its end: ${name}: ${message}\n${stack}\n`,
    );
  }
}

const NOWHERE = { partition: -1, stage: -1, attempt: -1 };

function describeOwner(owner: TaskOwner | undefined): string {
  if (owner === undefined) return "a task";
  const { place: { partition, stage }, site } = owner;
  const operation = site === null ? "" : ` of ${site}`;
  return `the task of partition ${partition} in stage ${stage}${operation}`;
}
