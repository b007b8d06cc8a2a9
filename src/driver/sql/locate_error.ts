import { JavaError } from "../../common/errors.ts";
import type { CallSite } from "../runtime/call_site.ts";
import { withSite } from "../runtime/explain_error.ts";

/**
 * An error of the JVM's with the line where the program wrote the operation
 * that failed: Spark analyzes a plan when it is made there, which may be later.
 *
 * @param error what making the operation threw
 * @param site where the program wrote it
 * @returns an error of the same kind; anything but a {@link JavaError} as it is
 */
export function locateError(error: unknown, site: CallSite): unknown {
  return error instanceof JavaError ? withSite(error, site) : error;
}
