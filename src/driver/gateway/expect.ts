/**
 * Decoders of what the JVM answers: the value as the type that the caller
 * knows it has.
 *
 * @module
 */

import { GatewayError } from "../../common/errors.ts";
import { JavaDecimal, type PlainValue } from "./java_scalar.ts";

/** What these decoders need to know of a Java object: a `JavaObject`, whose methods use them. */
export interface ObjectLike {
  /** What Py4J says of its class. */
  readonly type: string;
}

type Answered = PlainValue | ObjectLike;

/**
 * An object.
 *
 * @param value what the JVM answered
 * @param what where it came from, for the error
 * @throws GatewayError `ANSWER_UNEXPECTED` for anything else
 */
export function expectObject<O extends ObjectLike>(
  value: PlainValue | O,
  what: string,
): O {
  if (isObject(value)) return value;
  throw unexpected("an object", value, what);
}

/** An object or null. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
export function expectObjectOrNull<O extends ObjectLike>(
  value: PlainValue | O,
  what: string,
): O | null {
  return value === null ? null : expectObject<O>(value, what);
}

/** A string. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
export function expectString(value: Answered, what: string): string {
  if (typeof value === "string") return value;
  throw unexpected("a string", value, what);
}

/** A string or null. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
export function expectStringOrNull(
  value: Answered,
  what: string,
): string | null {
  return value === null ? null : expectString(value, what);
}

/** A number; a long beyond ±2^53 is none. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
export function expectNumber(value: Answered, what: string): number {
  if (typeof value === "number") return value;
  throw unexpected("a number", value, what);
}

/** An integer as a bigint. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
export function expectLong(value: Answered, what: string): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(Number(value));
  throw unexpected("an integer", value, what);
}

/** A boolean. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
export function expectBoolean(value: Answered, what: string): boolean {
  if (typeof value === "boolean") return value;
  throw unexpected("a boolean", value, what);
}

/** Bytes. @throws GatewayError `ANSWER_UNEXPECTED` for anything else */
export function expectBytes(value: Answered, what: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw unexpected("bytes", value, what);
}

function isObject<O extends ObjectLike>(value: PlainValue | O): value is O {
  return typeof value === "object" && value !== null &&
    !(value instanceof Uint8Array) && !(value instanceof JavaDecimal);
}

function unexpected(
  wanted: string,
  value: Answered,
  what: string,
): GatewayError {
  return unexpectedAnswer(wanted, describeValue(value), what);
}

/**
 * The error for an answer of another kind than was wanted.
 *
 * @param wanted what was wanted, such as `"an object"`
 * @param got what came, as {@link describeValue} tells it
 * @param what where it came from
 */
export function unexpectedAnswer(
  wanted: string,
  got: string,
  what: string,
): GatewayError {
  return new GatewayError(
    "ANSWER_UNEXPECTED",
    `Cannot take what "${what}" gave as ${wanted}: it is ${got}`,
    { what, wanted, got },
  );
}

const SHOWN_CHARACTERS = 80;

/**
 * Tells a value to people, a long one by its start.
 *
 * @param value what the JVM answered
 */
export function describeValue(value: Answered): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return `the string ${
        JSON.stringify(
          value.length > SHOWN_CHARACTERS
            ? `${value.slice(0, SHOWN_CHARACTERS)}…`
            : value,
        )
      }`;
    case "bigint":
      return `the long ${value}, too large for a number`;
    case "number":
      return `the number ${value}`;
    case "boolean":
      return `the boolean ${value}`;
    case "object":
      break;
  }
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof JavaDecimal) return `the decimal ${value.text}`;
  return value.type === "object" ? "a Java object" : `a Java ${value.type}`;
}
