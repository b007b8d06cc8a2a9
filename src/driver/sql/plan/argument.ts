import type { Gateway } from "../../gateway/gateway.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { Expression } from "../expression/expression.ts";
import type { Relation } from "./relation.ts";

/** A value that the JVM takes as it is. A number goes as an int, or a double where it is not whole. */
export type PlainValue = null | boolean | number | string | Uint8Array;

/** A number whose Java type matters. */
export interface TypedNumber {
  readonly kind: "long" | "double";
  readonly value: number | bigint;
}

/** Several arguments as one collection of the JVM's. */
export interface Items {
  readonly kind: "items";
  /** `seq` for a Scala `Seq`, `list` for a `java.util.List`, `scalaList` for a Scala `List`, otherwise an array of that Java class. */
  readonly as: "seq" | "list" | "scalaList" | { readonly arrayOf: string };
  readonly items: readonly Argument[];
}

/** Names with their arguments, as a `java.util.Map` or a Scala `Map`, in their order. */
export interface Entries {
  readonly kind: "entries";
  readonly as: "java" | "scala";
  readonly entries: readonly (readonly [Argument, Argument])[];
}

/** A type, as the JVM's `DataType` object. */
export interface TypeArgument {
  readonly kind: "type";
  /** The type as Spark's JSON writes it. */
  readonly json: string;
}

/** A storage level, as the JVM's object. */
export interface StorageArgument {
  readonly kind: "storage";
  readonly flags: readonly [
    useDisk: boolean,
    useMemory: boolean,
    useOffHeap: boolean,
    deserialized: boolean,
    replication: number,
  ];
}

/** An object of the JVM's that is neither a plan nor a column, made when it is needed. */
export interface ObjectArgument {
  readonly kind: "object";
  /** What it is, for people. */
  readonly name: string;
  /** Makes it, or gives the one that was made before. */
  readonly make: (gateway: Gateway) => Promise<JavaObject>;
}

/** What an operation of a plan or of an expression is given. */
export type Argument =
  | PlainValue
  | ObjectArgument
  | TypedNumber
  | Items
  | Entries
  | TypeArgument
  | StorageArgument
  | Expression
  | Relation;

/** Arguments as a Scala `Seq`. */
export function seq(items: readonly Argument[]): Items {
  return Object.freeze({ kind: "items", as: "seq", items });
}

/** Arguments as a `java.util.List`. */
export function list(items: readonly Argument[]): Items {
  return Object.freeze({ kind: "items", as: "list", items });
}

/** Arguments as a Scala `List`. */
export function scalaList(items: readonly Argument[]): Items {
  return Object.freeze({ kind: "items", as: "scalaList", items });
}

/** Arguments as a Java array. */
export function array(arrayOf: string, items: readonly Argument[]): Items {
  return Object.freeze({ kind: "items", as: { arrayOf }, items });
}

/** Names and arguments as a `java.util.Map`. */
export function javaMap(
  entries: readonly (readonly [Argument, Argument])[],
): Entries {
  return Object.freeze({ kind: "entries", as: "java", entries });
}

/** A Java long. */
export function long(value: number | bigint): TypedNumber {
  return Object.freeze({ kind: "long", value });
}

/** A Java double. */
export function double(value: number): TypedNumber {
  return Object.freeze({ kind: "double", value });
}
