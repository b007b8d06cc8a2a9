import type { ByteReader } from "../../common/byte_reader.ts";
import { MAX_SECRET_BYTES, readLimitedText } from "../limits.ts";
import { type LocalEndpoint, readLocalEndpoint } from "../local_endpoint.ts";

const WHAT = "the barrier's address";

/**
 * Reads a barrier's port and secret, which stand there even without a barrier.
 *
 * Peer: `BasePythonRunner`, Spark 3.5 and 4.0. Layout: int port, string
 * secret; 0 and "" without barrier.
 *
 * @param reader where the port is next
 * @param isBarrier whether the task has a barrier
 * @throws ProtocolError `PORT_INVALID`, `LENGTH_INVALID`, `BYTES_TRUNCATED`
 */
export function readPaddedBarrier(
  reader: ByteReader,
  isBarrier: boolean,
): LocalEndpoint | null {
  if (isBarrier) return readLocalEndpoint(reader, false, WHAT);
  reader.readInt();
  readLimitedText(reader, WHAT, MAX_SECRET_BYTES);
  return null;
}

/**
 * Reads a barrier's endpoint, which is there only for barrier tasks.
 *
 * Peer: `BasePythonRunner`, Spark 4.1. Layout: nothing; or int port, string
 * secret; or int -1, string path.
 *
 * @param reader where the port would be next
 * @param isBarrier whether the task has a barrier
 * @throws ProtocolError `PORT_INVALID`, `LENGTH_INVALID`, `BYTES_TRUNCATED`
 */
export function readBarrierIfAny(
  reader: ByteReader,
  isBarrier: boolean,
): LocalEndpoint | null {
  return isBarrier ? readLocalEndpoint(reader, true, WHAT) : null;
}
