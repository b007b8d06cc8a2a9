import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { setTimeout } from "node:timers";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { MAX_ENTRIES, MAX_UPDATE_BYTES } from "../../protocol/limits.ts";

const ACKNOWLEDGED = new Uint8Array([1]);
const HOST = "127.0.0.1";
const TRUST_DEADLINE_MS = 10_000; // the JVM shows the token at once

/** Where the JVM brings updates to. */
export type ServerAddress =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/**
 * Takes the updates of accumulators that the JVM brings as tasks end.
 *
 * Peer: `PythonAccumulatorV2.merge`, Spark 3.5 – 4.3. Layout: first the token,
 * bare (not on a Unix socket); then for each task int count and so many
 * updates as bytes, acknowledged by one byte once they have been applied: the
 * JVM's scheduler waits for it.
 */
export class AccumulatorServer {
  /** Where it listens. */
  readonly address: ServerAddress;
  readonly #server: Server;
  /** Of the Unix socket alone; null: TCP. */
  readonly #folder: string | null;
  readonly #sockets = new Set<Socket>();

  private constructor(
    server: Server,
    address: ServerAddress,
    folder: string | null,
  ) {
    this.#folder = folder;
    this.#server = server;
    this.address = address;
  }

  /**
   * Listens on the loopback address, or at a path.
   *
   * @param token what a connection must begin with
   * @param apply takes the updates of one task, before they are acknowledged; must not throw
   * @param folder where a Unix socket may be, in a folder of its own that only this user may enter; null: TCP
   * @param deadlineMs how long the token may take
   */
  static async listen(
    token: string,
    apply: (updates: readonly Uint8Array[]) => void,
    folder: string | null,
    deadlineMs: number = TRUST_DEADLINE_MS,
  ): Promise<AccumulatorServer> {
    const server = createServer();
    server.unref(); // updates come while an action waits, which keeps the program alive
    // Its mode is set when it is there already: too late for a folder that others may enter.
    const own = folder === null ? null : await mkdtemp(`${folder}/.tspark-`);
    const path = own === null ? null : `${own}/s`;
    if (path === null) server.listen(0, HOST);
    else server.listen(path);
    try {
      await once(server, "listening");
    } catch (error) {
      if (own !== null) rmSync(own, { recursive: true });
      throw error;
    }
    const address = path === null
      ? {
        kind: "tcp",
        host: HOST,
        port: (server.address() as AddressInfo).port,
      } as const
      : { kind: "unix", path } as const;
    const served = new AccumulatorServer(server, address, own);
    const expected = new TextEncoder().encode(path === null ? token : "");
    server.on("connection", (socket) => {
      const reader = new UpdateReader(expected);
      closeStranger(socket, reader, deadlineMs);
      served.#serve(socket, reader, apply);
    });
    return served;
  }

  /** Ends all connections and listens no more. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    if (this.#folder !== null) {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  #serve(
    socket: Socket,
    reader: UpdateReader,
    apply: (updates: readonly Uint8Array[]) => void,
  ): void {
    this.#sockets.add(socket);
    socket.unref();
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy()); // the JVM is gone, or was no JVM
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("data", (chunk: Uint8Array) => {
      const tasks = reader.push(chunk);
      if (tasks === null) {
        socket.destroy();
        return;
      }
      for (const updates of tasks) {
        apply(updates);
        socket.write(ACKNOWLEDGED);
      }
    });
  }
}

/** Closes a connection that has not shown the token in time. */
function closeStranger(
  socket: Socket,
  reader: UpdateReader,
  deadlineMs: number,
): void {
  const timer = setTimeout(() => {
    if (!reader.isTrusted) socket.destroy();
  }, deadlineMs);
  timer.unref();
  socket.on("close", () => clearTimeout(timer));
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
