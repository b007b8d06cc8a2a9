import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { EVAL_TYPE } from "../../protocol/marker.ts";
import { typeJson } from "../../types/spark_types.ts";
import { makeSeq } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import { DataFrame } from "../sql/data_frame.ts";
import { RELATION } from "../sql/frame_relation.ts";
import {
  columnOrName,
  hasExpression,
} from "../sql/expression/to_expression.ts";
import type { Argument } from "../sql/plan/argument.ts";
import { argumentForJvm } from "../sql/plan/plan_to_jvm.ts";
import { relation, source } from "../sql/plan/relation.ts";
import { TableArg } from "../sql/table_arg.ts";
import { defaultSession } from "../sql/session_settings.ts";
import type { SessionState } from "../sql/session_state.ts";
import {
  type AnySchema,
  type RowsFor,
  type RowsOf,
  type SchemaText,
  toSchema,
} from "./schema_types.ts";
import { REGISTER, type TableFunctionLike } from "./table_function_like.ts";
import {
  checkUdfOptions,
  functionName,
  makeFunction,
  type UdfDefinition,
} from "./udf_definition.ts";

/** What is to be said of a table function. */
export interface UdtfOptions {
  /** The name in plans and messages; the function's own, else `udtf`. */
  readonly name?: string;
  /** Whether equal arguments always give equal rows; false by default. */
  readonly deterministic?: boolean;
}

/** A table function as a class: an instance for each partition. */
export interface TableFunctionClass<
  A extends readonly unknown[],
  Rows,
> {
  /** An instance, made without arguments. */
  new (): {
    /** Called for each row of arguments. */
    eval(...args: A): Rows | undefined;
    /** Called at the end of a partition. */
    terminate?(): Rows | undefined;
  };
}

/** A table function of the program's: called with columns, it gives a frame. */
export interface UserDefinedTableFunction<S extends object = object>
  extends TableFunctionLike {
  /**
   * The rows that the function gives for arguments: Columns or their names, and DataFrames.
   *
   * @throws TypeError for anything else
   */
  (...args: readonly (string | object)[]): DataFrame<S>;
  /** The name in plans and messages. */
  readonly name: string;
}

/**
 * Makes a table function of a generator or a class of the program's: for each
 * row of its arguments it gives any number of rows.
 *
 * @param handler a function that gives rows, or a class with a method `eval`
 *   that does, and perhaps `terminate`, called at the end of a partition
 * @param schema the columns of the rows, such as `"word STRING, length INT"`
 * @param options name, whether it is deterministic
 * @throws SparkError `DDL_INVALID` for words that are no columns, and
 *   `UDTF_ANALYZE_UNSUPPORTED` for a class with a static method `analyze`:
 *   columns that depend on arguments are not to be had
 *
 * @example
 * ```ts
 * import { type SparkSession, udtf } from "@tspark/tspark";
 *
 * const words = udtf(function* (text: string) {
 *   for (const word of text.split(" ")) yield { word, length: word.length };
 * }, "word STRING, length INT");
 * const counted = (spark: SparkSession) => {
 *   spark.udtf.register("words", words);
 *   return spark.sql("SELECT * FROM words('to be or not to be')");
 * };
 * ```
 */
export function udtf<
  A extends readonly unknown[],
  const D extends AnySchema,
>(
  handler:
    | ((...args: A) => RowsFor<D> | undefined)
    | TableFunctionClass<A, RowsFor<D>>,
  schema: SchemaText<D>,
  options: UdtfOptions = {},
): UserDefinedTableFunction<RowsOf<D>> {
  const own = functionName(handler, "udtf");
  requireNoAnalysis(handler, own, schema);
  const site = callSite("udtf()");
  checkUdfOptions(site, options);
  return tableFunction({
    functions: [handler],
    name: options.name ?? own,
    returnType: toSchema(schema as AnySchema),
    form: "table",
    evalType: EVAL_TYPE.SQL_ARROW_TABLE_UDF,
    deterministic: options.deterministic ?? false,
    nullInput: "call",
    calls: null,
    site,
  });
}

/** Refuses what Spark would ask a worker of another kind for, by the class's method. */
function requireNoAnalysis(
  handler: unknown,
  name: string,
  schema: unknown,
): void {
  if (typeof Reflect.get(handler as object, "analyze") === "function") {
    throw new SparkError(
      "UDTF_ANALYZE_UNSUPPORTED",
      `Cannot make a table function of "${name}" with a static method analyze(): Spark would ask for it by "pyspark.sql.worker.analyze_udtf" on the driver, a worker that TSpark does not have; leave the method out, and give the columns as a schema`,
      { function: name },
    );
  }
  if (schema === undefined || schema === null) {
    throw new SparkError(
      "UDTF_SCHEMA_MISSING",
      `Cannot make a table function of "${name}" without a schema: Spark would ask analyze() for the columns, by a worker that TSpark does not have; give the columns, such as "word STRING, length INT"`,
      { function: name },
    );
  }
}

function tableFunction<S extends object>(
  definition: UdfDefinition,
): UserDefinedTableFunction<S> {
  const { name } = definition;
  const call = (...args: readonly (string | object)[]): DataFrame<S> =>
    applied(definition, args, callSite(`${name}()`));
  const register = (session: SessionState, as: string): Promise<void> =>
    registered(session, { ...definition, name: as });
  return Object.freeze(Object.defineProperties(call, {
    name: { value: name },
    [REGISTER]: { value: register },
  })) as UserDefinedTableFunction<S>;
}

function toArgument(value: string | object, site: CallSite): Argument {
  if (typeof value === "string" || hasExpression(value)) {
    return columnOrName(value);
  }
  if (value instanceof TableArg) return value[RELATION];
  if (value instanceof DataFrame) {
    return relation(value[RELATION], "asTable", [], site);
  }
  throw new TypeError(
    `Cannot call a table function with ${
      describeValue(value)
    }: give Columns, their names, or DataFrames; lit() makes a Column of a value`,
  );
}

/** Peer: `UserDefinedPythonTableFunction.apply`. */
function applied<S extends object>(
  definition: UdfDefinition,
  given: readonly (string | object)[],
  site: CallSite,
): DataFrame<S> {
  const session = defaultSession();
  const args = given.map((each) => toArgument(each, site));
  const node = source(session, definition.name, args, async (jsession) => {
    const udtf = await makeUdtf(session, definition);
    const columns = await Promise.all(
      args.map((arg) => argumentForJvm(session, arg)),
    );
    const seq = await makeSeq(session.runtime.gateway, columns);
    return await udtf.callObject("apply", jsession, seq);
  }, site);
  return new DataFrame<S>(node);
}

function registered(
  session: SessionState,
  definition: UdfDefinition,
): Promise<void> {
  const site = callSite("udtf.register()");
  return session.enqueue(site, async (jsession) => {
    const udtf = await makeUdtf(session, definition);
    const registration = await jsession.callObject("udtf");
    await registration.call("registerPython", definition.name, udtf);
  });
}

/** Peer: `UserDefinedPythonTableFunction`, Spark 3.5 – 4.3. */
async function makeUdtf(
  session: SessionState,
  definition: UdfDefinition,
): Promise<JavaObject> {
  const { gateway } = session.runtime;
  return await gateway.construct(
    "org.apache.spark.sql.execution.python.UserDefinedPythonTableFunction",
    definition.name,
    await makeFunction(session, definition),
    await gateway.callStaticObject(
      "org.apache.spark.sql.types.DataType",
      "fromJson",
      typeJson(definition.returnType),
    ),
    definition.evalType,
    definition.deterministic,
  );
}
