import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import type { AsyncCallRule, UdfForm } from "../../protocol/udf_record.ts";
import type { DataType } from "../../types/spark_types.ts";
import { typeFromDdl, typeJson } from "../../types/spark_types.ts";
import { checkFlag, checkOptions } from "../rdd/checks.ts";
import { parameterNames } from "../closure/parameter_names.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { readForms, readProfile } from "../sql/rows/session_forms.ts";
import type { AnyResultType } from "./udf_types.ts";
import type { SessionState } from "../sql/session_state.ts";

/** A function of the program's, ready to be used in SQL; plain frozen data. */
export interface UdfDefinition {
  /** The program's function, first, and what its form needs beside it. */
  readonly functions: readonly unknown[];
  /** Its name, for people and plans. */
  readonly name: string;
  /** The type of its results. */
  readonly returnType: DataType;
  /** What it is given, and what it gives. */
  readonly form: UdfForm;
  /** Spark's number for how it is evaluated. */
  readonly evalType: number;
  /** Whether equal arguments always give equal results. */
  readonly deterministic: boolean;
  /** What becomes of rows with a null among the arguments. */
  readonly nullInput: "call" | "skip";
  /** How its calls are made where it awaits. */
  readonly calls: AsyncCallRule | null;
  /** Where the program made it. */
  readonly site: CallSite;
}

/**
 * Makes the JVM's object for a function: captures it with the values that it
 * uses now.
 *
 * Peer: `UserDefinedPythonFunction`: 5 arguments up to Spark 4.2, 7 in 4.3.
 *
 * @param session the session whose settings say how values come
 * @param definition the function
 * @param planner as {@link makeFunction} has it
 * @throws ClosureError when the function cannot be captured
 */
export async function makeUdf(
  session: SessionState,
  definition: UdfDefinition,
  planner: number | null = null,
): Promise<JavaObject> {
  const { gateway, calls } = session.runtime;
  const type = await gateway.callStaticObject(
    "org.apache.spark.sql.types.DataType",
    "fromJson",
    typeJson(definition.returnType),
  );
  return await gateway.construct(
    "org.apache.spark.sql.execution.python.UserDefinedPythonFunction",
    definition.name,
    await makeFunction(session, definition, planner),
    type,
    definition.evalType,
    definition.deterministic,
    ...calls.udfTakesTranslation ? [[], []] : [],
  );
}

/**
 * The JVM's `SimplePythonFunction` of a function; see {@link makeUdf}.
 *
 * @param planner its number where Spark asks for it while planning, of `PlannerServer.add`
 */
export async function makeFunction(
  session: SessionState,
  definition: UdfDefinition,
  planner: number | null = null,
): Promise<JavaObject> {
  const { functions, name, form, nullInput, calls, site } = definition;
  const { runtime } = session;
  const { longs, timestamps, dates } = await readForms(session);
  const profile = runtime.profiles.rule(definition, await readProfile(session));
  const closure = await runtime.capturer.capture(functions, [site]);
  return await runtime.udfFunction({
    form,
    name,
    nullInput,
    parameters: parametersOf(definition),
    calls,
    site: describeSite(site),
    returnType: typeJson(definition.returnType),
    closure,
    values: { longs, timestamps, dates },
    planner,
    ...profile === null ? {} : { profile },
  });
}

/**
 * The names of the parameters that columns are given for.
 *
 * @returns null for patterns; null where they are not known
 */
export function parametersOf(
  { functions }: UdfDefinition,
): readonly (string | null)[] | null {
  return parameterNames(functions[0], TABLE_METHOD);
}

const TABLE_METHOD = "eval"; // of a class that is a table function

/**
 * The type that a program names.
 *
 * @param type a type, or SQL's words for one
 * @throws SparkError `DDL_INVALID`
 * @throws TypeError for what is no type, which a program may give that nobody compiles
 */
export function toType(type: AnyResultType): DataType {
  if (typeof type === "string") return typeFromDdl(type);
  if (typeof type === "object" && type !== null) {
    return "kind" in type ? type : type.type;
  }
  throw new TypeError(
    `Cannot make a function for SQL whose results are of the type ${
      describeValue(type)
    }: give a type of Spark, such as "int"`,
  );
}

/**
 * Refuses options beside a name and whether the function is deterministic.
 *
 * @param site where the program made the function
 * @param options what it gave
 * @throws TypeError for another name
 */
export function checkUdfOptions(
  site: CallSite,
  options: object,
): void {
  checkOptions(site.operation, options, ["name", "deterministic"]);
  const { deterministic = true }: { readonly deterministic?: unknown } =
    options;
  checkFlag(site.operation, "deterministic", deterministic);
}

/**
 * The name of a function, for people.
 *
 * @param f the function
 * @param otherwise what a function without a name is called
 */
export function functionName(f: unknown, otherwise: string): string {
  if (typeof f !== "function") {
    throw new SparkError(
      "UDF_NOT_A_FUNCTION",
      `Cannot make a function for SQL of ${
        f === null ? "null" : `a ${typeof f}`
      }: give a function of TypeScript first, then the type of its results`,
    );
  }
  const { name } = f;
  return typeof name === "string" && name !== "" ? name : otherwise;
}
