import process from "node:process";
import { SparkError } from "../../common/errors.ts";
import { contextRuntime } from "../../driver/context/spark_context.ts";
import type { RunningActions } from "../../driver/runtime/running_actions.ts";
import type { SparkContext } from "../../../mod.ts";
import { EXIT_CODE } from "../exit_code.ts";
import { note } from "../terminal.ts";

const AGAIN_MS = 5_000; // how soon a second Ctrl-C leaves

/**
 * Ctrl-C at a prompt: it ends the actions that run, and the prompt stays with
 * all that was typed.
 */
export class ShellInterrupts {
  readonly #actions: RunningActions;
  #last = -AGAIN_MS;

  /** @param sc the prompt's context, whose actions can be ended from now on */
  constructor(sc: SparkContext) {
    this.#actions = contextRuntime(sc).actions;
    this.#actions.makeInterruptible();
  }

  /**
   * Ends the actions that run.
   *
   * @returns whether there was any
   */
  interrupt(): boolean {
    if (!this.#actions.isBusy) return false;
    const reason = new SparkError(
      "INTERRUPTED",
      "Cannot finish the action: Ctrl-C interrupted it",
    );
    reason.stack = String(reason); // its frames are ours
    this.#actions.interrupt(reason);
    return true;
  }

  /** Ends the actions that run; where there are none, a second Ctrl-C leaves, since nothing else ends what was typed. */
  press(): void {
    if (this.interrupt()) return;
    const now = performance.now();
    if (now - this.#last < AGAIN_MS) process.exit(EXIT_CODE.interrupted);
    this.#last = now;
    note("\nNo action runs: Ctrl-C again leaves the shell");
  }
}
