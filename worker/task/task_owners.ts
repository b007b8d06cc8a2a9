import { AsyncLocalStorage } from "node:async_hooks";
import timers from "node:timers";
import type { TaskPlace } from "./describe_error.ts";

/** A task, as who is to blame for what it leaves running. */
export interface TaskOwner {
  readonly place: TaskPlace;
  /** The operation and where the user wrote it, once that is known. */
  site: string | null;
}

type Callback = (this: unknown, ...args: unknown[]) => unknown;
type Timer = (callback: unknown, ...rest: unknown[]) => unknown;

const TIMERS = ["setTimeout", "setInterval", "setImmediate"] as const;

/**
 * Whose a promise or a callback is: the task's that made it, however late it
 * runs and whichever task runs by then. The runtime keeps that by itself, but
 * has forgotten it by the time that it tells of an error in a timer's callback.
 */
export class TaskOwners {
  readonly #storage = new AsyncLocalStorage<TaskOwner>();
  /** Whose timer's callback has thrown just now. */
  #thrower: TaskOwner | undefined;

  /**
   * Runs a task: what it leaves behind is its own.
   *
   * @param owner the task
   * @param body what it does
   */
  run<T>(owner: TaskOwner, body: () => T): T {
    return this.#storage.run(owner, body);
  }

  /** Whose code runs, or has thrown just now; undefined where nobody knows. */
  take(): TaskOwner | undefined {
    const owner = this.#storage.getStore() ?? this.#thrower;
    this.#thrower = undefined;
    return owner;
  }

  /** Puts functions in the place of timers of this process that remember whose callback has thrown. */
  watchTimers(): void {
    const remember = (callback: Callback): Callback => {
      const storage = this.#storage;
      const note = (): void => {
        this.#thrower = storage.getStore();
      };
      return function (...args) {
        try {
          return callback.apply(this, args);
        } catch (error) {
          note();
          throw error;
        }
      };
    };
    for (const name of TIMERS) {
      const original = timers[name] as unknown as Timer;
      const watched = function (callback: unknown, ...rest: unknown[]) {
        return original(
          typeof callback === "function"
            ? remember(callback as Callback)
            : callback, // refused there
          ...rest,
        );
      };
      // With the name, the length, and the form that gives a promise.
      Object.defineProperties(
        watched,
        Object.getOwnPropertyDescriptors(original),
      );
      Reflect.set(globalThis, name, watched);
      Reflect.set(timers, name, watched);
    }
  }
}
