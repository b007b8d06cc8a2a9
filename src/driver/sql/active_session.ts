import { AsyncLocalStorage } from "node:async_hooks";

/**
 * The session that a chain of asynchronous calls works with, as each thread has
 * one in Spark: what a function starts inherits it.
 */
export class ActiveSession<T> {
  readonly #current = new AsyncLocalStorage<{ session: T | null }>();

  /** The current chain's session; null without one. */
  get current(): T | null {
    return this.#current.getStore()?.session ?? null;
  }

  /**
   * Gives the current chain a session that is still to come. Called before the
   * first `await`, so that it reaches the caller.
   *
   * @param coming the session; when it fails, the chain keeps the one that it has
   */
  enter(coming: Promise<T>): Promise<T> {
    const slot = { session: this.current };
    this.#current.enterWith(slot);
    return coming.then((session) => {
      slot.session = session;
      return session;
    });
  }
}
