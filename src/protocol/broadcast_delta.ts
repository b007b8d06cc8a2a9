import type { ByteReader } from "../common/byte_reader.ts";
import { readCount, TextList } from "./limits.ts";
import { type LocalEndpoint, readLocalEndpoint } from "./local_endpoint.ts";

/** A broadcast that this worker has not heard of yet. */
export interface AddedBroadcast {
  /** The broadcast's id in its application. */
  readonly id: bigint;
  /** The file that holds its value; null when the value comes by socket. */
  readonly path: string | null;
}

/** How the broadcasts that a worker knows change with a task: each is announced once, and stays until removed. */
export interface BroadcastDelta {
  /** Ids to forget, before anything is added. */
  readonly removed: readonly bigint[];
  /** New broadcasts, in the order in which the socket sends them. */
  readonly added: readonly AddedBroadcast[];
  /**
   * Where the new values are read when I/O is encrypted, null when they are in
   * files: per value a long, its id, and the bytes with no length. The reader
   * answers one byte after the last.
   */
  readonly socket: LocalEndpoint | null;
}

/**
 * Reads which broadcasts come and go.
 *
 * Peer: `PythonWorkerUtils.writeBroadcasts`, Spark 4.x; `BasePythonRunner.WriterThread`, Spark 3.5.
 * Layout: bool values come by socket, int count, with a socket its endpoint;
 * then per entry a long: `-(id + 1)` removes, and an id from 0 on adds, which
 * the file's path (string) follows unless there is a socket.
 *
 * @param reader where the bool is next
 * @param unixSockets whether the endpoint may be a path
 * @throws ProtocolError `LENGTH_INVALID`, `COUNT_INVALID`, `PORT_INVALID`, `BYTES_TRUNCATED`
 */
export function readBroadcastDelta(
  reader: ByteReader,
  unixSockets: boolean,
): BroadcastDelta {
  const bySocket = reader.readBool();
  const count = readCount(reader, "the broadcasts");
  const socket = bySocket
    ? readLocalEndpoint(reader, unixSockets, "the broadcasts' address")
    : null;
  const removed: bigint[] = [];
  const added: AddedBroadcast[] = [];
  const paths = new TextList(reader, "a broadcast's path");
  for (let left = count; left > 0; left--) {
    const id = reader.readLong();
    if (id < 0n) removed.push(-id - 1n);
    else {
      added.push({ id, path: bySocket ? null : paths.next() });
    }
  }
  return { removed, added, socket };
}
