import { timingSafeEqual } from "node:crypto";
import { MAX_ENTRIES, MAX_UPDATE_BYTES } from "../../protocol/limits.ts";
import { LocalServer, type ServerAddress } from "../gateway/local_server.ts";

const ACKNOWLEDGED = new Uint8Array([1]);

/**
 * Takes the updates of accumulators that the JVM brings as tasks end.
 *
 * Peer: `PythonAccumulatorV2.merge`, Spark 3.5 – 4.3. Layout: first the token,
 * bare (not on a Unix socket); then for each task int count and so many
 * updates as bytes, acknowledged by one byte once they have been applied: the
 * JVM's scheduler waits for it.
 */
export class AccumulatorServer {
  readonly #server: LocalServer;

  private constructor(server: LocalServer) {
    this.#server = server;
  }

  /** Where it listens. */
  get address(): ServerAddress {
    return this.#server.address;
  }

  /**
   * Listens on the loopback address, or at a path.
   *
   * @param token what a connection must begin with
   * @param apply takes the updates of one task, before they are acknowledged; must not throw
   * @param folder where a Unix socket may be, in a folder of its own that only this user may enter; null: TCP
   * @param deadlineMs how long the token may take, in milliseconds; 10,000 by default
   */
  static async listen(
    token: string,
    apply: (updates: readonly Uint8Array[]) => void,
    folder: string | null,
    deadlineMs?: number,
  ): Promise<AccumulatorServer> {
    const expected = new TextEncoder().encode(folder === null ? token : "");
    const server = await LocalServer.listen({
      folder,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      accept(socket) {
        const reader = new UpdateReader(expected);
        return {
          get isTrusted(): boolean {
            return reader.isTrusted;
          },
          push(chunk): boolean {
            const tasks = reader.push(chunk);
            for (const updates of tasks ?? []) {
              apply(updates);
              socket.write(ACKNOWLEDGED);
            }
            return tasks !== null;
          },
        };
      },
    });
    return new AccumulatorServer(server);
  }

  /** Ends all connections and listens no more. */
  close(): void {
    this.#server.close();
  }
}

/** Cuts what comes over a connection into the updates of one task after the other. */
export class UpdateReader {
  readonly #token: Uint8Array;
  #isTrusted: boolean;
  /** What came and is not used up: the part of `#space` from `#start` to `#end`. */
  #space: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** The task that is under way: how many updates are to come, -1 before that is known; and those that came. */
  #left = -1;
  #updates: Uint8Array[] = [];
  #bytes = 0;

  /** @param token what must come first; empty: nothing */
  constructor(token: Uint8Array) {
    this.#token = token;
    this.#isTrusted = token.length === 0;
  }

  /** Whether the token has come, and was right. */
  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /**
   * Takes a chunk.
   *
   * @returns the updates of each task that is whole now; null when the other
   *   side is not to be trusted: a wrong token, or impossible lengths
   */
  push(chunk: Uint8Array): Uint8Array[][] | null {
    this.#keep(chunk);
    if (!this.#isTrusted) {
      const { length } = this.#token;
      if (this.#end - this.#start < length) return [];
      const sent = this.#space.subarray(this.#start, this.#start + length);
      if (!timingSafeEqual(sent, this.#token)) return null;
      this.#isTrusted = true;
      this.#start += length;
    }
    const tasks: Uint8Array[][] = [];
    for (;;) {
      const task = this.#task();
      if (task === null) return null;
      if (task === "more") return tasks;
      tasks.push(task);
    }
  }

  /** Adds to what is held, in space that doubles: many small chunks of a large update cost no more than one. */
  #keep(chunk: Uint8Array): void {
    const held = this.#end - this.#start;
    if (this.#end + chunk.length > this.#space.length) {
      const space = held + chunk.length > this.#space.length / 2
        ? new Uint8Array(2 * (held + chunk.length))
        : this.#space;
      space.set(this.#space.subarray(this.#start, this.#end));
      this.#space = space;
      this.#start = 0;
      this.#end = held;
    }
    this.#space.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** The next task's updates, `more` when they are not whole yet, null when they are impossible. */
  #task(): Uint8Array[] | "more" | null {
    if (this.#left < 0) {
      const count = this.#int();
      if (count === null) return "more";
      if (count < 0 || count > MAX_ENTRIES) return null;
      this.#start += 4;
      this.#left = count;
    }
    for (; this.#left > 0; this.#left--) {
      const length = this.#int();
      if (length === null) return "more";
      if (length < 0 || length > MAX_UPDATE_BYTES - this.#bytes) return null;
      const from = this.#start + 4;
      if (from + length > this.#end) return "more";
      this.#updates.push(this.#space.slice(from, from + length));
      this.#bytes += length;
      this.#start = from + length;
    }
    const updates = this.#updates;
    this.#updates = [];
    this.#bytes = 0;
    this.#left = -1;
    return updates;
  }

  /** The int at the cursor; null when it has not come. */
  #int(): number | null {
    if (this.#start + 4 > this.#end) return null;
    const { buffer, byteOffset } = this.#space;
    return new DataView(buffer, byteOffset + this.#start, 4).getInt32(0);
  }
}
