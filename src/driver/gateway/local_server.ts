import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers";

const HOST = "127.0.0.1";
const TRUST_DEADLINE_MS = 10_000; // the JVM shows who it is at once

/** Where a server listens. */
export type ServerAddress =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string };

/** What a server makes of one of its connections. */
export interface Guest {
  /** Whether it has shown that it is the JVM. */
  readonly isTrusted: boolean;
  /**
   * Takes what came.
   *
   * @param chunk the bytes; not kept
   * @returns false to close the connection
   */
  push(chunk: Uint8Array): boolean;
  /** Called once when the connection is closed, by whichever side. */
  end?(): void;
}

/** How a server listens. */
export interface LocalServerOptions {
  /** Makes the guest of a new connection. */
  readonly accept: (socket: Socket) => Guest;
  /** Where a Unix socket may be, in a folder of its own that only this user may enter; null: TCP. */
  readonly folder?: string | null;
  /** How long a connection may take to be trusted, in milliseconds; 10,000 by default. */
  readonly deadlineMs?: number;
}

/**
 * A server for the JVM on this machine, on the loopback address or at a path.
 * It does not keep the program running.
 */
export class LocalServer {
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
   * Begins to listen.
   *
   * @param options where, and what becomes of connections
   */
  static async listen(options: LocalServerOptions): Promise<LocalServer> {
    const { accept, folder = null, deadlineMs = TRUST_DEADLINE_MS } = options;
    const server = createServer();
    server.unref();
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
    const served = new LocalServer(server, addressOf(server, path), own);
    server.on("connection", (socket) => {
      const guest = accept(socket);
      closeStranger(socket, guest, deadlineMs);
      served.#serve(socket, guest);
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

  #serve(socket: Socket, guest: Guest): void {
    this.#sockets.add(socket);
    socket.unref();
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy()); // the JVM is gone, or was no JVM
    socket.on("close", () => {
      this.#sockets.delete(socket);
      guest.end?.();
    });
    socket.on("data", (chunk: Uint8Array) => {
      if (!guest.push(chunk)) socket.destroy();
    });
  }
}

function addressOf(server: Server, path: string | null): ServerAddress {
  if (path !== null) return { kind: "unix", path };
  const { port } = server.address() as AddressInfo;
  return { kind: "tcp", host: HOST, port };
}

/** Closes a connection that was not trusted in time. */
function closeStranger(
  socket: Socket,
  guest: Guest,
  deadlineMs: number,
): void {
  const timer = setTimeout(() => {
    if (!guest.isTrusted) socket.destroy();
  }, deadlineMs);
  timer.unref();
  socket.on("close", () => clearTimeout(timer));
}
