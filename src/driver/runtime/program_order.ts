import { AsyncLocalStorage } from "node:async_hooks";
import { settleAll } from "./several_errors.ts";

/** Waits for something that the program asked for, and throws what went wrong with it. */
export type Wait = () => Promise<void>;

/**
 * Keeps the order in which the program asked for things: what synchronous
 * methods and a session's commands do in the background comes before the
 * actions after them.
 */
export class ProgramOrder {
  readonly #ahead = new Set<Wait>();
  readonly #command = new AsyncLocalStorage<{ open: boolean }>();
  #background: Promise<unknown> = Promise.resolve();

  /** Whether the current chain of calls is that of a command that runs: it waits for nothing. */
  get inCommand(): boolean {
    return this.#command.getStore()?.open ?? false;
  }

  /** Runs what a command does. */
  async command<T>(body: () => Promise<T>): Promise<T> {
    const command = { open: true };
    try {
      return await this.#command.run(command, body);
    } finally {
      command.open = false;
    }
  }

  /** Has actions wait, until {@link ProgramOrder.delete}. */
  add(wait: Wait): void {
    this.#ahead.add(wait);
  }

  /** Has actions wait no longer. */
  delete(wait: Wait): void {
    this.#ahead.delete(wait);
  }

  /** Does something after all that was given here before; the next action throws its error. */
  inBackground(body: () => Promise<void>): void {
    this.#background = this.#background.then(body);
    this.#background.catch(() => {/* thrown by the next action */});
  }

  /**
   * Waits for what the program asked for so far.
   *
   * @param ahead what to wait for besides the background; all of it by default
   * @throws the error of what went wrong; `COMMANDS_FAILED` for several
   */
  async settled(ahead: Iterable<Wait> = this.#ahead): Promise<void> {
    const background = this.#background;
    this.#background = Promise.resolve();
    const waits = this.inCommand ? [] : [...ahead].map((wait) => wait());
    await settleAll([background, ...waits]);
  }
}
