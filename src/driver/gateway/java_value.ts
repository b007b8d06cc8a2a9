/**
 * What calls into the JVM take and give.
 *
 * @module
 */

export type { JavaArgument, JavaValue } from "./java_object.ts";
export { JavaDecimal, JavaNumber, type PlainValue } from "./java_scalar.ts";
