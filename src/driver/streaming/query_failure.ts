import {
  JavaError,
  SparkError,
  StreamingQueryException,
} from "../../common/errors.ts";
import { errorHeadline } from "../../common/error_message.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { placed } from "../runtime/placed_stack.ts";

/** Spark 4's condition of what a batch's function throws; 3.5 has none. */
const BATCH_CONDITION = "FOREACH_BATCH_USER_FUNCTION_ERROR";

/**
 * What a function of the program's threw over a batch, on its way to the JVM.
 *
 * @param batchId the batch
 * @param site where the program gave the function
 * @param thrown what it threw
 */
export function batchFailure(
  batchId: number,
  site: CallSite,
  thrown: unknown,
): SparkError {
  const failure = new SparkError(
    BATCH_CONDITION,
    `Cannot finish batch ${batchId}: the function of ${
      describeSite(site)
    } threw ${errorHeadline(thrown)}`,
    { batchId: String(batchId) },
    { cause: thrown },
  );
  return placed(failure, site);
}

/**
 * The error that ended a query, with what the program can do about it.
 *
 * @param error what the JVM told, explained
 * @param site where the program started the query
 * @param checkpoint where the query notes how far it is; null where the program gave no place
 */
export function explainQuery(
  error: unknown,
  site: CallSite,
  checkpoint: string | null,
): unknown {
  if (!(error instanceof JavaError)) return error;
  const { cause } = error;
  if (cause instanceof SparkError && cause.condition === BATCH_CONDITION) {
    return failed(error, site, cause.condition, cause.message, cause.cause);
  }
  const isOfCheckpoint = error instanceof StreamingQueryException &&
    checkpoint !== null && /Current State: INITIALIZING/.test(error.javaStack);
  if (!isOfCheckpoint) return error;
  const [text = ""] = error.message.split("\n", 1);
  return failed(
    error,
    site,
    error.condition,
    `Cannot go on from the checkpoint "${checkpoint}": ${text}; where it is another query's, give this one a checkpointLocation of its own`,
    cause,
  );
}

function failed(
  { javaClass, javaStack, sqlState, parameters }: JavaError,
  site: CallSite,
  condition: string,
  text: string,
  cause: unknown,
): StreamingQueryException {
  const place = describeSite(site);
  const error = new StreamingQueryException(
    condition,
    `${text}\n  in ${place}`,
    { javaClass, javaStack, sqlState, site: place },
    parameters,
    { cause },
  );
  return placed(error, site);
}
