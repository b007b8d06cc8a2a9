import { SparkError } from "../../common/errors.ts";
import { EVAL_TYPE } from "../../protocol/marker.ts";
import type { PartialLayout } from "../../protocol/partial_layout.ts";
import { type StructField, StructType } from "../../types/spark_types.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { Column } from "../sql/column.ts";
import { readSchema } from "../sql/dataset.ts";
import { columnName, type Expression } from "../sql/expression/expression.ts";
import { aggregate } from "../sql/plan/aggregate.ts";
import type { Argument } from "../sql/plan/argument.ts";
import { planToJvm } from "../sql/plan/plan_to_jvm.ts";
import { type Relation, relation, source } from "../sql/plan/relation.ts";
import { groupBy, select } from "../sql/plan/transformations.ts";
import {
  AGGREGATOR,
  type AggregatorCall,
  isAggregatorColumn,
} from "./aggregator.ts";
import { mapFrame } from "./row_functions.ts";
import { userDefinedFunction } from "./user_defined_function.ts";

/**
 * Aggregates groups by aggregators, in two stages: `mapInArrow` reduces the
 * rows of each task into buffers by key, and an aggregate over the groups of
 * buffers merges and finishes them. So what is shuffled are keys and buffers.
 *
 * @param grouped the groups
 * @param columns what `agg()` was given
 * @param site where the program wrote it
 * @throws SparkError `AGGREGATOR_PLACE` for groups and columns that this cannot be done for
 */
export function aggregateInStages(
  grouped: Relation,
  columns: readonly unknown[],
  site: CallSite,
): Relation {
  const calls = columns.map((column) => {
    if (isAggregatorColumn(column)) return column[AGGREGATOR];
    throw misplaced(columns, "beside other aggregates", MIXED);
  });
  const { input: frame, operation, args } = grouped;
  if (frame === null || operation !== "groupBy") {
    throw misplaced(columns, `after ${operation}()`, "group by groupBy()");
  }
  const keys = keysOf(args);
  if (keys.some(({ kind }) => kind === "literal")) {
    throw misplaced(columns, "by a column's place", "name the column");
  }
  return source(frame.session, "agg", [frame], async () => {
    const schema = await keySchema(frame, keys, site);
    const partials = reduced(frame, keys, schema, calls, site);
    return await planToJvm(merged(partials, schema.fieldNames, calls, site));
  }, site);
}

const MIXED = "aggregate in two frames and join them";

function keysOf([keys]: readonly Argument[]): readonly Expression[] {
  return typeof keys === "object" && keys !== null && "items" in keys
    ? keys.items as readonly Expression[]
    : [];
}

/** The keys' names and types, as Spark has them. */
async function keySchema(
  frame: Relation,
  keys: readonly Expression[],
  site: CallSite,
): Promise<StructType> {
  if (keys.length === 0) return new StructType([]);
  const chosen = select(frame, keys.map(column), site);
  return (await readSchema(await planToJvm(chosen))).schema;
}

/** Keys and buffers of what each task has of each group. */
function reduced(
  frame: Relation,
  keys: readonly Expression[],
  { fields }: StructType,
  calls: readonly AggregatorCall[],
  site: CallSite,
): Relation {
  const args = calls.flatMap((call) => call.args);
  const input = select(frame, [
    ...keys.map((key, at) => column(key).as(keyName(at))),
    ...args.map((arg, at) => column(arg).as(`_a${at}`)),
  ], site);
  const layout: PartialLayout = {
    keys: keys.length,
    aggregators: calls.map(({ definition, args }) => ({
      name: definition.name,
      site: describeSite(definition.site),
      arguments: args.length,
    })),
  };
  const schema = new StructType([
    ...fields.map((field, at) => ({ ...field, name: keyName(at) })),
    ...calls.map((_, at): StructField => ({
      name: bufferName(at),
      type: { kind: "binary" },
      nullable: true,
      metadata: {},
    })),
  ]);
  return mapFrame(input, {
    form: "mapPartials",
    f: calls.map(({ definition }) => definition.aggregator),
    beside: [layout],
    name: calls.map(({ definition }) => definition.name).join(", "),
    schema,
    site,
  });
}

/** The results of each group, made of its buffers. */
function merged(
  partials: Relation,
  keyNames: readonly string[],
  calls: readonly AggregatorCall[],
  site: CallSite,
): Relation {
  const buffers = keyNames.length === 0
    ? relation(
      partials,
      "union",
      [noBuffers(partials, calls.length, site)],
      site,
    )
    : partials;
  const groups = groupBy(
    buffers,
    "groupBy",
    keyNames.map((name, at) => column(columnName(keyName(at))).as(name)),
    site,
  );
  const results = calls.map(({ definition, name }, at) =>
    userDefinedFunction({
      functions: [definition.aggregator],
      name: definition.name,
      returnType: definition.returnType,
      form: "mergeBuffers",
      evalType: EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
      deterministic: true,
      nullInput: "call",
      calls: null,
      site: definition.site,
    })(bufferName(at)).as(name)
  );
  return aggregate(groups, results, site);
}

/** A row without buffers, so that there is a result where there are no rows at all. */
function noBuffers(
  { session }: Relation,
  count: number,
  site: CallSite,
): Relation {
  const nulls = Array.from({ length: count }, () => "CAST(NULL AS BINARY)");
  return source(
    session,
    "noBuffers",
    [],
    (jsession) => jsession.callObject("sql", `SELECT ${nulls.join(", ")}`),
    site,
  );
}

function column(expression: Expression): Column {
  return new Column(expression);
}

function keyName(at: number): string {
  return `_k${at}`;
}

function bufferName(at: number): string {
  return `_b${at}`;
}

function misplaced(
  columns: readonly unknown[],
  place: string,
  remedy: string,
): SparkError {
  const name = columns.find(isAggregatorColumn)?.[AGGREGATOR].definition.name;
  return new SparkError(
    "AGGREGATOR_PLACE",
    `Cannot use the aggregator "${name}" ${place}: it runs in two stages of its own; ${remedy}`,
    { aggregator: name ?? "" },
  );
}
