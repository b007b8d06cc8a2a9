import { ProtocolError } from "../../common/errors.ts";
import { MAX_FRAME_BYTES } from "../../protocol/frame.ts";
import { checkLength } from "../../protocol/limits.ts";

const MOST_BELIEVED = 2 ** 36; // no JVM makes a batch of more

/**
 * Checks how many bytes a message has, before memory is made for it.
 *
 * @param size as the message says
 * @throws ProtocolError `BATCH_TOO_LARGE` for one that is larger than what is
 *   read here; `LENGTH_INVALID` for one that no JVM would send
 */
export function checkMessageSize(size: number): void {
  if (size > MAX_FRAME_BYTES && size <= MOST_BELIEVED) {
    throw new ProtocolError(
      "BATCH_TOO_LARGE",
      `Cannot read an Arrow batch of ${size} bytes: it may have ${MAX_FRAME_BYTES}; lower "spark.sql.execution.arrow.maxRecordsPerBatch", or make groups smaller, which up to Spark 4.0 are one batch each`,
      { size, limit: MAX_FRAME_BYTES },
    );
  }
  checkLength(size, MAX_FRAME_BYTES, "an Arrow message");
}

/**
 * The error of a batch that has rows, and no bytes that would tell that they
 * are there.
 *
 * @param rows their number
 * @param limit how many are believed
 */
export function bareBatchTooLarge(rows: number, limit: number): ProtocolError {
  return new ProtocolError(
    "BATCH_TOO_LARGE",
    `Cannot read an Arrow batch of ${rows} rows without values: it may have ${limit}; lower "spark.sql.execution.arrow.maxRecordsPerBatch"`,
    { rows, limit },
  );
}
