import { typeJson } from "../../types/spark_types.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import type { SessionState } from "../sql/session_state.ts";
import { rowDefinition } from "./udf.ts";
import { makeUdf, toType, type UdfDefinition } from "./udf_definition.ts";
import type { UdfOptions } from "./udf_options.ts";
import type {
  AnyResultType,
  ResultOf,
  ResultType,
  ValueOfType,
} from "./udf_types.ts";
import {
  definitionOf,
  type UserDefinedFunction,
  userDefinedFunction,
} from "./user_defined_function.ts";

/** Registers functions by name, for use in SQL. */
export class UDFRegistration {
  readonly #session: SessionState;

  /** @internal */
  constructor(session: SessionState) {
    this.#session = session;
  }

  /**
   * Registers a function for queries under a name.
   *
   * @param name the name in SQL
   * @param f the function
   * @returns the same function under that name. An error in registering it is
   *   thrown by the next action
   *
   * @example
   * ```ts
   * import { type SparkSession, udf } from "@tspark/tspark";
   *
   * const halves = (spark: SparkSession) => {
   *   spark.udf.register("half", udf((x: number) => x / 2, "double"));
   *   return spark.sql("SELECT half(id) FROM range(10)");
   * };
   * ```
   */
  register<A extends readonly unknown[], R>(
    name: string,
    f: UserDefinedFunction<A, R>,
  ): UserDefinedFunction<A, R>;
  /**
   * Registers a function of the program's under a name; see `udf`.
   *
   * @param name the name in SQL
   * @param f the function
   * @param returnType the type of its results
   * @param options whether it is deterministic, what becomes of nulls
   */
  register<A extends readonly unknown[], const D extends AnyResultType>(
    name: string,
    f: (...args: A) => ResultOf<D>,
    returnType: ResultType<D>,
    options?: UdfOptions,
  ): UserDefinedFunction<A, ValueOfType<D>>;
  register(
    name: string,
    f: unknown,
    returnType: AnyResultType = "string",
    options: UdfOptions = {},
  ): UserDefinedFunction {
    const site = callSite("udf.register()");
    const definition = definitionOf(f) ??
      rowDefinition(f, returnType, options, site);
    return this.#register({ ...definition, name }, site);
  }

  /**
   * Registers a function that is a class in Java, on Spark's class path.
   *
   * @param name the name in SQL
   * @param className its full name: a `org.apache.spark.sql.api.java.UDF0` to `UDF22`
   * @param returnType the type of its results; what Spark finds out when left out
   */
  async registerJavaFunction(
    name: string,
    className: string,
    returnType?: AnyResultType,
  ): Promise<void> {
    const site = callSite("udf.registerJavaFunction()");
    const json = returnType === undefined ? null : typeJson(toType(returnType));
    await this.#session.enqueue(site, async (session) => {
      const registration = await session.callObject("udf");
      const type = json === null
        ? null
        : await this.#session.runtime.gateway.callStaticObject(
          "org.apache.spark.sql.types.DataType",
          "fromJson",
          json,
        );
      await registration.call("registerJava", name, className, type);
    });
  }

  /**
   * Registers an aggregate that is a class in Java, on Spark's class path.
   *
   * @param name the name in SQL
   * @param className its full name: a `UserDefinedAggregateFunction`
   */
  async registerJavaUDAF(name: string, className: string): Promise<void> {
    const site = callSite("udf.registerJavaUDAF()");
    await this.#session.enqueue(site, async (session) => {
      const registration = await session.callObject("udf");
      await registration.call("registerJavaUDAF", name, className);
    });
  }

  #register(definition: UdfDefinition, site: CallSite): UserDefinedFunction {
    void registerUdf(this.#session, definition, site);
    return userDefinedFunction(definition);
  }
}

function registerUdf(
  session: SessionState,
  definition: UdfDefinition,
  site: CallSite,
): Promise<void> {
  return session.enqueue(site, async (jsession) => {
    const udf = await makeUdf(session, definition);
    const registration = await jsession.callObject("udf");
    await registration.call("registerPython", definition.name, udf);
  });
}
