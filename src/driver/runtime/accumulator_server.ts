import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { MAX_UPDATE_BYTES } from "../../protocol/limits.ts";

const ACKNOWLEDGED = new Uint8Array([1]);
const HOST = "127.0.0.1";

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
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, address: ServerAddress) {
    this.#server = server;
    this.address = address;
  }

  /**
   * Listens on the loopback address, or at a path.
   *
   * @param token what a connection must begin with
   * @param apply takes the updates of one task, before they are acknowledged; must not throw
   * @param path of the Unix socket; null: TCP
   */
  static async listen(
    token: string,
    apply: (updates: readonly Uint8Array[]) => void,
    path: string | null,
  ): Promise<AccumulatorServer> {
    const server = createServer();
    server.unref(); // updates come while an action waits, which keeps the program alive
    if (path === null) server.listen(0, HOST);
    else server.listen(path);
    await once(server, "listening");
    const address = path === null
      ? {
        kind: "tcp",
        host: HOST,
        port: (server.address() as AddressInfo).port,
      } as const
      : { kind: "unix", path } as const;
    const own = new AccumulatorServer(server, address);
    const expected = new TextEncoder().encode(path === null ? token : "");
    server.on("connection", (socket) => own.#serve(socket, expected, apply));
    return own;
  }

  /** Ends all connections and listens no more. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #serve(
    socket: Socket,
    token: Uint8Array,
    apply: (updates: readonly Uint8Array[]) => void,
  ): void {
    const reader = new UpdateReader(token);
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

/** Cuts what comes over a connection into the updates of one task after the other. */
export class UpdateReader {
  readonly #token: Uint8Array;
  #isTrusted: boolean;
  #bytes: Uint8Array = new Uint8Array(0);

  /** @param token what must come first; empty: nothing */
  constructor(token: Uint8Array) {
    this.#token = token;
    this.#isTrusted = token.length === 0;
  }

  /**
   * Takes a chunk.
   *
   * @returns the updates of each task that is whole now; null when the other
   *   side is not to be trusted: a wrong token, or impossible lengths
   */
  push(chunk: Uint8Array): Uint8Array[][] | null {
    const bytes = new Uint8Array(this.#bytes.length + chunk.length);
    bytes.set(this.#bytes);
    bytes.set(chunk, this.#bytes.length);
    this.#bytes = bytes;
    if (!this.#isTrusted) {
      const { length } = this.#token;
      if (bytes.length < length) return [];
      if (!timingSafeEqual(bytes.subarray(0, length), this.#token)) return null;
      this.#isTrusted = true;
      this.#bytes = bytes.subarray(length);
    }
    const tasks: Uint8Array[][] = [];
    for (;;) {
      const task = this.#task();
      if (task === null) return null;
      if (task === "more") return tasks;
      tasks.push(task);
    }
  }

  /** The next task's updates, `more` when they are not whole yet, null when they are impossible. */
  #task(): Uint8Array[] | "more" | null {
    const bytes = this.#bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length < 4) return "more";
    const count = view.getInt32(0);
    if (count < 0) return null;
    const updates: Uint8Array[] = [];
    let at = 4;
    while (updates.length < count) {
      if (bytes.length < at + 4) return "more";
      const length = view.getInt32(at);
      if (length < 0 || length > MAX_UPDATE_BYTES) return null;
      at += 4;
      if (bytes.length < at + length) return "more";
      updates.push(bytes.slice(at, at + length));
      at += length;
    }
    this.#bytes = bytes.subarray(at);
    return updates;
  }
}
