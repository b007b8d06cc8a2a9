/**
 * The messages by which a worker and the JVM meet, each written and read as
 * pure bytes.
 *
 * Daemon: the worker sends its pid, the JVM the secret, the worker "ok".
 * No daemon: the worker sends the secret, the JVM "ok", the worker its pid.
 * On Unix sockets only the pid is sent.
 *
 * @module
 */

import type { ByteReader } from "../common/byte_reader.ts";
import type { ByteWriter } from "../common/byte_writer.ts";
import { ProtocolError } from "../common/errors.ts";
import {
  MAX_SECRET_BYTES,
  readLimitedBytes,
  readLimitedText,
} from "./limits.ts";

const ACCEPTED = "ok";
const REFUSED = "err";
const MAX_ANSWER_BYTES = 1024; // "ok" or "err"
const TEXT = new TextEncoder();

/**
 * Writes where the daemon listens: the first bytes on its stdout, and the only ones.
 *
 * Peer: `PythonWorkerFactory.startDaemon`. Layout: int port, or from Spark 4.1
 * with Unix sockets a string, the path.
 */
export function writeDaemonAddress(
  writer: ByteWriter,
  address: number | string,
): void {
  if (typeof address === "number") writer.writeInt(address);
  else writer.writeString(address);
}

/**
 * Writes the worker's own process id, by which the JVM finds and kills it.
 *
 * Peer: `PythonWorkerFactory.createSimpleWorker`, `createThroughDaemon`. Layout: int.
 */
export function writePid(writer: ByteWriter, pid: number): void {
  writer.writeInt(pid);
}

/** Writes the secret to the side that checks it. Layout: string. Peer: `SocketAuthHelper.authClient`. */
export function writeSecret(writer: ByteWriter, secret: string): void {
  writer.writeString(secret);
}

/**
 * Reads the other side's secret and compares it in constant time.
 *
 * Peer: `SocketAuthHelper.authToServer`. Layout: string.
 *
 * @param reader where the secret's length is next
 * @param expected the right secret
 * @returns whether it is the right one; answer with {@link writeSecretAnswer}
 * @throws ProtocolError `LENGTH_INVALID` above {@link MAX_SECRET_BYTES}; `BYTES_TRUNCATED`
 */
export function readSecret(reader: ByteReader, expected: string): boolean {
  const sent = readLimitedBytes(reader, MAX_SECRET_BYTES, "the secret");
  return equalInConstantTime(sent, TEXT.encode(expected));
}

/** Writes whether the secret was right. Layout: string, "ok" or "err". Peer: `SocketAuthHelper.authToServer`. */
export function writeSecretAnswer(writer: ByteWriter, right: boolean): void {
  writer.writeString(right ? ACCEPTED : REFUSED);
}

/**
 * Reads the answer to a secret that was sent.
 *
 * Peer: `SocketAuthHelper.authClient`. Layout: string.
 *
 * @param reader where the answer's length is next
 * @throws ProtocolError `SECRET_REFUSED` unless it is "ok"; `LENGTH_INVALID`, `BYTES_TRUNCATED`
 */
export function readSecretAnswer(reader: ByteReader): void {
  const what = "the answer to the secret";
  const answer = readLimitedText(reader, what, MAX_ANSWER_BYTES);
  if (answer !== ACCEPTED) {
    throw new ProtocolError(
      "SECRET_REFUSED",
      `Cannot connect to the JVM: it answered "${answer}" to the secret; the secret belongs to another application or was changed`,
      { answer },
    );
  }
}

/** Looks at every byte of what was sent, so that the time does not tell how many are right. */
function equalInConstantTime(sent: Uint8Array, expected: Uint8Array): boolean {
  let difference = sent.length ^ expected.length;
  for (let at = 0; at < sent.length; at++) {
    difference |= (sent[at] ?? 0) ^ (expected[at % expected.length] ?? 0);
  }
  // An empty secret is none: it must never let anybody in.
  return difference === 0 && expected.length > 0;
}
