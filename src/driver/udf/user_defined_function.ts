import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import { orderedArguments } from "../../common/named_arguments.ts";
import type { DataType } from "../../types/spark_types.ts";
import { callSite } from "../runtime/call_site.ts";
import { Column } from "../sql/column.ts";
import type { UdfSource } from "../sql/expression/expression.ts";
import {
  columnOrName,
  type HasExpression,
} from "../sql/expression/to_expression.ts";
import { readProfile } from "../sql/rows/session_forms.ts";
import type { SessionState } from "../sql/session_state.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { makeUdf, parametersOf, type UdfDefinition } from "./udf_definition.ts";
import { refuseCapture } from "./refuse_capture.ts";
import type { ArgumentColumns, NamedColumns } from "./udf_types.ts";

/** Where a function keeps what it is; not exported to users. */
export const DEFINITION: unique symbol = Symbol("tspark.udf");

/**
 * A function of the program's for use in queries: called with columns, it
 * gives the column of its results.
 *
 * @example
 * ```ts
 * import { type SparkSession, udf } from "@tspark/tspark";
 *
 * const half = udf((x: number) => x / 2, "double");
 * const halves = (spark: SparkSession) => spark.range(10).select(half("id").as("half"));
 * ```
 */
export interface UserDefinedFunction<
  A extends readonly unknown[] = readonly unknown[],
  R = unknown,
> {
  /** The column of the results, given columns or their names. */
  (...columns: ArgumentColumns<A>): Column<R>;
  /**
   * The column of the results, given columns by the names of the function's
   * parameters; on every Spark, since they are put in order here.
   *
   * @param columns an object such as `{ x: "id", y: col("other") }`
   * @throws SparkError `ARGUMENT_NAME_INVALID` for a name that no parameter has
   */
  named(columns: NamedColumns<A>): Column<R>;
  /** The name in plans, messages and results. */
  readonly name: string;
  /** The type of the results. */
  readonly returnType: DataType;
  /** Whether equal arguments always give equal results. */
  readonly deterministic: boolean;
  /** The same function, of which Spark makes no call less and none more. */
  asNondeterministic(): UserDefinedFunction<A, R>;
  /** The same function under another name. */
  withName(name: string): UserDefinedFunction<A, R>;
  /** @internal */
  readonly [DEFINITION]: UdfDefinition;
}

/**
 * A function that a definition describes.
 *
 * @param definition what it is
 */
export function userDefinedFunction<A extends readonly unknown[], R>(
  definition: UdfDefinition,
): UserDefinedFunction<A, R> {
  const source = new JvmUdf(definition);
  const { name, returnType, deterministic } = definition;
  const call = (...columns: ArgumentColumns<A>): Column<R> =>
    new Column<R>(Object.freeze({
      kind: "udf",
      name,
      udf: source,
      args: Object.freeze(
        [...columns].map((column) =>
          columnOrName(column as string | HasExpression)
        ),
      ),
      site: callSite(`${name}()`),
    }));
  const named = (columns: NamedColumns<A>): Column<R> => {
    const given = Object.entries(columns)
      .map(([name, value]) => ({ name, value }));
    const ordered = orderedArguments(name, parametersOf(definition), given);
    return call(...ordered as unknown as ArgumentColumns<A>);
  };
  const again = (changes: Partial<UdfDefinition>): UserDefinedFunction<A, R> =>
    userDefinedFunction(Object.freeze({ ...definition, ...changes }));
  return Object.freeze(Object.defineProperties(call, {
    name: { value: name },
    named: { value: named },
    returnType: { value: returnType, enumerable: true },
    deterministic: { value: deterministic, enumerable: true },
    asNondeterministic: { value: () => again({ deterministic: false }) },
    withName: { value: (other: string) => again({ name: other }) },
    [DEFINITION]: { value: definition },
    [REFUSE_CAPTURE]: { value: refuseCapture(definition.site.operation) },
  })) as UserDefinedFunction<A, R>;
}

/** A function's object in the JVM, made at its first use in a session. */
class JvmUdf implements UdfSource {
  readonly #definition: UdfDefinition;
  /** By the session, and by how it measures functions. */
  readonly #made = new WeakMap<
    SessionState,
    Map<string, Promise<JavaObject>>
  >();

  constructor(definition: UdfDefinition) {
    this.#definition = definition;
  }

  async toJvm(session: SessionState): Promise<JavaObject> {
    const profile = await readProfile(session);
    let all = this.#made.get(session);
    if (all === undefined) this.#made.set(session, all = new Map());
    let made = all.get(profile);
    if (made === undefined) {
      made = makeUdf(session, this.#definition).then((udf) => udf.keep());
      all.set(profile, made);
      made.catch(() => all.delete(profile));
    }
    return await made;
  }
}

/** What a value is as a function for queries; null for any other value. */
export function definitionOf(value: unknown): UdfDefinition | null {
  return typeof value === "function" && DEFINITION in value
    ? value[DEFINITION] as UdfDefinition
    : null;
}
