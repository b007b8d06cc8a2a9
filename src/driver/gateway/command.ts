/**
 * The text of Py4J's commands: lines, the last one `e`.
 *
 * Peer: `py4j.commands.*`, and `py4j.Protocol.getObject` for arguments.
 *
 * @module
 */

import { encodeValue, escapeText } from "./value_syntax.ts";
import type { PlainArgument } from "./java_object.ts";

/** The object id under which Py4J knows its own server. */
export const SERVER_ID = "GATEWAY_SERVER";

const STATIC_PREFIX = "z:";

/**
 * Shows the secret: the first thing on a connection. Unlike the others it has
 * no end line.
 *
 * @param secret the gateway's secret
 */
export function authCommand(secret: string): string {
  return `A\n${secret}\n`;
}

/**
 * Calls a method.
 *
 * @param target an object's id, or {@link staticTarget} of a class
 * @param method the method's name
 * @param args encoded arguments, as {@link encodeArguments} makes them
 */
export function callCommand(
  target: string,
  method: string,
  args: string,
): string {
  return `c\n${word(target)}\n${word(method)}\n${args}e\n`;
}

/**
 * Names a class as the target of a call.
 *
 * @param className full name of a class
 */
export function staticTarget(className: string): string {
  return STATIC_PREFIX + className;
}

/**
 * Calls a constructor.
 *
 * @param className full name of a class
 * @param args encoded arguments
 */
export function constructCommand(className: string, args: string): string {
  return `i\n${word(className)}\n${args}e\n`;
}

/**
 * Reads an object's public field.
 *
 * @param target an object's id
 * @param field the field's name
 */
export function fieldCommand(target: string, field: string): string {
  return `f\ng\n${word(target)}\n${word(field)}\ne\n`;
}

/**
 * Reads a static field.
 *
 * @param className full name of a class
 * @param field the field's name
 */
export function staticFieldCommand(className: string, field: string): string {
  return `r\nm\n${word(className)}\n${word(field)}\ne\n`;
}

/**
 * Makes an array.
 *
 * @param className full name of the element's class, or a primitive type
 * @param length number of elements
 */
export function newArrayCommand(className: string, length: number): string {
  return `a\nc\ns${escapeText(className)}\ni${length}\ne\n`;
}

/**
 * Reads an array's element.
 *
 * @param array the array's id
 * @param index 0 for the first
 */
export function arrayGetCommand(array: string, index: number): string {
  return `a\ng\n${array}\ni${index}\ne\n`;
}

/**
 * Changes an array's element.
 *
 * @param array the array's id
 * @param index 0 for the first
 * @param value one encoded argument
 */
export function arraySetCommand(
  array: string,
  index: number,
  value: string,
): string {
  return `a\ns\n${array}\ni${index}\n${value}e\n`;
}

/**
 * Reads an array's length.
 *
 * @param array the array's id
 */
export function arrayLengthCommand(array: string): string {
  return `a\ne\n${array}\ne\n`;
}

/**
 * Makes the JVM forget an id.
 *
 * @param id an object's id
 */
export function releaseCommand(id: string): string {
  return `m\nd\n${id}\ne\n`;
}

/** Ends the server that the connection belongs to. */
export function shutdownCommand(): string {
  return "s\ne\n";
}

/**
 * Asks for a throwable's stack trace as text.
 *
 * @param id the throwable's id
 */
export function stackCommand(id: string): string {
  return `p\nr${id}\ne\n`;
}

/**
 * Encodes arguments, each on a line of its own.
 *
 * @param args arguments
 * @throws TypeError for what is no {@link PlainArgument}
 */
export function encodeArguments(args: readonly PlainArgument[]): string {
  let text = "";
  for (const arg of args) text += encodeValue(arg) + "\n";
  return text;
}

/** Names are not escaped in commands: one with a line break would be another command. */
function word(name: string): string {
  if (/[\r\n]/.test(name) || name === "") {
    throw new TypeError(
      `Cannot use ${
        JSON.stringify(name)
      } as a Java name: it is empty or has a line break`,
    );
  }
  return name;
}
