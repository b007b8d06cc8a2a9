import { errorHeadline } from "../../common/error_message.ts";
import * as errors from "../../common/errors.ts";
import {
  type ErrorParameters,
  GatewayError,
  JavaError,
  SparkError,
} from "../../common/errors.ts";
import { parseFailure } from "../../protocol/failure_text.ts";
import { type JavaCalls, JavaObject, type JavaValue } from "./java_object.ts";

/** The condition of an error in the program's answers while Spark plans, which says all itself. */
export const PLANNING_FAILED = "PLANNING_FAILED";

/** The condition of an exception that Spark has none for. */
const NO_CONDITION = "JAVA_EXCEPTION";
const MAX_CAUSES = 16; // deeper ones show in the stack only

/** Exceptions that have a class here, by the name of their Java class; `Throwable` ends the search. */
const ERROR_CLASSES: ReadonlyMap<string, typeof JavaError> = new Map([
  ["ParseException", errors.ParseException],
  ["AnalysisException", errors.AnalysisException],
  ["StreamingQueryException", errors.StreamingQueryException],
  ["QueryExecutionException", errors.QueryExecutionException],
  ["NumberFormatException", errors.NumberFormatException],
  ["IllegalArgumentException", errors.IllegalArgumentException],
  ["ArithmeticException", errors.ArithmeticException],
  [
    "UnsupportedOperationException",
    errors.UnsupportedOperationException,
  ],
  [
    "ArrayIndexOutOfBoundsException",
    errors.ArrayIndexOutOfBoundsException,
  ],
  ["DateTimeException", errors.DateTimeException],
  ["SparkRuntimeException", errors.SparkRuntimeException],
  ["SparkUpgradeException", errors.SparkUpgradeException],
  ["NoSuchElementException", errors.SparkNoSuchElementException],
  ["Throwable", JavaError],
]);

const ABSENT = /does not exist|ClassNotFoundException/;

/** Which member of what a call was about, for its error. */
export interface CalledMember {
  /** What was tried, as a verb. */
  readonly action: "call" | "construct" | "read" | "make" | "change";
  /** The method, field or class. */
  readonly member: string;
  /** The class's name, or the object; null where the member is all. */
  readonly owner: string | JavaObject | null;
}

/**
 * Reads what is to know of an exception: class, message, stack, causes, and
 * Spark's condition, parameters and SQL state where it is a `SparkThrowable`.
 *
 * Peer: `org.apache.spark.SparkThrowable`: `getCondition` (4.x) or
 * `getErrorClass` (3.5), `getSqlState`, `getMessageParameters`.
 *
 * @param gateway the gateway that answered with it
 * @param throwable the exception; stays the caller's to release
 * @param depth how many exceptions it is the cause of
 */
export async function readJavaError(
  gateway: JavaCalls,
  throwable: JavaObject,
  depth: number = 0,
): Promise<JavaError> {
  const ask = (method: string): Promise<JavaValue | undefined> =>
    gateway.tryCall(throwable, method);
  const javaClass = await className(gateway, throwable);
  const stack = await gateway.tryStack(throwable);
  const message = await ask("getMessage");
  const condition = await ask("getCondition");
  const oldCondition = await ask("getErrorClass");
  const state = await ask("getSqlState");
  const map = await ask("getMessageParameters");
  const cause = depth < MAX_CAUSES ? await ask("getCause") : undefined;
  const name = textOr(condition, textOr(oldCondition, NO_CONDITION));
  const failed = gateway.callbackError(textOr(message, ""));
  if (failed !== undefined) {
    return callbackFailed(javaClass, textOr(stack, ""), failed.error);
  }
  const options = await causeOf(gateway, asObject(cause), depth);
  if (isWrapperOf(message, options?.cause)) return options.cause;
  const ErrorClass = await errorClassOf(gateway, throwable);
  return new ErrorClass(
    name,
    // That of a ParseException begins with an empty line.
    textOr(message, javaClass).replace(/^\n+/, ""),
    {
      javaClass,
      javaStack: textOr(stack, "").trimEnd(),
      sqlState: typeof state === "string" ? state : undefined,
    },
    await readParameters(gateway, asObject(map)),
    options,
  );
}

/**
 * Says why Py4J could not make a call at all.
 *
 * @param gateway the gateway that refused
 * @param site what was tried
 * @param reason Py4J's own exception and its stack; null without
 */
