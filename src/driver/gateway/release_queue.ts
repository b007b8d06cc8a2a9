import { errorMessage } from "../../common/error_message.ts";
import { GatewayError } from "../../common/errors.ts";
import { writeErrorText } from "../../common/log.ts";
import { releaseCommand } from "./command.ts";
import { isConnectionGone } from "./lost_connection.ts";
import type { Transport } from "./transport.ts";

const BATCH = 512; // releases under way at once

/** How releases get to the JVM. */
export type ReleaseWay = Pick<Transport, "unleased" | "ask">;

/** Tells the JVM which objects it may forget, many in one go. */
export class ReleaseQueue {
  readonly #transport: ReleaseWay;
  readonly #warn: (text: string) => void;
  #ids: string[] = [];
  #flushing: Promise<void> | undefined;

  /**
   * An empty queue.
   *
   * @param transport what brings the releases there
   * @param warn tells of releases that failed; on stderr by default
   */
  constructor(
    transport: ReleaseWay,
    warn: (text: string) => void = writeErrorText,
  ) {
    this.#transport = transport;
    this.#warn = warn;
  }

  /** Queues an id; all that one turn queues go together. */
  add(id: string): void {
    this.#ids.push(id);
    // A lease may be busy for long: releases do not wait for it.
    this.#flushing ??= this.#transport.unleased(() => this.#flush());
  }

  /** Resolves when everything queued so far is released. */
  async flushed(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
  }

  async #flush(): Promise<void> {
    await Promise.resolve(); // the rest of this turn's releases come along
    try {
      while (this.#ids.length > 0) {
        const batch = this.#ids.splice(0, BATCH);
        const commands = batch.map(releaseCommand).join("");
        await this.#transport.ask(commands, null, batch.length);
      }
    } catch (error) {
      // Nobody waits for this: what goes wrong has no other place to be told.
      if (!isUnreachable(error)) this.#warn(keepsObjects(error));
      this.#ids = [];
    } finally {
      this.#flushing = undefined;
    }
  }
}

/** Whether there is no JVM to reach: then nothing is left to release. */
function isUnreachable(error: unknown): boolean {
  return isConnectionGone(error) ||
    (error instanceof GatewayError && error.condition === "CONNECTION_FAILED");
}

function keepsObjects(error: unknown): string {
  return `Warning: Cannot release objects of the JVM, which keeps them: ${
    errorMessage(error)
  }\n`;
}
