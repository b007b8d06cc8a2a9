import { GatewayError, JavaError } from "../../common/errors.ts";
import { type CallSite, describeSite } from "./call_site.ts";
import { failureIn, plainCause } from "./explain_error.ts";
import { isConnectionGone } from "../gateway/lost_connection.ts";
import { placed } from "./placed_stack.ts";

/** What Spark says of jobs and calls when its context is stopped, which also interrupts the scheduler's thread. */
const STOPPED =
  /SparkContext (was|has been) shut ?down|stopped SparkContext|\bInterruptedException\b/;

/** What Java says, at times as the cause of another error, of parts that a stopped context has no more. */
const EMPTIED = /\borg\.apache\.spark\.SparkContext\.\w+\(\)" is null/;

/** Conditions of exceptions that Spark has no name for: what breaks within it as its parts end. */
const NAMELESS = new Set(["JAVA_EXCEPTION", "INTERNAL_ERROR"]);

/**
 * What an operation's failure has to do with the end of the application.
 *
 * @param error what the operation caught
 * @param site the operation
 * @param end what stopped the application
 * @param wasStopped whether the application was stopped before the operation began
 * @returns an error that names both; the error as it is when it has other reasons
 */
export function explainEnd(
  error: unknown,
  site: CallSite,
  end: CallSite,
  wasStopped: boolean,
): unknown {
  if (isConnectionGone(error)) return applicationStopped(site, end, wasStopped);
  if (!(error instanceof JavaError)) return error;
  if (STOPPED.test(error.message) || EMPTIED.test(error.javaStack)) {
    return applicationStopped(site, end, wasStopped);
  }
  return NAMELESS.has(error.condition) && failureIn(error) === null
    ? applicationStopped(site, end, wasStopped, { cause: plainCause(error) })
    : error;
}

/**
 * The error of an operation that an application's end has cut off.
 *
 * @param site the operation
 * @param end what stopped the application
 * @param wasStopped whether the application was stopped before the operation began
 * @param options `cause`: what Spark said, where that is not of the end by its text
 */
export function applicationStopped(
  site: CallSite,
  end: CallSite,
  wasStopped: boolean,
  options?: ErrorOptions,
): GatewayError {
  const operation = describeSite(site);
  const stop = describeSite(end);
  const explained = new GatewayError(
    "APPLICATION_STOPPED",
    wasStopped
      ? `Cannot run ${operation}: ${stop} has stopped the application; start a new session by getOrCreate()`
      : `Cannot finish ${operation}: ${stop} stopped the application while it ran; await it before that`,
    { operation, stop },
    options,
  );
  return placed(explained, site);
}

/**
 * The error of a function that names a variable of an application that was
 * stopped.
 *
 * @param variable what it names, such as `Broadcast(0)`
 * @param made what made it, with its place
 * @param end what stopped its application
 */
export function variableOfStopped(
  variable: string,
  made: string,
  end: CallSite,
): GatewayError {
  const stop = describeSite(end);
  return new GatewayError(
    "APPLICATION_STOPPED",
    `Cannot use ${variable}, which ${made} made, in a function: ${stop} has stopped its application; make it again in the new session`,
    { variable, made, stop },
  );
}

/**
 * Says of the end of a JVM whose memory was full what to do about it. The JVM
 * ends itself then (`-XX:+ExitOnOutOfMemoryError`), since Spark would go on
 * without the thread that failed, and wait for it.
 *
 * @param error what an operation caught
 * @param memory what the JVM had, such as `512m`
 * @returns an error that names the setting; the error as it is when it has other reasons
 */
export function explainFullMemory(error: unknown, memory: string): unknown {
  const isFull = error instanceof GatewayError &&
    error.condition === "JVM_DIED" &&
    error.message.includes("OutOfMemoryError");
  if (!isFull) return error;
  return new GatewayError(
    "DRIVER_OUT_OF_MEMORY",
    `Cannot go on: the driver's JVM ended because its memory of ${memory} was full; raise "spark.driver.memory", or bring less to the driver`,
    { memory },
    { cause: error },
  );
}