export async function refusedError(
  gateway: JavaCalls,
  site: CalledMember,
  reason: string | null,
): Promise<GatewayError> {
  const { action, member, owner } = site;
  const of = owner === null
    ? ""
    : ` of "${
      typeof owner === "string" ? owner : await className(gateway, owner)
    }"`;
  const first = (reason ?? "").split("\n", 1)[0] ?? "";
  return new GatewayError(
    first === "" || ABSENT.test(first) ? "MEMBER_NOT_FOUND" : "CALL_REFUSED",
    `Cannot ${action} "${member}"${of}: ${plainReason(first)}`,
    { member },
  );
}

/** The text of Py4J's exception, without its class where the text says enough. */
function plainReason(first: string): string {
  if (first === "") return "the JVM knows no such class or member";
  const absent = /ClassNotFoundException: (\S+)/.exec(first)?.[1];
  if (absent !== undefined) return `the JVM has no class "${absent}"`;
  // Such as "py4j.Py4JException: Method x([]) does not exist".
  return first.replace(/^py4j\.Py4JException: /, "");
}

/**
 * Reads the name of an object's class.
 *
 * @param gateway the object's gateway
 * @param object any object
 * @returns its full name; `"an unknown class"` when the JVM does not tell
 */
async function className(
  gateway: JavaCalls,
  object: JavaObject,
): Promise<string> {
  const javaClass = asObject(await gateway.tryCall(object, "getClass"));
  if (javaClass === null) return "an unknown class";
  const name = await gateway.tryCall(javaClass, "getName");
  return textOr(name, "an unknown class");
}

/** The error class for an exception: that of the nearest of its Java classes which has one. */
async function errorClassOf(
  gateway: JavaCalls,
  throwable: JavaObject,
): Promise<typeof JavaError> {
  let javaClass = asObject(await gateway.tryCall(throwable, "getClass"));
  while (javaClass !== null) {
    const name = textOr(await gateway.tryCall(javaClass, "getName"), "");
    const found = ERROR_CLASSES.get(name.slice(name.lastIndexOf(".") + 1));
    if (found !== undefined) return found;
    javaClass = asObject(await gateway.tryCall(javaClass, "getSuperclass"));
  }
  return JavaError;
}

/** The JVM's exception about an error of ours: its words speak of Python. */
function callbackFailed(
  javaClass: string,
  javaStack: string,
  error: unknown,
): JavaError {
  if (error instanceof SparkError && error.condition === PLANNING_FAILED) {
    const { condition, message, parameters, cause } = error;
    const details = { javaClass, javaStack: javaStack.trimEnd() };
    return new JavaError(condition, message, details, parameters, { cause });
  }
  const told = errorHeadline(error);
  return new JavaError(
    "CALLBACK_FAILED",
    `A function of this program that the JVM called threw ${told}`,
    { javaClass, javaStack: javaStack.trimEnd() },
    {},
    { cause: error },
  );
}

/**
 * Whether an exception only says that what was waited for failed, or that a
 * task did: what happened is its cause. Spark 4 throws what has a condition
 * itself, where 3.5 wraps it. What a worker reported stays: it names the task.
 *
 * Peer: `ThreadUtils.awaitResult`, `DAGScheduler.abortStage`.
 */
function isWrapperOf(
  message: JavaValue | undefined,
  cause: unknown,
): cause is JavaError {
  if (typeof message !== "string" || !(cause instanceof JavaError)) {
    return false;
  }
  return message.startsWith("Exception thrown in awaitResult") ||
    message.startsWith("Job aborted due to stage failure") &&
      cause.condition !== NO_CONDITION && parseFailure(message) === null;
}

async function causeOf(
  gateway: JavaCalls,
  cause: JavaObject | null,
  depth: number,
): Promise<ErrorOptions | undefined> {
  if (cause === null) return undefined;
  return { cause: await readJavaError(gateway, cause, depth + 1) };
}

async function readParameters(
  gateway: JavaCalls,
  map: JavaObject | null,
): Promise<ErrorParameters> {
  const parameters: Record<string, string> = {};
  if (map === null) return parameters;
  const set = asObject(await gateway.tryCall(map, "keySet"));
  const keys = set && asObject(await gateway.tryCall(set, "toArray"));
  if (keys === null) return parameters;
  for (const key of await gateway.arrayElements(keys)) {
    const value = await gateway.tryCall(map, "get", key);
    if (typeof key === "string" && typeof value === "string") {
      parameters[key] = value;
    }
  }
  return parameters;
}

function asObject(value: JavaValue | undefined): JavaObject | null {
  return value instanceof JavaObject ? value : null;
}

function textOr(value: JavaValue | undefined, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
