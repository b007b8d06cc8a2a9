import { SparkError } from "../../common/errors.ts";
import { showValue } from "../../common/show_value.ts";
import { EVAL_TYPE } from "../../protocol/marker.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import { checkFlag, checkOptions } from "../rdd/checks.ts";
import { fullAsyncOptions } from "../rdd/async_options.ts";
import { AGGREGATOR } from "./aggregator.ts";
import { functionName, toType, type UdfDefinition } from "./udf_definition.ts";
import type { AsyncUdfOptions, UdfOptions } from "./udf_options.ts";
import type {
  AnyResultType,
  ResultOf,
  ResultType,
  ValueOfType,
  WithoutCall,
} from "./udf_types.ts";
import {
  type UserDefinedFunction,
  userDefinedFunction,
} from "./user_defined_function.ts";

const OPTIONS = ["name", "deterministic", "nullInput"];

/**
 * Makes a function of the program's one for queries: it is called with the
 * values of one row, on the executors, with everything that it uses.
 *
 * @param f the function; null comes as null, unless the options say otherwise
 * @param returnType the type of its results, such as `"int"` or
 *   `"struct<a: int, b: string>"`. A result that is no value of it is an error
 * @param options name, whether it is deterministic, what becomes of nulls
 * @throws SparkError `DDL_INVALID` for words that are no type
 *
 * @example
 * ```ts
 * import { type SparkSession, udf } from "@tspark/tspark";
 *
 * const initials = udf(
 *   (first: string | null, last: string | null) => `${first?.[0]}${last?.[0]}`,
 *   "string",
 * );
 * const all = (spark: SparkSession) =>
 *   spark.read.json("people.json").select(initials("first", "last"));
 * ```
 */
export function udf<
  A extends readonly unknown[],
  const D extends AnyResultType,
>(
  f: (...args: A) => ResultOf<D>,
  returnType: ResultType<D>,
  options: UdfOptions = {},
): UserDefinedFunction<A, ValueOfType<D>> {
  return userDefinedFunction(
    rowDefinition(f, returnType as D, options, callSite("udf()")),
  );
}

/**
 * As {@link udf}, of a function that awaits: so many calls at a time in each
 * task, the results in the order of the rows.
 *
 * @param f the function; one that declares a parameter more, of type
 *   {@link AsyncCall}, is told of its call there, whose signal ends what takes
 *   too long
 * @param returnType the type of its results
 * @param options how calls are made, besides those of {@link udf}
 * @throws RangeError for a number out of range
 *
 * @example
 * ```ts
 * import { type AsyncCall, asyncUdf } from "@tspark/tspark";
 *
 * const title = asyncUdf(
 *   async (url: string, { signal }: AsyncCall) =>
 *     (await (await fetch(url, { signal })).text()).slice(0, 80),
 *   "string",
 *   {
 *     concurrency: 64,
 *     timeoutMs: 5_000,
 *     retries: 4,
 *     retryDelayMs: 100,
 *     backoff: 2, // 100, 200, 400 and 800 ms
 *     retryIf: (error) => !(error instanceof RangeError),
 *   },
 * );
 * ```
 */
export function asyncUdf<
  A extends readonly unknown[],
  const D extends AnyResultType,
>(
  f: (...args: A) => PromiseLike<ResultOf<D>>,
  returnType: ResultType<D>,
  options: AsyncUdfOptions = {},
): UserDefinedFunction<WithoutCall<A>, ValueOfType<D>> {
  const site = callSite("asyncUdf()");
  const { retryIf, ordered: _, ...calls } = fullAsyncOptions(
    "asyncUdf()",
    options,
    OPTIONS,
  );
  return userDefinedFunction({
    ...definition(f, returnType as D, options, site),
    functions: retryIf === null ? [f] : [f, retryIf],
    form: "asyncRow",
    calls,
  });
}

/**
 * What a row function is.
 *
 * @param f the function
 * @param returnType the type of its results
 * @param options what the program said of it
 * @param site where it did
 */
export function rowDefinition(
  f: unknown,
  returnType: AnyResultType,
  options: UdfOptions,
  site: CallSite,
): UdfDefinition {
  const name = functionName(f, "udf");
  if (AGGREGATOR in (f as object)) throw isAggregator(name);
  if (Object.prototype.toString.call(f) === "[object AsyncFunction]") {
    throw new SparkError(
      "UDF_AWAITS",
      `Cannot make a function for SQL of "${name}" by udf(): it is async, and gives promises; use asyncUdf()`,
      { function: name },
    );
  }
  checkOptions(site.operation, options, OPTIONS);
  return definition(f, returnType, options, site);
}

function isAggregator(name: string): SparkError {
  return new SparkError(
    "AGGREGATOR_PLACE",
    `Cannot make a function for SQL of the aggregator "${name}": it runs in two stages of its own, which SQL has no place for; put it into agg(), or make an aggregate by aggregateUdf()`,
    { aggregator: name },
  );
}

function definition(
  f: unknown,
  returnType: AnyResultType,
  options: UdfOptions,
  site: CallSite,
): UdfDefinition {
  const { nullInput = "call", deterministic = true } = options;
  checkFlag(site.operation, "deterministic", deterministic);
  if (nullInput !== "call" && nullInput !== "skip") {
    throw new RangeError(
      `Cannot run ${site.operation} with nullInput ${
        showValue(nullInput)
      }: give "call" or "skip"`,
    );
  }
  return Object.freeze({
    functions: [f],
    name: options.name ?? functionName(f, "udf"),
    returnType: toType(returnType),
    form: "row",
    evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
    deterministic,
    nullInput,
    calls: null,
    site,
  });
}
