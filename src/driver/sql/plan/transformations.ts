/**
 * DataFrame operations as nodes of a plan: what the program gives becomes what
 * Spark's `Dataset` takes.
 *
 * @module
 */
import { describeValue } from "../../../common/describe_value.ts";
import { checkFlag, checkOptions } from "../../rdd/checks.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { Expression } from "../expression/expression.ts";
import {
  columnOrName,
  type HasExpression,
  hasExpression,
  toExpression,
} from "../expression/to_expression.ts";
import { operation } from "../expression/expression.ts";
import { printArgument } from "../expression/print_expression.ts";
import {
  type Argument,
  array,
  double,
  long,
  scalaList,
  seq,
} from "./argument.ts";
import { type Relation, relation } from "./relation.ts";

/** A column by name, or as it is. */
export type NameOrColumn = string | HasExpression;

/** Columns as a `Seq` of Spark's. */
export function columnSeq(columns: readonly NameOrColumn[]): Argument {
  return seq(columns.map(columnOrName));
}

/** Names or columns to select, in SQL where they are texts of expressions. */
export function select(
  input: Relation,
  columns: readonly NameOrColumn[],
  site: CallSite,
): Relation {
  return relation(input, "select", [columnSeq(columns)], site);
}

/** SQL expressions to select. */
export function selectExpr(
  input: Relation,
  texts: readonly string[],
  site: CallSite,
): Relation {
  return relation(input, "selectExpr", [seq(texts)], site);
}

/** Rows for which a condition holds. */
export function filter(
  input: Relation,
  condition: NameOrColumn,
  site: CallSite,
): Relation {
  const argument = typeof condition === "string"
    ? condition
    : columnOrName(condition);
  return relation(input, "filter", [argument], site);
}

/** Columns added or replaced, in the order of the names. */
export function withColumns(
  input: Relation,
  columns: readonly (readonly [string, HasExpression])[],
  site: CallSite,
): Relation {
  return relation(input, "withColumns", [
    seq(columns.map(([name]) => name)),
    columnSeq(columns.map(([, column]) => column)),
  ], site);
}

/** Columns left out, by name and by origin. */
export function drop(
  input: Relation,
  columns: readonly NameOrColumn[],
  site: CallSite,
): Relation {
  const names = columns.filter((column) => typeof column === "string");
  const [first, ...others] = columns
    .filter((column) => typeof column !== "string")
    .map(columnOrName);
  const node = first === undefined
    ? input
    : relation(input, "drop", [first, seq(others)], site);
  return names.length > 0 || first === undefined
    ? relation(node, "drop", [seq(names)], site)
    : node;
}

/** What a join is on: column names that both sides have, or a condition. */
export type JoinOn =
  | string
  | readonly string[]
  | HasExpression
  | readonly HasExpression[]
  | null;

/**
 * Two frames side by side.
 *
 * @param on what has to be equal, or hold; null for every pair of rows
 * @param how the kind of join; null for Spark's default
 */
export function join(
  input: Relation,
  other: Relation,
  on: JoinOn,
  how: string | null,
  site: CallSite,
): Relation {
  if (on === null && how === null) {
    return relation(input, "join", [other], site);
  }
  return relation(input, "join", [other, joinOn(on), how ?? "inner"], site);
}

function joinOn(on: JoinOn): Argument {
  if (on === null) return seq([]);
  if (typeof on === "string") return seq([on]);
  if (!isList(on)) return columnOrName(on);
  const list: readonly NameOrColumn[] = on;
  if (list.every((name) => typeof name === "string")) return seq(list);
  const conditions = list.map(columnOrName);
  if (list.every(hasExpression)) return conditions.reduce(both);
  throw new TypeError(
    'Cannot join on names and conditions in one list: give names that both frames have, or conditions such as a.col("id").eq(b.col("id"))',
  );
}

function isList<T>(value: object): value is readonly T[] {
  return Array.isArray(value);
}

function both(left: Expression, right: Expression): Expression {
  return operation(left, "and", [right]);
}

/** A join whose right side may use columns of the left. */
export function lateralJoin(
  input: Relation,
  other: Relation,
  on: HasExpression | null,
  how: string | null,
  site: CallSite,
): Relation {
  const args: Argument[] = [other];
  if (on !== null) args.push(columnOrName(on));
  if (how !== null) args.push(how);
  return relation(input, "lateralJoin", args, site);
}

/** Which keys of a sort are ascending: all of them, or one by one. */
export interface SortOptions {
  /** Whether the order is ascending, for all columns or for each; true by default. */
  readonly ascending?: boolean | readonly boolean[];
}

/** Sorted rows, of the whole frame or within its partitions. */
export function sort(
  input: Relation,
  method: "sort" | "sortWithinPartitions",
  columns: readonly (NameOrColumn | number)[],
  options: SortOptions,
  site: CallSite,
): Relation {
  checkOptions(site.operation, options, ["ascending"]);
  const { ascending = true } = options;
  for (const each of Array.isArray(ascending) ? ascending : [ascending]) {
    checkFlag(site.operation, "ascending", each);
  }
  const keys = columns.map((column, index): Expression => {
    const isAscending = typeof ascending === "boolean"
      ? ascending
      : ascending[index] ?? true;
    const key = typeof column === "number"
      ? toExpression(Math.abs(column))
      : columnOrName(column);
    const down = !isAscending || (typeof column === "number" && column < 0);
    return down ? operation(key, "desc") : key;
  });
  return relation(input, method, [seq(keys)], site);
}

