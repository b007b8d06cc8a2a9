import { SparkError } from "../common/errors.ts";

/**
 * An error of the one who typed the command line, which ends `tspark` with
 * the code for wrong usage.
 *
 * @param message action, value in quotes, current state, remedy
 * @param value what was typed
 */
export function usageError(message: string, value: string): SparkError {
  return new SparkError(USAGE_CONDITION, message, { value });
}

/**
 * Whether an error comes from {@link usageError}.
 *
 * @param error what was thrown
 */
export function isUsageError(error: unknown): boolean {
  return error instanceof SparkError && error.condition === USAGE_CONDITION;
}

const USAGE_CONDITION = "COMMAND_LINE_INVALID";
