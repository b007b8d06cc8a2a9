import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { EVAL_TYPE } from "../../protocol/marker.ts";
import { type StructType, typeJson } from "../../types/spark_types.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { checkStateSchema } from "../../serde/pickle/pickled_rows.ts";
import { checkOptions } from "../rdd/checks.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { placed } from "../runtime/placed_stack.ts";
import { planToJvm } from "../sql/plan/plan_to_jvm.ts";
import { type Relation, source } from "../sql/plan/relation.ts";
import type { SessionState } from "../sql/session_state.ts";
import {
  appliedToFrame,
  definitionOf,
  frameOf,
  type RowsFunction,
} from "../udf/row_functions.ts";
import { type AnySchema, toSchema } from "../udf/schema_types.ts";
import type { GroupStateTimeout } from "./group_state.ts";

/** What a program says of a function with a state, as it comes. */
export interface StateOptions {
  readonly state: unknown;
  readonly timeout?: GroupStateTimeout;
  readonly outputMode?: "append" | "update";
}

const TIMEOUTS: Readonly<Record<GroupStateTimeout, string>> = {
  none: "NoTimeout",
  processingTime: "ProcessingTimeTimeout",
  eventTime: "EventTimeTimeout",
};

/**
 * A frame of what a function with a state makes of each group of rows.
 *
 * Peer: `RelationalGroupedDataset.applyInPandasWithState`, Spark 3.5 – 4.3.
 *
 * @param grouped the groups: an operation on a frame
 * @param rows the function
 * @param options the state's schema, output mode, timeout
 * @throws TypeError for options that are none
 * @throws SparkError `DDL_INVALID`, `STATE_WITHOUT_STREAM`
 */
export function mapGroupsWithState(
  grouped: Relation,
  rows: RowsFunction,
  options: StateOptions,
): Relation {
  const { session } = grouped;
  const { state, outputMode, timeout } = readOptions(rows, options);
  const definition = definitionOf(
    rows,
    EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF_WITH_STATE,
  );
  return source(session, "mapGroupsWithState", [grouped], async () => {
    await requireStream(grouped, rows.site);
    const column = await appliedToFrame(grouped, definition);
    const groups = await planToJvm(grouped);
    return await groups.callObject(
      "applyInPandasWithState",
      column,
      await typeToJvm(session, definition.returnType as StructType),
      await typeToJvm(session, state),
      outputMode,
      timeout,
    );
  }, rows.site);
}

/** Spark would say so too, of `applyInPandasWithState`. */
async function requireStream(grouped: Relation, site: CallSite): Promise<void> {
  const dataset = await planToJvm(frameOf(grouped));
  if (await dataset.call("isStreaming")) return;
  const error = new SparkError(
    "STATE_WITHOUT_STREAM",
    `Cannot run ${
      describeSite(site)
    }: the frame is no stream, and a state goes on from batch to batch of one; use flatMapGroups(), or begin with spark.readStream`,
  );
  throw placed(error, site);
}

interface CheckedOptions {
  readonly state: StructType;
  readonly outputMode: string;
  readonly timeout: string;
}

function readOptions(
  { form, site }: RowsFunction,
  options: StateOptions,
): CheckedOptions {
  const { operation } = site;
  const isOne = form === "groupStateRow";
  checkOptions(
    operation,
    options,
    isOne ? ["state", "timeout"] : ["state", "timeout", "outputMode"],
  );
  const { state, timeout = "none", outputMode = isOne ? "update" : undefined } =
    options;
  return {
    state: checkStateSchema(toSchema(state as AnySchema), "the state"),
    outputMode: oneOf(site, "outputMode", outputMode, ["append", "update"]),
    timeout: TIMEOUTS[
      oneOf(site, "timeout", timeout, ["none", "processingTime", "eventTime"])
    ],
  };
}

/** Refuses what is none of the words of an option, in a program that nobody compiles. */
export function oneOf<T extends string>(
  { operation }: CallSite,
  name: string,
  value: unknown,
  words: readonly T[],
): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new TypeError(
    `Cannot call ${operation} with the ${name} ${describeValue(value)}: give ${
      words.map((word) => `"${word}"`).join(" or ")
    }`,
  );
}

/** The JVM's object for a type. */
export async function typeToJvm(
  { runtime }: SessionState,
  type: StructType,
): Promise<JavaObject> {
  return await runtime.gateway.callStaticObject(
    "org.apache.spark.sql.types.DataType",
    "fromJson",
    typeJson(type),
  );
}
