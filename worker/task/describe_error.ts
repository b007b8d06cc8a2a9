import {
  dataProperty,
  describeValue,
  isError,
} from "../../src/common/describe_value.ts";
import { SparkError } from "../../src/common/errors.ts";
import { FailedCall } from "./failed_call.ts";
import type { Failure } from "../../src/protocol/failure_text.ts";

const MAX_MESSAGE = 64 * 1024; // characters; the JVM copies the text into several of its own
/** How many causes of an error are looked at. */
export const MAX_CAUSES = 8;
const OWN_CODE = new URL("../../", import.meta.url).href;

const DENO_FRAME = /[( ](ext|node):/;

/** Where in a job an error happened. */
export type TaskPlace = Pick<Failure, "partition" | "stage" | "attempt">;

type Described = Pick<Failure, "name" | "message" | "stack" | "cause">;

/**
 * Describes what a user's function threw. Runs none of its
 * code, which may throw again or never return, but for a class's own `message`.
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
  const condition = error instanceof SparkError
    ? error.condition
    : "FUNCTION_FAILED";
  return { ...describeThrown(error, 0), condition, ...place };
}

function describeThrown(error: unknown, depth: number): Described {
  if (!isError(error)) {
    const message = typeof error === "string" ? error : describeValue(error);
    return {
      name: `Thrown ${typeof error}`,
      message: shorten(message),
      stack: "",
      cause: null,
    };
  }
  const cause = dataProperty(error, "cause");
  return {
    name: text(dataProperty(error, "name"), builtinName(error)),
    message: shorten(messageOf(error)),
    stack: userFrames(error),
    cause: cause === undefined || depth >= MAX_CAUSES
      ? null
      : describeThrown(cause, depth + 1),
  };
}

/** In a confined worker, builtin classes have accessors in place of their `name`. */
function builtinName(error: Error): string {
  const found = BUILTIN_ERRORS.find((type) => error instanceof type);
  return found === undefined ? "Error" : found.name;
}

const BUILTIN_ERRORS = [
  AggregateError,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
];

/** Some libraries make the message when it is asked for, such as a list of what was wrong. */
function messageOf(error: Error): string {
  try {
    return text(error.message, "");
  } catch {
    return "";
  }
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
