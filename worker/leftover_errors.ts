import { WorkerError } from "../src/common/errors.ts";
import { writeErrorText } from "../src/common/log.ts";
import { describeError } from "./describe_error.ts";
import { turnOfTheLoop } from "./event_loop.ts";

/**
 * Errors that nobody catches: of promises and callbacks that a user's function
 * left behind. They fail the task that runs, and never end the process.
 */
export class LeftoverErrors {
  #isInTask = false;
  #error: WorkerError | null = null;
  #failed = Promise.withResolvers<never>();

  /** @param target where such errors are told of: the global object */
  constructor(target: EventTarget = globalThis) {
    target.addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      this.#take("promise", (event as PromiseRejectionEvent).reason);
    });
    target.addEventListener("error", (event) => {
      event.preventDefault();
      this.#take("callback", (event as ErrorEvent).error);
    });
  }

  /** Says that a task begins: errors are its own from here on. */
  begin(): void {
    this.#isInTask = true;
    this.#error = null;
    this.#failed = Promise.withResolvers();
    this.#failed.promise.catch(() => {/* not every task waits for it */});
  }

  /** Rejects as soon as an error comes up in the task that {@link LeftoverErrors.begin} began. */
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

  #take(what: "promise" | "callback", cause: unknown): void {
    if (!this.#isInTask) {
      const { name, message, stack } = describeError(cause, NOWHERE);
      writeErrorText(
        `A ${what} that a task left behind failed after its end: ${name}: ${message}\n${stack}\n`,
      );
      return;
    }
    this.#error ??= what === "promise"
      ? new WorkerError(
        "REJECTION_UNHANDLED",
        "Cannot go on with the task: a promise that a function left behind was rejected, and nobody handled it; await the promise, or catch its error",
        {},
        { cause },
      )
      : new WorkerError(
        "CALLBACK_FAILED",
        "Cannot go on with the task: a callback that a function left behind threw an error; catch it there, or make the callback part of a promise that the function awaits",
        {},
        { cause },
      );
    this.#failed.reject(this.#error);
  }
}

const NOWHERE = { partition: -1, stage: -1, attempt: -1 };
