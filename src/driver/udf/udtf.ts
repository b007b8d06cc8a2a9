import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { EVAL_TYPE } from "../../protocol/marker.ts";
import { StructType, typeJson } from "../../types/spark_types.ts";
import { makeSeq } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import { requireSpark } from "../runtime/jvm_dialect.ts";
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
import { tellExecutorsPython } from "../sql/executors_python.ts";
import type { SessionState } from "../sql/session_state.ts";
import { readForms } from "../sql/rows/session_forms.ts";
import type { Analyze, AnalyzeResult } from "./analysis.ts";
import { plannedTable } from "./planned_table.ts";
import { refuseCapture } from "./refuse_capture.ts";
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
  /** Tells the columns of a call, in place of a schema and of a class's static method of that name. Spark 4.0 and later. */
  readonly analyze?: Analyze;
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

/**
 * A table function as a class that says itself which columns it gives, by the
 * call's arguments.
 */
export interface AnalyzedTableFunctionClass<A extends readonly unknown[]> {
  /** An instance, which is given what {@link AnalyzedTableFunctionClass.analyze} said. */
  new (analysis: AnalyzeResult): {
    /** Called for each row of arguments. */
    eval(...args: A): Iterable<object> | AsyncIterable<object> | undefined;
    /** Called at the end of a partition. */
    terminate?(): Iterable<object> | AsyncIterable<object> | undefined;
  };
  /** Called on the driver when a query is planned, with what is known of the call's arguments. */
  analyze: Analyze;
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
 * @throws SparkError `DDL_INVALID` for words that are no columns;
 *   `UDTF_SCHEMA_MISSING` without a schema and `analyze`, `UDTF_SCHEMA_TWICE` with both
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
  options?: UdtfOptions,
): UserDefinedTableFunction<RowsOf<D>>;
/**
 * Makes a table function whose columns depend on the call's arguments. Spark
 * 4.0 and later.
 *
 * @param handler a class with the static method `analyze`, which is called on
 *   the driver while a query is planned and says which columns come, and how
 *   the table argument is partitioned and ordered. Instances are given what it said
 * @param options name, whether it is deterministic
 *
 * @example
 * ```ts
 * import { type AnalyzeArgument, type AnalyzeResult, udtf } from "@tspark/tspark";
 *
 * const columns = udtf(class {
 *   readonly #names: readonly string[];
 *   constructor({ names }: AnalyzeResult & { names?: string[] }) {
 *     this.#names = names ?? [];
 *   }
 *   static analyze(list: AnalyzeArgument) {
 *     const names = String(list.value).split(",");
 *     return { schema: names.map((name) => `${name} INT`).join(", "), names };
 *   }
 *   *eval(_list: string) {
 *     yield this.#names.map((_, at) => at);
 *   }
 * }, { name: "columns" });
 * ```
 */
export function udtf<A extends readonly unknown[]>(
  handler: AnalyzedTableFunctionClass<A>,
  options?: UdtfOptions,
): UserDefinedTableFunction<Record<string, unknown>>;
/**
 * As above, of a function, with `analyze` among the options.
 *
 * @param handler a function that gives rows, or a class with a method `eval`
 * @param options what tells the columns of a call, and the name
 */
export function udtf<A extends readonly unknown[]>(
  handler:
    | ((...args: A) => Iterable<object> | AsyncIterable<object> | undefined)
    | TableFunctionClass<A, Iterable<object> | AsyncIterable<object>>,
  options: UdtfOptions & { readonly analyze: Analyze },
): UserDefinedTableFunction<Record<string, unknown>>;
export function udtf(
  handler: unknown,
  schemaOrOptions?: AnySchema | UdtfOptions,
  more?: UdtfOptions,
): UserDefinedTableFunction<Record<string, unknown>> {
  const [schema, options = {}] = isSchema(schemaOrOptions)
    ? [schemaOrOptions, more]
    : [undefined, schemaOrOptions ?? more];
  const own = functionName(handler, "udtf");
  const site = callSite("udtf()");
  const { analyze: _, ...others } = options;
  checkUdfOptions(site, others);
  const analyze = analysisFor(handler, own, schema, options);
  return tableFunction({
    functions: [handler],
    name: options.name ?? own,
    returnType: schema === undefined ? NO_COLUMNS : toSchema(schema),
    form: "table",
    evalType: EVAL_TYPE.SQL_ARROW_TABLE_UDF,
    deterministic: options.deterministic ?? false,
    nullInput: "call",
    calls: null,
    site,
  }, analyze);
}

