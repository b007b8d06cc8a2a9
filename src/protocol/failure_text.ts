import type { TaskOutput } from "./task_output.ts";

/** What a worker tells of an error, without having run any of the error's own code. */
export interface Failure {
  /** Name of the error's class, or of its type when it is no error. */
  readonly name: string;
  readonly message: string;
  /** Stack frames of the user's code, a line each; empty when there are none. */
  readonly stack: string;
  /** Stable name of what happened. */
  readonly condition: string;
  readonly partition: number;
  readonly stage: number;
  readonly attempt: number;
  /** The call of a function in SQL that failed, such as `half(3) of udf() at app.ts:3:5`. */
  readonly call?: string;
  /** What the error has beside what every error has. */
  readonly properties?: readonly FailureProperty[];
  /** The last that the task printed, where the driver wants it. */
  readonly output?: TaskOutput;
  /** The error below this one. */
  readonly cause:
    | Pick<Failure, "name" | "message" | "stack" | "cause" | "properties">
    | null;
}

/** A property of an error. */
export interface FailureProperty {
  /** Its name, or its symbol in brackets. */
  readonly name: string;
  /** What it holds, in words. */
  readonly text: string;
  /** What it holds, where it is one of these. */
  readonly value?: string | number | boolean | null;
}

const MARK = "[tspark failure] ";

/**
 * The text that a worker sends for a failed task: for people first, then one
 * line of JSON for the driver. It goes through the JVM's own message, so that
 * the driver finds it in whatever text Spark puts around it.
 *
 * @param failure what happened
 */
export function formatFailure(failure: Failure): string {
  const stack = failure.stack === "" ? "" : `\n${failure.stack}`;
  return `${failure.name}: ${failure.message}${stack}\n${MARK}${
    JSON.stringify(failure)
  }\n`;
}

/**
 * Finds a failure in the message of a Java exception.
 *
 * @param text the message, or a stack trace with its causes
 * @returns null when no worker of ours sent it
 */
export function parseFailure(text: string): Failure | null {
  const start = text.indexOf(MARK);
  if (start < 0) return null;
  const end = text.indexOf("\n", start);
  const line = text.slice(start + MARK.length, end < 0 ? undefined : end);
  try {
    const value: unknown = JSON.parse(line);
    return isFailure(value) ? value : null;
  } catch {
    return null; // cut short by a limit of the JVM's: its own text still tells
  }
}

function isFailure(value: unknown): value is Failure {
  if (typeof value !== "object" || value === null) return false;
  const { name, message, stack, condition, partition } = value as Record<
    string,
    unknown
  >;
  return [name, message, stack, condition].every((text) =>
    typeof text === "string"
  ) && typeof partition === "number";
}
