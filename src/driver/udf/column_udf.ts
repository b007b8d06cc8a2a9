/**
 * Functions over whole columns, and aggregates.
 *
 * @module
 */
import { EVAL_TYPE } from "../../protocol/marker.ts";
import type { Table } from "../../serde/arrow/arrow_table.ts";
import type { UdfForm } from "../../protocol/udf_record.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import { checkUdfOptions, functionName, toType } from "./udf_definition.ts";
import type { UdfOptions } from "./udf_options.ts";
import type {
  AnyResultType,
  ResultOf,
  ResultType,
  ValueOfType,
} from "./udf_types.ts";
import {
  type UserDefinedFunction,
  userDefinedFunction,
} from "./user_defined_function.ts";

/** A column of apache-arrow, of any type. */
export type ArrowVector = NonNullable<ReturnType<Table["getChildAt"]>>;

/** What a function over columns may give as one: a vector of apache-arrow, a typed array, or an array. */
export type ColumnFor<D> =
  | ArrowVector
  | readonly ResultOf<D>[]
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** A column, now or later. */
export type LaterColumnFor<D> = ColumnFor<D> | PromiseLike<ColumnFor<D>>;

/** What is to be said of a function over whole columns: nulls are in them. */
export type ColumnUdfOptions = Omit<UdfOptions, "nullInput">;

/**
 * Makes a function over whole columns one for queries: it is given vectors of
 * apache-arrow, a batch at a time, and gives a column as long.
 *
 * @param f the function
 * @param returnType the type of its results
 * @param options name, whether it is deterministic
 * @throws SparkError `DDL_INVALID` for words that are no type
 *
 * @example
 * ```ts
 * import { arrowUdf } from "@tspark/tspark";
 *
 * const twice = arrowUdf((x) => Float64Array.from(x, (value) => 2 * value), "double");
 * ```
 */
export function arrowUdf<const D extends AnyResultType>(
  f: (...columns: ArrowVector[]) => LaterColumnFor<D>,
  returnType: ResultType<D>,
  options: ColumnUdfOptions = {},
): UserDefinedFunction<readonly unknown[], ValueOfType<D>> {
  return columnFunction(f, returnType as D, options, {
    form: "vector",
    evalType: EVAL_TYPE.SQL_SCALAR_PANDAS_UDF,
    site: callSite("arrowUdf()"),
  });
}

/**
 * As {@link arrowUdf}, of a function that is called once a task: it is given
 * all batches in turn, each a list of vectors, and gives a column for each, so
 * that what is costly to set up is set up once.
 *
 * @param f the function
 * @param returnType the type of its results
 * @param options name, whether it is deterministic
 *
 * @example
 * ```ts
 * import { arrowIteratorUdf } from "@tspark/tspark";
 *
 * const scored = arrowIteratorUdf(function* (batches) {
 *   const weights = new Map([["a", 1], ["b", 2]]); // once
 *   for (const [words] of batches) {
 *     yield Array.from(words ?? [], (word) => weights.get(word) ?? 0);
 *   }
 * }, "int");
 * ```
 */
export function arrowIteratorUdf<const D extends AnyResultType>(
  f: (
    batches: IterableIterator<readonly ArrowVector[]>,
  ) => Iterable<ColumnFor<D>> | AsyncIterable<ColumnFor<D>>,
  returnType: ResultType<D>,
  options: ColumnUdfOptions = {},
): UserDefinedFunction<readonly unknown[], ValueOfType<D>> {
  return columnFunction(f, returnType as D, options, {
    form: "vectorIterator",
    evalType: EVAL_TYPE.SQL_SCALAR_PANDAS_ITER_UDF,
    site: callSite("arrowIteratorUdf()"),
  });
}

/**
 * Makes an aggregate of the program's own: a function that is given the values
 * of a group, a list for each argument, and gives one value. Used in `agg()`
 * and, by `over()`, over windows.
 *
 * @param f the function
 * @param returnType the type of its results
 * @param options name, whether it is deterministic
 *
 * @example
 * ```ts
 * import { aggregateUdf, type DataFrame } from "@tspark/tspark";
 *
 * const median = aggregateUdf((values: readonly number[]) => {
 *   const sorted = values.toSorted((a, b) => a - b);
 *   return sorted[sorted.length >> 1] ?? null;
 * }, "double");
 * const medians = (df: DataFrame<{ key: string; value: number }>) =>
 *   df.groupBy("key").agg(median("value").as("median"));
 * ```
 */
export function aggregateUdf<
  A extends readonly (readonly unknown[])[],
  const D extends AnyResultType,
>(
  f: (...columns: A) => ResultOf<D>,
  returnType: ResultType<D>,
  options: ColumnUdfOptions = {},
): UserDefinedFunction<
  { readonly [K in keyof A]: A[K][number] },
  ValueOfType<D>
> {
  return columnFunction(f, returnType as D, options, {
    form: "aggregate",
    evalType: EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
    site: callSite("aggregateUdf()"),
  });
}

/**
 * As {@link aggregateUdf}, of a function that is given vectors of apache-arrow.
 *
 * @param f the function
 * @param returnType the type of its results
 * @param options name, whether it is deterministic
 */
export function arrowAggregateUdf<const D extends AnyResultType>(
  f: (...columns: ArrowVector[]) => ResultOf<D> | PromiseLike<ResultOf<D>>,
  returnType: ResultType<D>,
  options: ColumnUdfOptions = {},
): UserDefinedFunction<readonly unknown[], ValueOfType<D>> {
  return columnFunction(f, returnType as D, options, {
    form: "aggregateVectors",
    evalType: EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
    site: callSite("arrowAggregateUdf()"),
  });
}

function columnFunction<A extends readonly unknown[], R>(
  f: unknown,
  returnType: AnyResultType,
  options: ColumnUdfOptions,
  kind: {
    readonly form: UdfForm;
    readonly evalType: number;
    readonly site: CallSite;
  },
): UserDefinedFunction<A, R> {
  const own = functionName(f, "udf");
  checkUdfOptions(kind.site, options);
  const { name, deterministic = true } = options;
  return userDefinedFunction<A, R>(Object.freeze({
    functions: [f],
    name: name ?? own,
    returnType: toType(returnType),
    deterministic,
    nullInput: "call",
    calls: null,
    ...kind,
  }));
}
