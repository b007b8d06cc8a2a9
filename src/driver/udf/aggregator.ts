/**
 * Aggregates of the program's own that are computed in parts.
 *
 * @module
 */
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import type { DataType } from "../../types/spark_types.ts";
import type { VALUE_TYPE } from "../../types/typed.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import type { Expression } from "../sql/expression/expression.ts";
import { printExpression } from "../sql/expression/print_expression.ts";
import {
  columnOrName,
  EXPRESSION,
  type HasExpression,
} from "../sql/expression/to_expression.ts";
import type { COLUMN_NAME } from "../sql/typing/column_like.ts";
import { checkOptions } from "../rdd/checks.ts";
import { refuseCapture } from "./refuse_capture.ts";
import { toType } from "./udf_definition.ts";
import type {
  AnyResultType,
  ArgumentColumns,
  ResultOf,
  ResultType,
  ValueOfType,
} from "./udf_types.ts";

/**
 * How values are aggregated in parts: each task reduces its rows into buffers,
 * a buffer for each group; only these are shuffled, merged and finished. A
 * buffer may be whatever a record of an RDD may be; a method may change the
 * buffer that it is given and return it.
 */
export interface Aggregator<A extends readonly unknown[], B, R> {
  /** A new buffer of no values. */
  zero(): B;
  /** A buffer with the values of one row more. */
  reduce(buffer: B, ...values: A): B;
  /** Two buffers as one. */
  merge(left: B, right: B): B;
  /** The result of a buffer. */
  finish(buffer: B): R;
}

/** What else is to be said of an aggregator. */
export interface AggregatorOptions {
  /** The name in plans, messages and results; that of its class, else `udaf`. */
  readonly name?: string;
}

/** An aggregator for use in `agg()`: called with columns, it gives the column of its results. */
export interface UserDefinedAggregator<
  A extends readonly unknown[] = readonly unknown[],
  R = unknown,
> {
  /** The column of the results, given columns or their names. */
  (...columns: ArgumentColumns<A>): AggregatorColumn<R>;
  /** The name in plans, messages and results. */
  readonly name: string;
  /** The type of the results. */
  readonly returnType: DataType;
}

/** An aggregator, ready to be used; plain frozen data. */
export interface AggregatorDefinition {
  readonly aggregator: object;
  readonly name: string;
  readonly returnType: DataType;
  /** Where the program made it. */
  readonly site: CallSite;
}

/**
 * Makes an aggregator one for `agg()`. Groups are aggregated in two stages: on
 * the way to the shuffle by `reduce`, behind it by `merge` and `finish`.
 *
 * @param aggregator an object, or an instance of a class, with `zero`,
 *   `reduce`, `merge` and `finish`
 * @param returnType the type of its results
 * @param options its name
 * @throws SparkError `AGGREGATOR_INVALID` where a method is missing, and
 *   `DDL_INVALID` for words that are no type
 *
 * @example
 * ```ts
 * import { type DataFrame, udaf } from "@tspark/tspark";
 *
 * const average = udaf({
 *   zero: () => ({ sum: 0, count: 0 }),
 *   reduce: ({ sum, count }, x: number) => ({ sum: sum + x, count: count + 1 }),
 *   merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
 *   finish: ({ sum, count }) => sum / count,
 * }, "double", { name: "average" });
 * const averages = (df: DataFrame<{ city: string; amount: number }>) =>
 *   df.groupBy("city").agg(average("amount").as("average"));
 * ```
 */
export function udaf<
  A extends readonly unknown[],
  B,
  const D extends AnyResultType,
>(
  aggregator: Aggregator<A, B, ResultOf<D>>,
  returnType: ResultType<D>,
  options: AggregatorOptions = {},
): UserDefinedAggregator<A, ValueOfType<D>> {
  checkOptions("udaf()", options, ["name"]);
  const definition: AggregatorDefinition = Object.freeze({
    aggregator: checked(aggregator),
    name: options.name ?? nameOf(aggregator),
    returnType: toType(returnType as AnyResultType),
    site: callSite("udaf()"),
  });
  const call = (...columns: ArgumentColumns<A>) =>
    new AggregatorColumn<ValueOfType<D>>(
      definition,
      [...columns].map((column) =>
        columnOrName(column as string | HasExpression)
      ),
    );
  return Object.freeze(Object.defineProperties(call, {
    name: { value: definition.name },
    [AGGREGATOR]: { value: definition },
    [REFUSE_CAPTURE]: { value: refuseCapture("udaf()") },
    returnType: { value: definition.returnType, enumerable: true },
  })) as UserDefinedAggregator<A, ValueOfType<D>>;
}

/** Where an aggregator, and a column of its results, keeps what it is; not exported to users. */
export const AGGREGATOR: unique symbol = Symbol("tspark.aggregator");

/** What a column of an aggregator's is. */
export interface AggregatorCall {
  readonly definition: AggregatorDefinition;
  readonly args: readonly Expression[];
  /** The name of the results' column. */
  readonly name: string;
}

/** A column of an aggregator's results: it stands in `agg()`, and nowhere else. */
export class AggregatorColumn<T = unknown, N extends string = string> {
  /** Never there: for the compiler only. */
  declare readonly [VALUE_TYPE]?: T;
  /** Never there: for the compiler only. */
  declare readonly [COLUMN_NAME]?: N;
  /** @internal */
  readonly [AGGREGATOR]: AggregatorCall;

  /** @internal */
  constructor(
    definition: AggregatorDefinition,
    args: readonly Expression[],
    name?: string,
  ) {
    const printed = args.map(printExpression).join(", ");
    this[AGGREGATOR] = {
      definition,
      args,
      name: name ?? `${definition.name}(${printed})`,
    };
  }

  /** The column under another name. */
  as<const M extends string>(name: M): AggregatorColumn<T, M> {
    const { definition, args } = this[AGGREGATOR];
    return new AggregatorColumn<T, M>(definition, args, name);
  }

  /** The same as {@link AggregatorColumn.as}. */
  alias<const M extends string>(name: M): AggregatorColumn<T, M> {
    return this.as(name);
  }

  /** @internal */
  get [EXPRESSION](): Expression {
    const { name } = this[AGGREGATOR].definition;
    throw new SparkError(
      "AGGREGATOR_PLACE",
      `Cannot use the aggregator "${name}" in an expression: it runs in two stages of its own; put it into agg() as it is, and compute with its results behind`,
      { aggregator: name },
    );
  }
}

/** Whether a value is a column of an aggregator's. */
export function isAggregatorColumn(value: unknown): value is AggregatorColumn {
  return value instanceof AggregatorColumn;
}

const METHODS = ["zero", "reduce", "merge", "finish"] as const;

function checked(aggregator: unknown): object {
  const missing = typeof aggregator === "object" && aggregator !== null
    ? METHODS.find((name) =>
      typeof Reflect.get(aggregator, name) !== "function"
    )
    : METHODS[0];
  if (missing === undefined) return aggregator as object;
  const described = describeValue(aggregator);
  throw new SparkError(
    "AGGREGATOR_INVALID",
    `Cannot make an aggregator of ${described}: it has no method "${missing}"; give an object with zero, reduce, merge and finish`,
    { missing },
  );
}

function nameOf({ constructor }: object): string {
  const name: unknown = constructor?.name;
  return typeof name === "string" && name !== "" && name !== "Object"
    ? name
    : "udaf";
}