const NO_COLUMNS = new StructType(); // as long as analyze() has not told them

/** Tells columns from options: these are a plain object. */
function isSchema(
  value: AnySchema | UdtfOptions | undefined,
): value is AnySchema {
  return typeof value !== "object" || value === null || "kind" in value
    ? value !== undefined && value !== null
    : Object.getPrototypeOf(value) !== Object.prototype;
}

/** What says which columns a function gives; null where a schema does. */
function analysisFor(
  handler: unknown,
  name: string,
  schema: unknown,
  { analyze: given }: UdtfOptions,
): Analyze | null {
  const own: unknown = typeof handler === "function"
    ? Reflect.get(handler, "analyze")
    : undefined;
  const analyze = given ??
    (typeof own === "function" ? own as Analyze : null);
  const hasSchema = schema !== undefined && schema !== null;
  if (analyze === null && !hasSchema) {
    throw new SparkError(
      "UDTF_SCHEMA_MISSING",
      `Cannot make a table function of "${name}": it has neither a schema nor analyze(), which would tell its columns; give the columns, such as "word STRING, length INT"`,
      { function: name },
    );
  }
  if (analyze !== null && hasSchema) {
    throw new SparkError(
      "UDTF_SCHEMA_TWICE",
      `Cannot make a table function of "${name}": it has a schema and analyze(), which both tell its columns; leave one of them out`,
      { function: name },
    );
  }
  return analyze;
}

function tableFunction<S extends object>(
  definition: UdfDefinition,
  analyze: Analyze | null,
): UserDefinedTableFunction<S> {
  const { name } = definition;
  const call = (...args: readonly (string | object)[]): DataFrame<S> =>
    applied(definition, analyze, args, callSite(`${name}()`));
  const register = (session: SessionState, as: string): Promise<void> =>
    registered(session, { ...definition, name: as }, analyze);
  return Object.freeze(Object.defineProperties(call, {
    name: { value: name },
    [REGISTER]: { value: register },
    [REFUSE_CAPTURE]: { value: refuseCapture("udtf()") },
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
  analyze: Analyze | null,
  given: readonly (string | object)[],
  site: CallSite,
): DataFrame<S> {
  const session = defaultSession();
  const args = given.map((each) => toArgument(each, site));
  const node = source(session, definition.name, args, async (jsession) => {
    const udtf = await makeUdtf(session, definition, analyze);
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
  analyze: Analyze | null,
): Promise<void> {
  const site = callSite("udtf.register()");
  return session.enqueue(site, async (jsession) => {
    const udtf = await makeUdtf(session, definition, analyze);
    const registration = await jsession.callObject("udtf");
    await registration.call("registerPython", definition.name, udtf);
  });
}

/** Peer: `UserDefinedPythonTableFunction`, Spark 3.5 – 4.3; without a type from 4.0 on. */
async function makeUdtf(
  session: SessionState,
  definition: UdfDefinition,
  analyze: Analyze | null,
): Promise<JavaObject> {
  const { gateway } = session.runtime;
  const planner = analyze === null
    ? null
    : await addAnalyzed(session, definition, analyze);
  const type = analyze !== null ? [] : [
    await gateway.callStaticObject(
      "org.apache.spark.sql.types.DataType",
      "fromJson",
      typeJson(definition.returnType),
    ),
  ];
  return await gateway.construct(
    "org.apache.spark.sql.execution.python.UserDefinedPythonTableFunction",
    definition.name,
    await makeFunction(session, definition, planner),
    ...type,
    definition.evalType,
    definition.deterministic,
  );
}

/** Has Spark's planner find what tells the columns. */
async function addAnalyzed(
  session: SessionState,
  { name, functions }: UdfDefinition,
  analyze: Analyze,
): Promise<number> {
  const { planner, dialect } = session.runtime;
  requireSpark(dialect, "4.0", `analyze() of the table function "${name}"`);
  await tellExecutorsPython(session.runtime, await session.jsession());
  const forms = await readForms(session);
  const owner = functions[0];
  return await planner.add(
    plannedTable(planner, { name, analyze, owner, forms }),
  );
}
