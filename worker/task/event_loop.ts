import { setImmediate } from "node:timers";

const { setTimeout, clearTimeout } = globalThis; // before user code can replace them

/** Timers, so that tests can bring their own. */
export interface Clock {
  /**
   * Calls a function later, once.
   *
   * @param milliseconds how much later, at least
   * @param then what to call
   * @returns a function that calls it off
   */
  after(milliseconds: number, then: () => void): () => void;
}

/** The timers of this process. */
export function systemClock(): Clock {
  return {
    after(milliseconds, then) {
      const timer = setTimeout(then, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}

/** Lets the event loop run once: timers, input, rejections that nobody handles. */
export function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
