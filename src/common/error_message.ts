import { isError } from "./describe_value.ts";
import { errorName } from "./error_name.ts";
import { showValue } from "./show_value.ts";

/**
 * What an error says, or anything else that was thrown, for messages. Runs none
 * of the value's own code except for a class's own `message`, and never throws.
 *
 * @param error whatever was thrown
 *
 * @example
 * ```ts
 * errorMessage(new RangeError("too far")); // "too far"
 * errorMessage({ code: 5 }); // "{ code: 5 }"
 * ```
 */
export function errorMessage(error: unknown): string {
  if (typeof error === "string") return error;
  return isError(error) ? textOf(error, "message") : showValue(error);
}

/**
 * As {@link errorMessage}, with an error's name before it, as `String` has it.
 *
 * @param error whatever was thrown
 */
export function errorHeadline(error: unknown): string {
  if (!isError(error)) return errorMessage(error);
  return `${errorName(error)}: ${errorMessage(error)}`;
}

/**
 * An error's stack, which begins with its headline; the headline where there is none.
 *
 * @param error whatever was thrown
 */
export function errorStack(error: unknown): string {
  return isError(error) && textOf(error, "stack") || errorHeadline(error);
}

/** Some libraries make a text when it is asked for; one that cannot be had is none. */
function textOf(error: Error, property: "message" | "stack"): string {
  try {
    const text: unknown = error[property];
    return typeof text === "string" ? text : "";
  } catch {
    return "";
  }
}
