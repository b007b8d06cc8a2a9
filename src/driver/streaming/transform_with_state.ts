import { SparkError } from "../../common/errors.ts";
import { EVAL_TYPE } from "../../protocol/marker.ts";
import { PROCESSOR_MODULE } from "../../protocol/planner_modules.ts";
import type { StructType } from "../../types/spark_types.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { checkOptions } from "../rdd/checks.ts";
import { requireSpark } from "../runtime/jvm_dialect.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { placed } from "../runtime/placed_stack.ts";
import { type HasRelation, relationOf } from "../sql/frame_relation.ts";
import { planToJvm } from "../sql/plan/plan_to_jvm.ts";
import { type Relation, source } from "../sql/plan/relation.ts";
import type { SessionState } from "../sql/session_state.ts";
import { appliedToFrame, definitionOf, frameOf } from "../udf/row_functions.ts";
import type { AnySchema } from "../udf/schema_types.ts";
import type { UdfDefinition } from "../udf/udf_definition.ts";
import { oneOf, typeToJvm } from "./map_groups_with_state.ts";
import { openDeclarations, PlannedProcessor } from "./planned_processor.ts";
import type { TimeMode } from "./stateful_processor.ts";

/** What a program gives `transformWithState()`, as it comes. */
export interface ProcessorCall {
  /** A class, or what makes a processor. */
  readonly processor: unknown;
  readonly schema: AnySchema;
  readonly site: CallSite;
}

/** What a program says of a processor, as it comes. */
export interface ProcessorOptions {
  readonly outputMode: "append" | "update";
  readonly timeMode?: TimeMode;
  readonly initialState?: unknown;
  readonly eventTimeColumn?: string;
}

/**
 * A frame of what a processor makes of each group of rows, with states that it
 * keeps for it.
 *
 * Peer: `RelationalGroupedDataset.transformWithStateInPandas`, Spark 4.0, and
 * `transformWithStateInPySpark`, 4.1 – 4.3.
 *
 * @param grouped the groups: an operation on a frame
 * @param call the processor, and the rows that it gives
 * @param options output mode, time mode, initial state
 * @throws TypeError for options that are none
 * @throws SparkError `DDL_INVALID`, `UDF_NOT_A_FUNCTION`, `NOT_IN_THIS_SPARK`
 */
export function transformWithState(
  grouped: Relation,
  { processor, schema, site }: ProcessorCall,
  options: ProcessorOptions,
): Relation {
  const { session } = grouped;
  const { outputMode, timeMode, initial, eventTimeColumn } = readOptions(
    site,
    options,
  );
  const rows = { form: "processor", f: processor, beside: [timeMode] } as const;
  const { dialect, calls } = session.runtime;
  const form = calls.processorsTakeRows ? OF_ROWS : OF_TABLES;
  const definition = definitionOf(
    { ...rows, schema, site },
    initial === null ? form.kind : form.kindWithInitial,
  );
  const inputs = initial === null ? [grouped] : [grouped, initial];
  return source(session, "transformWithState", inputs, async () => {
    requireSpark(dialect, "4.0", "transformWithState()");
    await readyStates(grouped, site);
    const planner = await addProcessor(session, definition);
    const column = await appliedToFrame(grouped, definition, planner);
    const groups = await planToJvm(grouped);
    return await groups.callObject(
      form.method,
      column,
      await typeToJvm(session, definition.returnType as StructType),
      outputMode,
      timeMode,
      initial === null ? null : await planToJvm(initial),
      eventTimeColumn,
    );
  }, site);
}

const OF_ROWS = {
  method: "transformWithStateInPySpark",
  kind: EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_UDF,
  kindWithInitial: EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PYTHON_ROW_INIT_STATE_UDF,
} as const;
const OF_TABLES = {
  method: "transformWithStateInPandas",
  kind: EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PANDAS_UDF,
  kindWithInitial: EVAL_TYPE.SQL_TRANSFORM_WITH_STATE_PANDAS_INIT_STATE_UDF,
} as const;

function readOptions(site: CallSite, options: ProcessorOptions): {
  readonly outputMode: string;
  readonly timeMode: TimeMode;
  readonly initial: Relation | null;
  readonly eventTimeColumn: string;
} {
  checkOptions(site.operation, options, [
    "outputMode",
    "timeMode",
    "initialState",
    "eventTimeColumn",
  ]);
  const { outputMode, timeMode = "none", initialState, eventTimeColumn = "" } =
    options;
  return {
    outputMode: oneOf(site, "outputMode", outputMode, ["append", "update"]),
    timeMode: oneOf(site, "timeMode", timeMode, [
      "none",
      "processingTime",
      "eventTime",
    ]),
    initial: initialState === undefined || initialState === null
      ? null
      : relationOf(initialState as HasRelation),
    eventTimeColumn,
  };
}

/** Has Spark's planner find what declares the states. */
async function addProcessor(
  session: SessionState,
  { functions, name, site }: UdfDefinition,
): Promise<number> {
  const { planner } = session.runtime;
  planner.answerModule(
    PROCESSOR_MODULE,
    (find) => openDeclarations(planner, find),
  );
  return await planner.add(
    new PlannedProcessor(functions[0], name, describeSite(site)),
  );
}

const PROVIDER = "spark.sql.streaming.stateStore.providerClass";
const ROCKS_DB =
  "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider";

/**
 * Sees to it that states can be kept.
 *
 * Peer: `StreamingQueryManager.stateStoreCoordinator`, which executors look for
 * from Spark 4.1 on, also in a batch query, and which is there once somebody
 * has asked for the session's queries.
 */
async function readyStates(grouped: Relation, site: CallSite): Promise<void> {
  const dataset = await planToJvm(frameOf(grouped));
  const jsession = await grouped.session.jsession();
  if (await dataset.call("isStreaming")) await requireRocksDb(jsession, site);
  else await jsession.callObject("streams");
}

/** Spark would say so too, but not what to do. */
async function requireRocksDb(
  jsession: JavaObject,
  site: CallSite,
): Promise<void> {
  const conf = await jsession.callObject("conf");
  const provider = await conf.callString("get", PROVIDER);
  if (provider === ROCKS_DB) return;
  const short = provider.slice(provider.lastIndexOf(".") + 1);
  const error = new SparkError(
    "STATE_STORE_UNSUITABLE",
    `Cannot run ${
      describeSite(site)
    }: the session keeps state by "${short}", which has no place for several states; call spark.conf.set("${PROVIDER}", "${ROCKS_DB}") before`,
    { provider },
  );
  throw placed(error, site);
}
