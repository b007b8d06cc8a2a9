/**
 * Asks the engine for the `this` of arrow functions, by way of snapshots of
 * its heap.
 *
 * @module
 */

import type { Session } from "node:inspector";
import process from "node:process";
import { withTimeout } from "../../common/deadline.ts";
import { HeapSnapshot } from "./heap_snapshot.ts";
import { type Answer, record, remoteId } from "./inspector_answer.ts";

/** Asks the engine a question of its protocol. */
export type Post = (method: string, parameters: object) => Promise<Answer>;

/** Finds what arrow functions have as `this`, with one snapshot for all questions of a while. */
export class HeapReceivers {
  readonly #session: Session;
  readonly #post: Post;
  #snapshot: HeapSnapshot | null = null;

  /** @param session the session that the questions go through */
  constructor(session: Session, post: Post) {
    this.#session = session;
    this.#post = post;
  }

  /**
   * Finds what each function has as `this`.
   *
   * @param functions the engine's handles of the functions
   * @param group under which the handles are given
   * @returns handles; null where that is no object, or not to be known
   */
  async find(
    functions: readonly string[],
    group: string,
  ): Promise<(string | null)[]> {
    if (this.#snapshot === null) {
      if (process.memoryUsage().heapUsed > HEAP_LIMIT) {
        return functions.map(() => null);
      }
      await this.#take();
    }
    let found = await this.#receivers(functions);
    if (found.includes(undefined)) { // made since then
      await this.#take();
      found = await this.#receivers(functions);
    }
    return await Promise.all(
      found.map((number) => this.#handle(number ?? null, group)),
    );
  }

  /** Lets the snapshot go: objects get other numbers. */
  async forget(): Promise<void> {
    if (this.#snapshot === null) return;
    this.#snapshot = null;
    await this.#post("HeapProfiler.disable", {});
  }

  async #take(): Promise<void> {
    await this.#post("HeapProfiler.enable", {});
    const chunks: string[] = [];
    const take = (message: unknown): void => {
      chunks.push(String(record(record(message).params).chunk));
    };
    this.#session.on(CHUNK, take);
    try {
      // Deno answers when it comes by, and the timer keeps it alive.
      const taken = await withTimeout(
        TIMEOUT_MS,
        this.#post("HeapProfiler.takeHeapSnapshot", {}),
      );
      this.#snapshot = taken === undefined
        ? null
        : new HeapSnapshot(chunks.join(""));
    } finally {
      this.#session.off(CHUNK, take);
    }
  }

  async #receivers(
    functions: readonly string[],
  ): Promise<(number | null | undefined)[]> {
    const snapshot = this.#snapshot;
    if (snapshot === null) return functions.map(() => null);
    return await Promise.all(functions.map(async (objectId) => {
      const { heapSnapshotObjectId } = await this.#post(
        "HeapProfiler.getHeapObjectId",
        { objectId },
      );
      return snapshot.receiverOf(Number(heapSnapshotObjectId));
    }));
  }

  async #handle(number: number | null, group: string): Promise<string | null> {
    if (number === null) return null;
    try {
      const { result } = await this.#post(
        "HeapProfiler.getObjectByHeapObjectId",
        { objectId: String(number), objectGroup: group },
      );
      return remoteId(result) ?? null;
    } catch {
      return null; // undefined, for one, is no object
    }
  }
}

const CHUNK = "HeapProfiler.addHeapSnapshotChunk";

/** Bytes of heap up to which a snapshot is taken: while it is, it needs several times as much. */
const HEAP_LIMIT = 512 << 20;

const TIMEOUT_MS = 60_000;
