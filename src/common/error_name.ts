import { dataProperty } from "./describe_value.ts";

// Taken at the start: no code of an error's own is run.
const domExceptionGetters = {
  name: getterOf("name"),
  message: getterOf("message"),
};

// With their names: in a confined worker, classes have accessors in place of them.
const BUILTIN_ERRORS = [
  AggregateError,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
].map((type) => ({ type, name: type.name }));

/**
 * The name of an error, such as `"RangeError"`, without running code of its
 * own.
 *
 * @param error an error of any realm, or one of the platform's own, such as that of an aborted signal
 */
export function errorName(error: Error): string {
  const name = dataProperty(error, "name");
  if (typeof name === "string") return name;
  if (error instanceof DOMException) return ofDomException(error, "name");
  const known = BUILTIN_ERRORS.find(({ type }) => error instanceof type);
  return known === undefined ? "Error" : known.name;
}

/** The message of an error, without running code of its own; empty where it has none or makes it when asked. */
export function plainErrorMessage(error: Error): string {
  const message = dataProperty(error, "message");
  if (typeof message === "string") return message;
  return error instanceof DOMException ? ofDomException(error, "message") : "";
}

function getterOf(name: "name" | "message"): (() => unknown) | undefined {
  return Object.getOwnPropertyDescriptor(DOMException.prototype, name)?.get;
}

function ofDomException(error: Error, part: "name" | "message"): string {
  try {
    const text = domExceptionGetters[part]?.call(error);
    if (typeof text === "string") return text;
  } catch {
    // It was only made to look like one.
  }
  return part === "name" ? "DOMException" : "";
}
