import { releaseCommand } from "./command.ts";
import type { Transport } from "./transport.ts";

const BATCH = 512; // releases under way at once

/** Tells the JVM which objects it may forget, many in one go. */
export class ReleaseQueue {
  readonly #transport: Transport;
  #ids: string[] = [];
  #flushing: Promise<void> | undefined;

  /**
   * An empty queue.
   *
   * @param transport what brings the releases there
   */
  constructor(transport: Transport) {
    this.#transport = transport;
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
    } catch {
      // Without a connection there is no JVM, and nothing left to release.
      this.#ids = [];
    } finally {
      this.#flushing = undefined;
    }
  }
}
