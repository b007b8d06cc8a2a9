import { describeValue } from "../../../common/describe_value.ts";
import type { Argument, Entries, Items, TypedNumber } from "./nodes.ts";

export type {
  Argument,
  Entries,
  Items,
  ObjectArgument,
  PlainValue,
  StorageArgument,
  TypeArgument,
  TypedNumber,
} from "./nodes.ts";

/**
 * Arguments as a Scala `Seq`.
 *
 * @throws TypeError for what is no list, which a program may give that nobody compiles
 */
export function seq(items: readonly Argument[]): Items {
  const given: unknown = items;
  if (!Array.isArray(given)) {
    throw new TypeError(
      `Cannot use ${describeValue(given)} as a list of names: give an array`,
    );
  }
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
