import { AsyncLocalStorage } from "node:async_hooks";

/** Which asynchronous chains of calls a signal can end. */
export class Interruption {
  readonly #current = new AsyncLocalStorage<AbortSignal | undefined>();

  /** The signal that ends the current chain; undefined where none does. */
  get signal(): AbortSignal | undefined {
    return this.#current.getStore();
  }

  /**
   * Runs `body` so that none of its calls starts once the signal is aborted.
   *
   * @param signal what ends the chain; undefined where nothing shall
   * @param body what makes the calls
   * @returns what it returns
   */
  run<T>(signal: AbortSignal | undefined, body: () => T): T {
    return this.#current.run(signal, body);
  }

  /** Throws the signal's reason where the current chain shall end. */
  check(): void {
    this.signal?.throwIfAborted();
  }
}
