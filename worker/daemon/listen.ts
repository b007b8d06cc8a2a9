import { ByteWriter } from "../../src/common/byte_writer.ts";
import { writeDaemonAddress } from "../../src/protocol/handshake.ts";
import {
  ownVariables,
  prefersIpv6,
  usesUnixSockets,
} from "./spark_environment.ts";

/** Where a daemon takes connections by Deno's own means. */
export interface DenoListener {
  readonly address: number | string;
  /** Takes the next connection. */
  readonly accept: () => Promise<Deno.Conn>;
  /** Removes what listening left in the file system. */
  remove(): void;
}

/** Listens where Spark expects it, on the loopback address or at a path. */
export function listenWithDeno(): DenoListener {
  const path = socketPath();
  if (path !== null) {
    const before = Deno.umask(0o177); // only this user may connect, from the first moment on
    const server = Deno.listen({ transport: "unix", path });
    Deno.umask(before);
    return {
      address: path,
      accept: () => server.accept(),
      remove: () => removeFile(path),
    };
  }
  const hostname = prefersIpv6(ownVariables) ? "::1" : "127.0.0.1";
  const server = Deno.listen({ hostname, port: 0 });
  return {
    address: server.addr.port,
    accept: () => server.accept(),
    remove() {},
  };
}

/** A path for a Unix socket where Spark wants one; null: TCP. */
export function socketPath(): string | null {
  if (!usesUnixSockets(ownVariables)) return null;
  const folder = Deno.env.get("PYTHON_WORKER_FACTORY_SOCK_DIR") ?? "/tmp";
  return `${folder}/.${crypto.randomUUID()}.sock`;
}

/** Removes a socket's file, if it is there. */
export function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Tells Spark where the daemon listens. */
export function announce(address: number | string): void {
  const writer = new ByteWriter();
  writeDaemonAddress(writer, address);
  // What Spark waits for, and the only bytes that a daemon ever writes there.
  // deno-lint-ignore tspark/no-stdout-in-worker
  Deno.stdout.writeSync(writer.view());
}
