/**
 * How a worker process that runs no functions itself hands its connection to
 * the driver's program, which runs them on a thread. Both ends are ours.
 *
 * @module
 */
import type { ByteReader } from "../common/byte_reader.ts";
import type { ByteWriter } from "../common/byte_writer.ts";
import { readSecret, writeSecret } from "./handshake.ts";
import { readLimitedText } from "./limits.ts";

/** The variable with the path of the file that says where the program listens; see `planner_link.ts`. */
export const LOCAL_WORKER_VARIABLE = "TSPARK_LOCAL_WORKER";

/** What a thread of the program gets of the process in whose place it works. */
export interface HandedConnection {
  /** Where the process hands the JVM's bytes over: a port of the loopback address, or a path. */
  readonly address: number | string;
  /** What it has to be shown there, where that is a port. */
  readonly secret: string;
  /** Its process id, which is the worker's to the JVM. */
  readonly pid: number;
  /** Path of the addon that it has loaded. */
  readonly addon: string;
  /** Its environment, which is the one that Spark gives to workers. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a thread of the program is started with. */
export interface ThreadData {
  readonly connection: HandedConnection;
  /** Takes the numbers of the descriptors that the thread opens: see `SharedDescriptors`. */
  readonly descriptors: SharedArrayBuffer;
}

const MAX_CONNECTION_BYTES = 8 << 20; // an environment is no larger

/**
 * Begins a connection to the program, which stays open as long as the process
 * runs. Layout: string secret, string JSON of the connection. What comes back
 * is the text of the failure for the JVM, where the thread could not begin.
 *
 * @param writer takes it
 * @param secret the program's
 * @param connection what is handed over
 */
export function writeLocalWorkerGreeting(
  writer: ByteWriter,
  secret: string,
  connection: HandedConnection,
): void {
  writeSecret(writer, secret);
  writer.writeString(JSON.stringify(connection));
}

/**
 * Reads the beginning of a connection.
 *
 * @param reader where it begins
 * @param secret the right secret
 * @returns what is handed over; null when the secret is wrong
 * @throws ProtocolError `LENGTH_INVALID`, `BYTES_TRUNCATED`
 */
export function readLocalWorkerGreeting(
  reader: ByteReader,
  secret: string,
): HandedConnection | null {
  if (!readSecret(reader, secret)) return null;
  const text = readLimitedText(
    reader,
    "the worker's environment",
    MAX_CONNECTION_BYTES,
  );
  // Whoever knows the secret is our own process.
  return JSON.parse(text) as HandedConnection;
}
