import { dataProperty, isError } from "../../src/common/describe_value.ts";
import { errorMessage } from "../../src/common/error_message.ts";
import { errorName } from "../../src/common/error_name.ts";
import { SparkError } from "../../src/common/errors.ts";
import {
  shownProperties,
  type ShownProperty,
} from "../../src/common/show_value.ts";
import { FailedCall, ThrownValue } from "./failed_call.ts";
import type {
  Failure,
  FailureProperty,
} from "../../src/protocol/failure_text.ts";

const MAX_MESSAGE = 64 * 1024; // characters; the JVM copies the text into several of its own
/** How many causes of an error are looked at. */
export const MAX_CAUSES = 8;
const OWN_CODE = new URL("../../", import.meta.url).href;

const DENO_FRAME = /[( ](ext|node):/;

/** Where in a job an error happened. */
export type TaskPlace = Pick<Failure, "partition" | "stage" | "attempt">;

type Described = Pick<
  Failure,
  "name" | "message" | "stack" | "cause" | "properties"
>;

/**
 * Describes what a user's function threw. Runs none of its
 * code, which may throw again or never return, except for a class's own `message`.
 *
 * @param error whatever was thrown
 * @param place the task
 */
export function describeError(error: unknown, place: TaskPlace): Failure {
  if (!isError(error)) {
    return {
      ...describeThrown(error, 0),
      condition: "FUNCTION_FAILED",
      ...place,
    };
  }
  if (error instanceof FailedCall) {
    return { ...describeError(error.cause, place), call: error.call };
  }
  if (error instanceof ThrownValue) {
    return {
      ...describeThrown(error.cause, 0),
      condition: "FUNCTION_FAILED",
      ...place,
      call: error.call,
    };
  }
  const condition = error instanceof SparkError
    ? error.condition
    : "FUNCTION_FAILED";
  return { ...describeThrown(error, 0), condition, ...place };
}

function describeThrown(error: unknown, depth: number): Described {
  if (!isError(error)) {
    return {
      name: `Thrown ${typeof error}`,
      message: shorten(errorMessage(error)),
      stack: "",
      cause: null,
    };
  }
  const cause = dataProperty(error, "cause");
  const properties = propertiesOf(error);
  return {
    name: errorName(error),
    message: shorten(errorMessage(error)),
    stack: userFrames(error),
    ...(properties.length === 0 ? {} : { properties }),
    cause: cause === undefined || depth >= MAX_CAUSES
      ? null
      : describeThrown(cause, depth + 1),
  };
}

/** What an error has beside what every error has. */
function propertiesOf(error: Error): FailureProperty[] {
  if (error instanceof SparkError) return []; // its text says it all
  const shown = shownProperties(error).filter(({ name }) =>
    !USUAL_PROPERTIES.includes(name) &&
    !(error instanceof DOMException && name.startsWith("[")) // its insides
  );
  const errors = dataProperty(error, "errors");
  const [all] = shownProperties({ errors });
  if (Array.isArray(errors) && all !== undefined) shown.unshift(all);
  return shown.map(plainProperty);
}

const USUAL_PROPERTIES = ["name", "message", "stack", "cause", "errors"];

function plainProperty({ name, value, text }: ShownProperty): FailureProperty {
  return typeof value === "string" || typeof value === "number" ||
      typeof value === "boolean" || value === null
    ? { name, value, text: shorten(text) }
    : { name, text: shorten(text) };
}

/** The frames of the user's own functions and of what they called, without Deno's and ours. */
function userFrames(error: Error): string {
  let stack: unknown;
  try {
    stack = error.stack;
  } catch {
    return ""; // a user's prepareStackTrace may throw
  }
  return text(stack, "").split("\n").filter((line) =>
    /^\s+at /.test(line) && !line.includes(`(${OWN_CODE}`) &&
    !line.includes(`at async ${OWN_CODE}`) &&
    !line.includes(`at ${OWN_CODE}`) && !DENO_FRAME.test(line)
  ).join("\n");
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE
    ? message
    : `${message.slice(0, MAX_MESSAGE)}… (${message.length} characters)`;
}
