import { describeValue } from "../../../common/describe_value.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import { type Argument, double, javaMap, long, seq } from "./argument.ts";
import { type Relation, relation } from "./relation.ts";

/** A value that stands for a missing one. */
export type FillValue = string | number | bigint | boolean;
/** A value to be replaced, or to replace another. */
export type ReplaceValue = string | number | boolean | null;

/** Which rows {@link drop} leaves out. */
export interface DropOptions {
  readonly how?: "any" | "all";
  readonly thresh?: number;
  readonly subset?: string | readonly string[];
}

/** Rows without those that lack values. Peer: `DataFrameNaFunctions.drop`. */
export function drop(
  input: Relation,
  { how = "any", thresh, subset }: DropOptions,
  site: CallSite,
): Relation {
  const args: Argument[] = [thresh ?? how];
  if (subset !== undefined) args.push(names(subset));
  return relation(nullFunctions(input, site), "drop", args, site);
}

/** Values in place of nulls. Peer: `DataFrameNaFunctions.fill`. */
export function fill(
  input: Relation,
  value: FillValue | Readonly<Record<string, FillValue>>,
  subset: string | readonly string[] | undefined,
  site: CallSite,
): Relation {
  const given: unknown = value;
  if (given === null || given === undefined) {
    throw new TypeError(
      `Cannot fill missing values by ${given}: give a number, a text or a boolean, or one for each column, such as { age: 0 }`,
    );
  }
  const na = nullFunctions(input, site);
  if (typeof value === "object") {
    const entries = Object.entries(value)
      .map(([name, each]) => [name, fillArgument(each)] as const);
    return relation(na, "fill", [javaMap(entries)], site);
  }
  const args = [fillArgument(value)];
  if (subset !== undefined) args.push(names(subset));
  return relation(na, "fill", args, site);
}

/**
 * Values in place of others. Peer: `DataFrameNaFunctions.replace`.
 *
 * @throws TypeError for values of several types, and for what is no Map
 */
export function replace(
  input: Relation,
  values: ReadonlyMap<ReplaceValue, ReplaceValue>,
  subset: string | readonly string[] | undefined,
  site: CallSite,
): Relation {
  const given: unknown = values;
  if (!(given instanceof Map)) {
    throw new TypeError(
      `Cannot replace values by ${
        describeValue(given)
      }: it is no Map; give what replaces what, such as new Map([["old", "new"]])`,
    );
  }
  const types = new Set(
    [...values].flat().filter((value) => value !== null).map((value) =>
      typeof value
    ),
  );
  if (types.size > 1) {
    throw new TypeError(
      `Cannot replace values of several types (${
        [...types].join(", ")
      }): one call takes texts, numbers or booleans; write one call for each`,
    );
  }
  const entries = [...values].map(([from, to]) =>
    [replaceArgument(from), replaceArgument(to)] as const
  );
  // Columns by a Scala `Seq` go with a Scala `Map`, all columns with a Java one.
  const args: Argument[] = subset === undefined
    ? ["*", javaMap(entries)]
    : [names(subset), { kind: "entries", as: "scala", entries }];
  return relation(nullFunctions(input, site), "replace", args, site);
}

function nullFunctions(input: Relation, site: CallSite): Relation {
  return relation(input, "na", [], site);
}

function names(subset: string | readonly string[]): Argument {
  return seq(typeof subset === "string" ? [subset] : subset);
}

/** A whole number as a long, so that no digit of a long column is lost. */
function fillArgument(value: FillValue): Argument {
  if (typeof value === "bigint") return long(value);
  if (typeof value !== "number") return value;
  return Number.isSafeInteger(value) ? long(value) : double(value);
}

/** Spark matches a column's values as doubles. */
function replaceArgument(value: ReplaceValue): Argument {
  return typeof value === "number" ? double(value) : value;
}
