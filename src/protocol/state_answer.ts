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
const REFUSED = 1;
const ABSENT = 2;

/**
 * Reads an answer of the state server.
 *
 * Peer: `TransformWithStateInPandasStateServer`, Spark 4.0, and
 * `TransformWithStateInPySparkStateServer`, 4.1 – 4.3. Layout: int length, a
 * message: 1 status, 2 error, 3 value or values, 4 whether more is to be
 * fetched; in 4.0 lists come as an Arrow stream behind it instead.
 *
 * @param reader the connection
 * @param action what was asked, for the message, such as `update the value state "count"`
 * @param ends tells an answer that ends a list although it looks like an error
 * @throws WorkerError `STATE_SERVER_REFUSED`
 */
export function readStateAnswer(
  reader: ByteReader,
  action: string,
  ends?: (answer: ProtoFields) => boolean,
): StateAnswer {
  return stateAnswer(
    readLimitedBytes(reader, MAX_FRAME_BYTES, "an answer of the state server"),
    action,
    ends,
  );
}

/**
 * Whether an answer to `expiredTimersRequest()` ends the list: Spark 4.0
 * refuses to go on, without a reason.
 */
export function endsTimers(fields: ProtoFields): boolean {
  return fields.number(1) === REFUSED && fields.text(2) === "";
}

/** As {@link readStateAnswer}, of the message. */
export function stateAnswer(
  message: Uint8Array,
  action: string,
  ends: (answer: ProtoFields) => boolean = () => false,
): StateAnswer {
  const fields = new ProtoFields(message);
  const status = fields.number(1);
  if (status === GOOD) return { isThere: true, fields };
  if (status === ABSENT || ends(fields)) return { isThere: false, fields };
  const reason = fields.text(2);
  throw new WorkerError(
    "STATE_SERVER_REFUSED",
    `Cannot ${action}: Spark says "${reason}"`,
    { reason },
  );
}
