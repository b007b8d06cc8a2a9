import { errorStack } from "../../common/error_message.ts";
import { AsyncLocalStorage } from "node:async_hooks";
import type { JavaError } from "../../common/errors.ts";
import type { JavaObject } from "./java_object.ts";

const MAX_FAILURES = 1_000;
const MARK = /\[tspark callback (\d+)\] /;

/** What the chain of a callback has met. */
export interface CallbackState {
  /** The Java exceptions that its calls threw, by our errors of them. */
  readonly thrown: Map<unknown, JavaObject>;
}

/**
 * Errors on their way through the JVM: what a callback throws comes back to
 * this program as the cause of what the JVM makes of it, and a Java exception
 * that a callback lets through is thrown on as the same exception.
 */
export class CallbackErrors {
  readonly #current = new AsyncLocalStorage<CallbackState>();
  readonly #failures = new Map<number, unknown>();
  #count = 0;

  /** Runs a callback's body, in a state of its own. */
  run<T>(state: CallbackState, body: () => T): T {
    return this.#current.run(state, body);
  }

  /**
   * Keeps an exception alive to the end of the callback in which it was thrown.
   *
   * @param error what this program knows of it
   * @param throwable the exception
   */
  note(error: JavaError, throwable: JavaObject): void {
    this.#current.getStore()?.thrown.set(error, throwable.keep());
  }

  /**
   * Tells the JVM an error as text, by which it is found again.
   *
   * @param error what a callback threw
   */
  textOf(error: unknown): string {
    const number = this.#count++;
    this.#failures.set(number, error);
    this.#failures.delete(number - MAX_FAILURES);
    const told = errorStack(error);
    return `[tspark callback ${number}] ${told}`;
  }

  /**
   * Finds the error that a Java exception's message tells of.
   *
   * @param message the message
   * @returns undefined when it is about no callback's error
   */
  find(message: string): { readonly error: unknown } | undefined {
    const number = Number(MARK.exec(message)?.[1] ?? NaN);
    if (!this.#failures.has(number)) return undefined;
    return { error: this.#failures.get(number) };
  }
}
