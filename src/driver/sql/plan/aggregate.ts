import type { CallSite } from "../../runtime/call_site.ts";
import { call, columnName, type Expression } from "../expression/expression.ts";
import {
  columnOrName,
  type HasExpression,
  hasExpression,
} from "../expression/to_expression.ts";
import { type Argument, list } from "./argument.ts";
import { type Relation, relation } from "./relation.ts";
import { literalValueOf } from "../expression/to_expression.ts";

/** An aggregate for each column, by name: `{ age: "max" }`, `{ "*": "count" }`. */
export type AggregateNames = Readonly<Record<string, string>>;

/**
 * Aggregates of each group.
 *
 * @param grouped a node whose object is a `RelationalGroupedDataset`
 * @param aggregates columns, or one object of names
 */
export function aggregate(
  grouped: Relation,
  aggregates: readonly HasExpression[] | readonly [AggregateNames],
  site: CallSite,
): Relation {
  const [first, ...others] = aggregates.flatMap((each): Expression[] =>
    hasExpression(each) ? [columnOrName(each)] : namedAggregates(each)
  );
  if (first === undefined) {
    throw new TypeError(
      'Cannot aggregate nothing: give at least one aggregate, such as sum("amount")',
    );
  }
  return relation(grouped, "agg", [first, columnSeqOf(others)], site);
}

function columnSeqOf(expressions: readonly Expression[]): Argument {
  return { kind: "items", as: "seq", items: expressions };
}

function namedAggregates(names: AggregateNames): Expression[] {
  return Object.entries(names).map(([column, name]) =>
    call(name, [
      column === "*" && name.toLowerCase() === "count"
        ? { kind: "literal", value: 1 }
        : columnName(column),
    ])
  );
}

/** A built-in aggregate of all numeric columns, or of those named. */
export function numericAggregate(
  grouped: Relation,
  name: "avg" | "max" | "mean" | "min" | "sum",
  columns: readonly string[],
  site: CallSite,
): Relation {
  const names: Argument = { kind: "items", as: "seq", items: columns };
  return relation(grouped, name, [names], site);
}

/**
 * A column's values as columns of their own.
 *
 * @param column the column by name, or as it is
 * @param values which values; null for all, which takes a job of its own
 */
export function pivot(
  grouped: Relation,
  column: string | HasExpression,
  values: readonly unknown[] | null,
  site: CallSite,
): Relation {
  const key = typeof column === "string" ? column : columnOrName(column);
  const args = values === null
    ? [key]
    : [key, list(values.map(literalValueOf))];
  return relation(grouped, "pivot", args, site);
}
