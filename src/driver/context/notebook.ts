import process from "node:process";
import { SparkError } from "../../common/errors.ts";
import type { Broadcast } from "../../common/platform/find_notebook.ts";
import type { RunningActions } from "../runtime/running_actions.ts";
import type { ProgressSurface } from "./console_progress.ts";

/** What tells of signals. */
export interface Signals {
  on(signal: "SIGINT", listener: () => void): unknown;
  off(signal: "SIGINT", listener: () => void): unknown;
}

/** Width of a line under a cell, in characters. */
const COLUMNS = 80;

/**
 * Shows progress under the cell that runs, as one line that goes away.
 *
 * Peer: Jupyter's messages `display_data` and `update_display_data`.
 */
export class NotebookProgress implements ProgressSurface {
  readonly #broadcast: Broadcast;
  readonly #newId: () => string;
  /** The line that is shown; null when none is. */
  #id: string | null = null;
  /** What it says. */
  #line = "";
  /** Messages go one after the other. */
  #sent: Promise<void> = Promise.resolve();

  /**
   * @param broadcast sends messages
   * @param newId names a line that is shown
   */
  constructor(
    broadcast: Broadcast,
    newId: () => string = () => crypto.randomUUID(),
  ) {
    this.#broadcast = broadcast;
    this.#newId = newId;
  }

  /** Width of a line, in characters. */
  get columns(): number {
    return COLUMNS;
  }

  /** Shows a line, in place of the one before. */
  draw(line: string): void {
    const isNew = this.#id === null;
    if (!isNew && line === this.#line) return;
    this.#line = line;
    this.#id ??= this.#newId();
    this.#send(isNew ? "display_data" : "update_display_data", this.#id, line);
  }

  /** Takes the line away: the next one is shown under the cell that runs then. */
  erase(): void {
    if (this.#id === null) return;
    this.#send("update_display_data", this.#id, "");
    this.#id = null;
  }

  #send(type: string, id: string, line: string): void {
    const html = line.replaceAll(
      /[&<>]/g,
      (character) => `&#${character.charCodeAt(0)};`,
    );
    const content = {
      data: {
        "text/html": line === ""
          ? ""
          : `<pre style="white-space:pre">${html}</pre>`,
        "text/plain": line,
      },
      metadata: {},
      transient: { display_id: id },
    };
    this.#sent = this.#sent.then(() => this.#broadcast(type, content))
      .catch(() => {/* nobody looks at the notebook any more */});
  }
}

/**
 * Shows a text under the cell that runs, as what a program prints is.
 *
 * Peer: Jupyter's message `stream`.
 *
 * @param broadcast sends messages
 * @param text with its line end
 * @param isUrgent whether it stands out, as errors do
 */
export async function showInCell(
  broadcast: Broadcast,
  text: string,
  isUrgent: boolean,
): Promise<void> {
  try {
    const name = isUrgent ? "stderr" : "stdout";
    await broadcast("stream", { name, text });
  } catch {
    // Nobody looks at the notebook any more.
  }
}

/**
 * Has the interruption of a cell end the actions that run, in place of the
 * kernel with all that it holds.
 *
 * @param actions the application's
 * @param signals tells of the signals that this process gets
 * @returns leaves interruptions to others again
 */
export function interruptWithCells(
  actions: RunningActions,
  signals: Signals = process,
): () => unknown {
  actions.makeInterruptible();
  const interrupt = (): void => {
    const reason = new SparkError(
      "INTERRUPTED",
      "Cannot finish the action: its cell was interrupted",
    );
    reason.stack = String(reason); // its frames are ours
    actions.interrupt(reason);
  };
  signals.on("SIGINT", interrupt);
  return () => signals.off("SIGINT", interrupt);
}