/** Rows of equal values together. */
export function groupBy(
  input: Relation,
  method: "groupBy" | "rollup" | "cube",
  columns: readonly (NameOrColumn | number)[],
  site: CallSite,
): Relation {
  return relation(input, method, [ordinalSeq(columns)], site);
}

/** Rows grouped by each of several sets of columns. */
export function groupingSets(
  input: Relation,
  sets: readonly (readonly NameOrColumn[])[],
  columns: readonly NameOrColumn[],
  site: CallSite,
): Relation {
  const args = [seq(sets.map(columnSeq)), columnSeq(columns)];
  return relation(input, "groupingSets", args, site);
}

/** Columns by name, as they are, or by their place from 1. */
function ordinalSeq(columns: readonly (NameOrColumn | number)[]): Argument {
  return seq(
    columns.map((column) =>
      typeof column === "number" ? toExpression(column) : columnOrName(column)
    ),
  );
}

/** Another number of partitions, or partitions by the values of columns. */
export function repartition(
  input: Relation,
  method: "repartition" | "repartitionByRange",
  first: number | NameOrColumn,
  columns: readonly NameOrColumn[],
  site: CallSite,
): Relation {
  if (typeof first !== "number") {
    return relation(input, method, [columnSeq([first, ...columns])], site);
  }
  const args = columns.length === 0 ? [first] : [first, columnSeq(columns)];
  return relation(input, method, args, site);
}

/** Rows without those that are equal in some columns, or in all. */
export function dropDuplicates(
  input: Relation,
  method: "dropDuplicates" | "dropDuplicatesWithinWatermark",
  subset: readonly string[] | null,
  site: CallSite,
): Relation {
  return relation(input, method, subset === null ? [] : [seq(subset)], site);
}

/** Columns into rows. */
export function unpivot(
  input: Relation,
  ids: readonly NameOrColumn[],
  values: readonly NameOrColumn[] | null,
  names: readonly [variable: string, value: string],
  site: CallSite,
): Relation {
  const args = values === null
    ? [columnSeq(ids), ...names]
    : [columnSeq(ids), columnSeq(values), ...names];
  return relation(input, "unpivotWithSeq", args, site);
}

/** Rows taken at random. */
export function sample(
  input: Relation,
  withReplacement: boolean,
  fraction: number,
  seed: number | bigint,
  site: CallSite,
): Relation {
  return relation(
    input,
    "sample",
    [withReplacement, double(fraction), long(seed)],
    site,
  );
}

/** Rows dealt out at random: one node for each weight. */
export function randomSplit(
  input: Relation,
  weights: readonly number[],
  seed: number | bigint,
  site: CallSite,
): Relation[] {
  const all = relation(
    input,
    "randomSplit",
    [scalaList(weights.map(double)), long(seed)],
    site,
  );
  return weights.map((_, index) => relation(all, "elementAt", [index], site));
}

/** Advice for Spark's optimizer. */
export function hint(
  input: Relation,
  name: string,
  parameters: readonly unknown[],
  site: CallSite,
): Relation {
  return relation(input, "hint", [name, seq(parameters.map(hintOf))], site);
}

function hintOf(parameter: unknown): Argument {
  if (!Array.isArray(parameter)) {
    return typeof parameter === "string" || typeof parameter === "number"
      ? parameter
      : toExpression(parameter);
  }
  if (typeof parameter[0] === "string") {
    return array("java.lang.String", parameter);
  }
  return parameter.every(Number.isInteger)
    ? array("long", parameter.map(long))
    : array("double", parameter.map(double));
}

/**
 * Refuses what is no sample.
 *
 * @throws RangeError for a fraction that is no number
 * @throws TypeError for options that there are not
 */
export function checkSample(fraction: number, options: object): void {
  if (typeof fraction !== "number") {
    throw new RangeError(
      `Cannot take a sample with fraction ${
        describeValue(fraction)
      }: give a number from 0 to 1`,
    );
  }
  checkOptions("sample()", options, ["withReplacement", "seed"]);
  const { withReplacement = false }: { readonly withReplacement?: unknown } =
    options;
  checkFlag("sample()", "withReplacement", withReplacement);
}

/** The keys of a sort, and what it is told besides. */
export function sortArguments<C extends NameOrColumn | number>(
  columns: readonly (C | SortOptions)[],
): [keys: C[], options: SortOptions] {
  const last = columns.at(-1);
  if (typeof last === "boolean" && columns.length > 1) {
    throw new TypeError(
      `Cannot sort by ${last}: it is no column; give the order as { ascending: ${last} }`,
    );
  }
  if (typeof last !== "object" || last === null || hasExpression(last)) {
    return [columns as C[], {}];
  }
  return [columns.slice(0, -1) as C[], last as SortOptions];
}

/** A plan as a person reads it: its operations, the source first. */
export function print(node: Relation): string {
  const parts: string[] = [];
  for (let at: Relation | null = node; at !== null; at = at.input) {
    parts.push(`${at.operation}(${at.args.map(printArgument).join(", ")})`);
  }
  return parts.reverse().join(".");
}
