import { dataProperty, isError } from "../../src/common/describe_value.ts";
import { WorkerError } from "../../src/common/errors.ts";
import { WORKER_PERMISSIONS } from "../../src/common/worker_permissions.ts";
import { MAX_CAUSES } from "../task/describe_error.ts";
import { FailedCall } from "../task/failed_call.ts";

/** Deno's own words for a right that is missing. */
const DENIED = /Requires (\w+) access(?: to ("[^"]*"|\S+))?/;

/**
 * Tells what the setting has to do with an error of a confined worker.
 *
 * @param error whatever was thrown
 * @param setting the value of `spark.tspark.worker.permissions`
 * @returns the error itself, unless it or a cause of it is a right that is
 * missing: then a `WorkerError` `PERMISSION_DENIED` with its stack and cause,
 * within the same {@link FailedCall} where there is one
 */
export function explainDenial(error: unknown, setting: string): unknown {
  if (error instanceof FailedCall) {
    return error.because(explainDenial(error.cause, setting));
  }
  const [, kind, what = ""] = findDenial(error) ?? [];
  if (kind === undefined) return error;
  const named = what.replaceAll('"', "");
  const entry = named === "" ? kind : `${kind}=${named}`;
  const asked = named === "" ? `"${kind}"` : `"${kind}" of "${named}"`;
  const remedy = isGrantable(kind, named)
    ? `add "${entry}" to it if the function and its packages are trusted with that`
    : "no value of it grants that; only without it may functions do so";
  const denied = new WorkerError(
    "PERMISSION_DENIED",
    `Cannot use ${asked} in a confined worker: ${WORKER_PERMISSIONS} is "${setting}"; ${remedy}`,
    { permission: entry, setting },
    { cause: error },
  );
  denied.stack = stackOf(error);
  return denied;
}

function stackOf(error: unknown): string {
  try {
    const { stack } = error as Error;
    return typeof stack === "string" ? stack : "";
  } catch {
    return ""; // a user's prepareStackTrace may throw
  }
}

/** The match in the message of an error or of its causes. */
function findDenial(error: unknown): RegExpExecArray | null {
  let at = error;
  for (let depth = 0; depth < MAX_CAUSES && isError(at); depth++) {
    const message = dataProperty(at, "message");
    const found = typeof message === "string" ? DENIED.exec(message) : null;
    if (found !== null) return found;
    at = dataProperty(at, "cause");
  }
  return null;
}

function isGrantable(kind: string, what: string): boolean {
  return ["net", "read", "write", "env", "sys", "run"].includes(kind) &&
    !(kind === "sys" && what === "inspector");
}
