import {
  connect,
  type NetConnectOpts,
  type Socket as NodeSocket,
} from "node:net";
import type { Socket } from "./platform.ts";

/**
 * Connects by Node's means.
 *
 * @param options where to
 * @throws Error when nobody listens there
 */
export async function connectTo(options: NetConnectOpts): Promise<Socket> {
  // Half open, as everywhere else: the peer may close its side and still read.
  const socket = connect({ ...options, allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve();
    });
    socket.once("error", reject);
  });
  return new NodeStreamSocket(socket);
}

/** Reads on demand from a paused stream; a chunk that does not fit waits here. */
class NodeStreamSocket implements Socket {
  readonly #socket: NodeSocket;
  #rest: Uint8Array = NOTHING;
  #failure: Error | null = null;
  #hasEnded = false;
  #wake = (): void => {};

  constructor(socket: NodeSocket) {
    this.#socket = socket;
    socket.on("readable", () => this.#wake());
    socket.on("end", () => {
      this.#hasEnded = true;
      this.#wake();
    });
    socket.on("error", (error) => {
      this.#failure = error;
      this.#wake();
    });
    socket.on("close", () => this.#wake());
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.#rest.length === 0) {
      const chunk: Uint8Array | null = this.#socket.read();
      if (chunk !== null) {
        this.#rest = chunk;
      } else if (this.#failure !== null) {
        throw this.#failure;
      } else if (this.#hasEnded) {
        return 0;
      } else if (this.#socket.destroyed) {
        throw closedError();
      } else {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
    }
    const length = Math.min(into.length, this.#rest.length);
    into.set(this.#rest.subarray(0, length));
    this.#rest = this.#rest.subarray(length);
    return length;
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error === null || error === undefined) resolve();
        else reject(error);
      });
    });
  }

  ref(): void {
    this.#socket.ref();
  }

  unref(): void {
    this.#socket.unref();
  }

  close(): void {
    this.#rest = NOTHING;
    this.#socket.destroy();
    this.#hasEnded = false;
    this.#wake();
  }
}

const NOTHING = new Uint8Array();

function closedError(): Error {
  return new Error(
    "Cannot read from a socket: it was closed; read before closing it",
  );
}
