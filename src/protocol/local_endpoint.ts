import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import { MAX_SECRET_BYTES, readLimitedText } from "./limits.ts";

/** Where on this machine the JVM listens for a connection of the worker's. */
export type LocalEndpoint =
  | {
    readonly kind: "tcp";
    /** Port on the loopback address. */
    readonly port: number;
    /** What to send first, as a string, to be answered by "ok". */
    readonly secret: string;
  }
  | {
    readonly kind: "unix";
    /** The socket's path; no secret is exchanged. */
    readonly path: string;
  };

/**
 * Reads where to connect.
 *
 * Layout: int port, string secret; from Spark 4.1 also int -1, string path.
 *
 * @param reader where the port is next
 * @param unixSockets whether -1 announces a path
 * @param what what listens there, for the error
 * @throws ProtocolError `PORT_INVALID`; `LENGTH_INVALID`, `BYTES_TRUNCATED`
 */
export function readLocalEndpoint(
  reader: ByteReader,
  unixSockets: boolean,
  what: string,
): LocalEndpoint {
  const port = reader.readInt();
  if (unixSockets && port === -1) {
    return { kind: "unix", path: readLimitedText(reader, what) };
  }
  checkPort(port, what);
  const secret = readLimitedText(reader, what, MAX_SECRET_BYTES);
  return { kind: "tcp", port, secret };
}

/**
 * Checks that a number is a port.
 *
 * @param port the number
 * @param what what listens there, for the error
 * @throws ProtocolError `PORT_INVALID` unless it is an integer from 1 to 65535
 */
export function checkPort(port: number, what: string): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new ProtocolError(
      "PORT_INVALID",
      `Cannot read ${what}: its port is ${port}, which is not between 1 and 65535; the stream is out of step or does not come from Spark`,
      { what, port },
    );
  }
}
