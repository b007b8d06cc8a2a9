import { JavaError, WorkerError } from "../../common/errors.ts";
import { showProperties } from "../../common/show_value.ts";
import {
  type Failure,
  type FailureProperty,
  parseFailure,
} from "../../protocol/failure_text.ts";
import { PLANNING_FAILED } from "../gateway/java_error.ts";
import { type CallSite, describeSite, programFrames } from "./call_site.ts";
import { type InputFailure, inputFailure } from "./input_failure.ts";
import { javaErrorText, plainMessage } from "./java_error_text.ts";
import { contextFrames } from "./query_context.ts";
import { placed, shortStack } from "./placed_stack.ts";

/**
 * Turns what the JVM says of a failed job into what happened in the user's
 * program: an error that a worker reported becomes a {@link WorkerError} whose
 * stack and cause show the user's own file, line and column. Another exception
 * says which operation of the program it came from.
 *
 * @param error what an action caught
 * @param site the action
 * @param mapStack rewrites positions of revived code to the user's files
 * @param takeOutput takes what the task printed last, where a worker tells it
 */
export function explainError(
  error: unknown,
  site: CallSite,
  mapStack: (stack: string) => string,
  takeOutput: (output: unknown) => void = () => {},
): unknown {
  if (!(error instanceof JavaError)) return error;
  const failure = failureIn(error);
  if (failure === null) return withSite(error, site);
  const where = placeOf(failure, error.message);
  const input = failure.condition === "WORKER_LOST"
    ? inputFailure(error.javaStack)
    : null;
  if (input !== null) return withInput(error, input, where, site);
  takeOutput(failure.output);
  const cause = thrownError(failure, mapStack);
  const frames = mapStack(failure.stack);
  const explained = new WorkerError(
    failure.condition,
    `${thrownAs(failure)}${failure.message}${withProperties(failure)}${
      calledAs(failure)
    }\n  in ${where}, run by ${describeSite(site)}`,
    {
      partition: failure.partition,
      stage: failure.stage,
      attempt: failure.attempt,
      errorName: failure.name,
    },
    { cause, workerStack: frames },
  );
  return placed(explained, site, frames);
}

/** What a worker reported in an exception; null where it is the JVM's own. */
export function failureIn({ message, javaStack }: JavaError): Failure | null {
  return parseFailure(message) ?? parseFailure(javaStack);
}

/**
 * An exception that names the operation of the program that it came from.
 *
 * @param error the exception; one that names an operation already stays as it is
 * @param site the operation
 */
export function withSite(error: JavaError, site: CallSite): JavaError {
  if (error.site !== undefined) return error; // an action within the action knew better
  const place = describeSite(site);
  const { condition, javaClass, javaStack, sqlState } = error;
  const explained = new (error.constructor as typeof JavaError)(
    condition,
    `${javaErrorText(error)}\n  in ${place}`,
    { javaClass, javaStack, sqlState, site: place },
    error.parameters,
    error.cause === undefined ? undefined : { cause: plainCause(error.cause) },
  );
  const frames = [plannedFrames(error), contextFrames(error.message)];
  return placed(explained, site, frames.join("\n"));
}

/** Where the program failed to answer what Spark asked while it planned. */
function plannedFrames({ condition, cause }: JavaError): string {
  return condition === PLANNING_FAILED ? programFrames(cause) : "";
}

/** The name of the error that was thrown, unless it is the explained error's own. */
function thrownAs({ name }: Failure): string {
  return name === "WorkerError" ? "" : `${name}: `;
}

/** What the error has beside its message, such as the `code` of one of Node's. */
function withProperties({ properties }: Failure): string {
  return isListOfProperties(properties) ? ` ${showProperties(properties)}` : "";
}

function isListOfProperties(
  list: unknown,
): list is readonly FailureProperty[] {
  return Array.isArray(list) && list.length > 0 &&
    list.every((item: unknown) =>
      typeof item === "object" && item !== null &&
      typeof Reflect.get(item, "name") === "string" &&
      typeof Reflect.get(item, "text") === "string"
    );
}

/** The call of a function in SQL that failed. */
function calledAs({ call }: Failure): string {
  return typeof call === "string" ? `\n  in ${call}` : "";
}

/** A cause without the stacks of the JVM, and of our own code that read it. */
export function plainCause(cause: unknown): unknown {
  if (!(cause instanceof JavaError)) return cause;
  const { condition, message, javaClass, javaStack, sqlState } = cause;
  const plain = new (cause.constructor as typeof JavaError)(
    condition,
    plainMessage(message),
    { javaClass, javaStack, sqlState },
    cause.parameters,
    cause.cause === undefined ? undefined : { cause: plainCause(cause.cause) },
  );
  plain.stack = shortStack(plain, "");
  return plain;
}

/** What ended the input of a task whose worker was blamed. */
function withInput(
  { condition, javaStack, sqlState, parameters, cause }: JavaError,
  { javaClass, text }: InputFailure,
  where: string,
  site: CallSite,
): JavaError {
  const place = describeSite(site);
  const explained = new JavaError(
    condition,
    `Cannot read the input of a task: ${text}\n  in ${where}, run by ${place}`,
    { javaClass, javaStack, sqlState, site: place },
    parameters,
    cause === undefined ? undefined : { cause: plainCause(cause) },
  );
  return placed(explained, site);
}

/** Where a task failed, in its worker's words or else in Spark's. */
function placeOf(failure: Failure, message: string): string {
  return failure.partition < 0
    ? placeBySpark(message)
    : `partition ${failure.partition} of stage ${failure.stage} (attempt ${failure.attempt})`;
}

/** Where a task failed, as Spark says it, when its worker ended before it knew the task. */
function placeBySpark(message: string): string {
  const [, task, attempt, stage] =
    /Lost task (\d+)\.(\d+) in stage (\d+)\./.exec(message) ?? [];
  if (stage !== undefined) {
    return `task ${task} of stage ${stage} (attempt ${attempt})`;
  }
  const [, barrierStage, partition] =
    /Task\((\d+), (\d+)\) finished unsuccessfully/.exec(message) ?? [];
  return barrierStage === undefined
    ? "a task that Spark does not name"
    : `partition ${partition} of barrier stage ${barrierStage}`;
}

/** The error as the user's function threw it, as far as it can be told. */
function thrownError(
  failure: Pick<
    Failure,
    "name" | "message" | "stack" | "cause" | "properties"
  >,
  mapStack: (stack: string) => string,
): Error {
  const options = failure.cause === null
    ? {}
    : { cause: thrownError(failure.cause, mapStack) };
  const error = new Error(failure.message, options);
  error.name = failure.name;
  if (isListOfProperties(failure.properties)) {
    for (const { name, text, value } of failure.properties) {
      Object.defineProperty(error, name, {
        value: value === undefined ? text : value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
  error.stack = shortStack(error, mapStack(failure.stack));
  return error;
}
