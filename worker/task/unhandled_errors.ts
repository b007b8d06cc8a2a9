import { WorkerError } from "../../src/common/errors.ts";
import { writeErrorText } from "../../src/common/log.ts";
import { describeError } from "./describe_error.ts";
import { turnOfTheLoop } from "./event_loop.ts";

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
 * that runs, and never end the process.
 */
export class UnhandledErrors {
  #isInTask = false;
  #error: WorkerError | null = null;
  #failed = Promise.withResolvers<never>();

  /** @param target where such errors are told of: the global object */
  constructor(target: EventTarget = globalThis) {
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
      if (!this.#isInTask) return;
      event.preventDefault();
      this.#take("PROMISE_NEVER_SETTLED", undefined);
    });
  }

  /** Says that a task begins: errors are its own from here on. */
  begin(): void {
    this.#isInTask = true;
    this.#error = null;
    this.#failed = Promise.withResolvers();
    this.#failed.promise.catch(() => {/* not every task waits for it */});
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
    this.#isInTask = false;
    if (this.#error !== null) throw this.#error;
  }

  #take(condition: keyof typeof WHAT_HAPPENED, cause: unknown): void {
    if (this.#isInTask) {
      this.#error ??= new WorkerError(
        condition,
        `Cannot go on with the task: ${WHAT_HAPPENED[condition]}`,
        {},
        cause === undefined ? {} : { cause },
      );
      this.#failed.reject(this.#error);
      return;
    }
    const { name, message, stack } = describeError(cause, NOWHERE);
    writeErrorText(
      `A promise or callback that a task left behind failed after its end: ${name}: ${message}\n${stack}\n`,
    );
  }
}

const NOWHERE = { partition: -1, stage: -1, attempt: -1 };
