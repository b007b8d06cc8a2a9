/**
 * Functions over all rows of a frame, or of its groups, as nodes of a plan.
 *
 * @module
 */
import { EVAL_TYPE } from "../../protocol/marker.ts";
import type { UdfForm } from "../../protocol/udf_record.ts";
import { quoteIfNeeded } from "../../types/spark_types.ts";
import { makeSeq } from "../gateway/java_convert.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { CallSite } from "../runtime/call_site.ts";
import { readSchema } from "../sql/dataset.ts";
import { planToJvm } from "../sql/plan/plan_to_jvm.ts";
import { type Relation, source } from "../sql/plan/relation.ts";
import type { SessionState } from "../sql/session_state.ts";
import { type AnySchema, toSchema } from "./schema_types.ts";
import { functionName, makeUdf, type UdfDefinition } from "./udf_definition.ts";

/** What functions over rows are given, and what they give. */
export type RowsForm = Extract<
  UdfForm,
  `${"map" | "flatMap" | "group" | "cogroup" | "processor"}${string}`
>;

/** A function over rows. */
export interface RowsFunction {
  readonly form: RowsForm;
  readonly f: unknown;
  /** What its form needs beside it. */
  readonly beside?: readonly unknown[];
  /** Its name, where it has none of its own. */
  readonly name?: string;
  /** The columns of the rows that it gives. */
  readonly schema: AnySchema;
  /** Where the program wrote the operation. */
  readonly site: CallSite;
}

/**
 * A frame of what a function makes of the rows of another, a partition at a time.
 *
 * Peer: `Dataset.pythonMapInArrow` (3.5), `mapInArrow` (from 4.0).
 *
 * @param input the other frame
 * @param rows the function
 * @param barrier whether all tasks are to run at the same time
 */
export function mapFrame(
  input: Relation,
  rows: RowsFunction,
  barrier = false,
): Relation {
  const definition = definitionOf(rows, EVAL_TYPE.SQL_MAP_ARROW_ITER_UDF);
  return node(input.session, "mapInArrow", [input], rows, async () => {
    const dataset = await planToJvm(input);
    const column = await appliedToAll(input.session, dataset, definition);
    return input.session.runtime.calls.rowsTakeExpressions
      ? await dataset.callObject("pythonMapInArrow", column, barrier)
      : await dataset.callObject("mapInArrow", column, barrier, null);
  });
}

/**
 * A frame of what a function makes of each group of rows.
 *
 * Peer: `RelationalGroupedDataset.flatMapGroupsInPandas`.
 *
 * @param grouped the groups: an operation on a frame
 * @param rows the function
 */
export function mapGroups(grouped: Relation, rows: RowsFunction): Relation {
  const definition = definitionOf(rows, EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF);
  const { session } = grouped;
  return node(session, "flatMapGroups", [grouped], rows, async () => {
    const column = await appliedToFrame(grouped, definition);
    const groups = await planToJvm(grouped);
    return await groups.callObject("flatMapGroupsInPandas", column);
  });
}

/**
 * A frame of what a function makes of the groups of two frames with equal keys.
 *
 * Peer: `RelationalGroupedDataset.flatMapCoGroupsInPandas`.
 *
 * @param left the groups of one frame
 * @param right the groups of the other
 * @param rows the function
 */
export function mapCogroups(
  left: Relation,
  right: Relation,
  rows: RowsFunction,
): Relation {
  const definition = definitionOf(
    rows,
    EVAL_TYPE.SQL_COGROUPED_MAP_PANDAS_UDF,
  );
  const { session } = left;
  return node(session, "flatMapCoGroups", [left, right], rows, async () => {
    const udf = await makeUdf(session, definition);
    const columns = [
      ...await columnsOf(await planToJvm(frameOf(left))),
      ...await columnsOf(await planToJvm(frameOf(right))),
    ];
    const column = await applied(session, udf, columns);
    const groups = await planToJvm(left);
    return await groups.callObject(
      "flatMapCoGroupsInPandas",
      await planToJvm(right),
      column,
    );
  });
}

function node(
  session: SessionState,
  operation: string,
  inputs: readonly Relation[],
  { site }: RowsFunction,
  open: () => Promise<JavaObject>,
): Relation {
  return source(session, operation, inputs, open, site);
}

/** What is known of a function over rows before there is a JVM. */
export function definitionOf(
  { form, f, beside = [], name, schema, site }: RowsFunction,
  evalType: number,
): UdfDefinition {
  return {
    functions: [f, ...beside],
    name: name ?? functionName(f, site.operation.replace(/\(.*/, "")),
    returnType: toSchema(schema),
    form,
    evalType,
    deterministic: true,
    nullInput: "call",
    calls: null,
    site,
  };
}

/** The frame that groups are of. */
export function frameOf(grouped: Relation): Relation {
  const { input } = grouped;
  if (input === null) throw new TypeError("groups have a frame");
  return input;
}

/** A function applied to all columns of the frame that groups are of. */
export async function appliedToFrame(
  grouped: Relation,
  definition: UdfDefinition,
  planner: number | null = null,
): Promise<JavaObject> {
  const dataset = await planToJvm(frameOf(grouped));
  return await appliedToAll(grouped.session, dataset, definition, planner);
}

/** A function applied to all columns of a `Dataset`, in order, as Spark wants it. */
async function appliedToAll(
  session: SessionState,
  dataset: JavaObject,
  definition: UdfDefinition,
  planner: number | null = null,
): Promise<JavaObject> {
  const udf = await makeUdf(session, definition, planner);
  return await applied(session, udf, await columnsOf(dataset));
}

/** The expression up to Spark 3.5 where rows are mapped, the `Column` after it. */
async function applied(
  { runtime }: SessionState,
  udf: JavaObject,
  columns: readonly JavaObject[],
): Promise<JavaObject> {
  const seq = await makeSeq(runtime.gateway, columns);
  const column = await udf.callObject("apply", seq);
  return runtime.calls.rowsTakeExpressions
    ? await column.callObject("expr")
    : column;
}

async function columnsOf(dataset: JavaObject): Promise<JavaObject[]> {
  const { schema } = await readSchema(dataset);
  return await Promise.all(
    schema.fieldNames.map((name) =>
      dataset.callObject("col", quoteIfNeeded(name))
    ),
  );
}
