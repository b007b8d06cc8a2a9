import { JavaError, SparkError } from "../../common/errors.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { withSite } from "../runtime/explain_error.ts";

/**
 * An error of the JVM's with the line where the program wrote the operation
 * that failed: Spark analyzes a plan when it is made there, which may be later.
 *
 * @param error what making the operation threw
 * @param site where the program wrote it
 * @returns an error of the same kind; one that tells nothing of Spark as it is
 */
export function locateError(error: unknown, site: CallSite): unknown {
  if (error instanceof JavaError) return withSite(error, site);
  return error instanceof SparkError && error.condition === "NOT_IN_THIS_SPARK"
    ? lackingAt(error, site)
    : error;
}

/** What this Spark lacks, with the line where the program asked for it. */
function lackingAt(error: SparkError, site: CallSite): SparkError {
  if (error.parameters["site"] !== undefined) return error; // placed already
  const place = describeSite(site);
  return new SparkError(
    error.condition,
    `${error.message}\n  in ${place}`,
    { ...error.parameters, site: place },
    { cause: error },
  );
}
