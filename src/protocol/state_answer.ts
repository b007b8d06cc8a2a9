import type { ByteReader } from "../common/byte_reader.ts";
import { WorkerError } from "../common/errors.ts";
import { MAX_FRAME_BYTES } from "./frame.ts";
import { readLimitedBytes } from "./limits.ts";
import { ProtoFields } from "./proto_wire.ts";

/** What the state server answers. */
export interface StateAnswer {
  /** False where there is nothing: no value, no such key, the end of a list. */
  readonly isThere: boolean;
  readonly fields: ProtoFields;
}

const GOOD = 0;
const ABSENT = 2;

/**
 * Reads an answer of the state server.
 *
 * Peer: `TransformWithStateInPySparkStateServer`, Spark 4.1 – 4.3. Layout: int
 * length, a message: 1 status, 2 error, 3 value or values, 4 whether more is to
 * be fetched.
 *
 * @param reader the connection
 * @param action what was asked, for the message, such as `update the value state "count"`
 * @throws WorkerError `STATE_SERVER_REFUSED`
 */
export function readStateAnswer(
  reader: ByteReader,
  action: string,
): StateAnswer {
  return stateAnswer(
    readLimitedBytes(reader, MAX_FRAME_BYTES, "an answer of the state server"),
    action,
  );
}

/** As {@link readStateAnswer}, of the message. */
export function stateAnswer(message: Uint8Array, action: string): StateAnswer {
  const fields = new ProtoFields(message);
  const status = fields.number(1);
  if (status === GOOD || status === ABSENT) {
    return { isThere: status === GOOD, fields };
  }
  const reason = fields.text(2);
  throw new WorkerError(
    "STATE_SERVER_REFUSED",
    `Cannot ${action}: Spark says "${reason}"`,
    { reason },
  );
}
