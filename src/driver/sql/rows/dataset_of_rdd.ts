import { SparkError } from "../../../common/errors.ts";
import { type DataType, StructType } from "../../../types/spark_types.ts";
import { takeRecords } from "../../rdd/actions/collect.ts";
import { stageRdd } from "../../rdd/plan/materialize.ts";
import type { RddPlan } from "../../rdd/plan/rdd_plan.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { SessionState } from "../session_state.ts";
import { checkSizedTexts, type LocalDataset } from "./create_dataset.ts";
import { datasetOfBatches } from "./dataset_of_batches.ts";
import { inferSchema } from "./infer_schema.ts";

const LOOKED_AT = 100; // first records, for a schema

/**
 * Makes a `Dataset` of an RDD's records, which workers write as Arrow batches.
 * Without a schema the first 100 records tell it, as a job of its own; a
 * later record that does not fit fails the job with its column and value.
 *
 * @param session the session
 * @param plan the RDD: objects with the columns by name, or arrays by position
 * @param schema names and types; names alone for arrays; null: inferred
 * @param site the operation that the program wrote
 * @throws SparkError `TYPE_NOT_INFERRED`, `ROW_INVALID`
 */
export async function datasetOfRdd(
  session: SessionState,
  plan: RddPlan,
  schema: StructType | readonly string[] | null,
  site: CallSite,
): Promise<LocalDataset> {
  const { runtime, node } = plan;
  const struct = schema instanceof StructType
    ? schema
    : await schemaOf(plan, schema, site);
  await checkSizedTexts(session, struct);
  const json = struct.json();
  const batches = await stageRdd(
    runtime,
    node,
    [],
    { kind: "arrow", schema: json },
  );
  const java = await batches.callObject("asJavaRDD");
  const dataset = await datasetOfBatches(session, java, json);
  return { dataset, schema: struct };
}

async function schemaOf(
  plan: RddPlan,
  names: readonly string[] | null,
  site: CallSite,
): Promise<StructType> {
  const records = await takeRecords(plan, LOOKED_AT, site);
  const struct = inferSchema(records, names);
  const unknown = struct.fields.find(({ type }) => hasVoid(type));
  if (records.length > 0 && unknown === undefined) return struct;
  const column = unknown?.name ?? null;
  throw new SparkError(
    "TYPE_NOT_INFERRED",
    column === null
      ? "Cannot infer a schema: the RDD is empty; give a schema"
      : `Cannot infer the type of column "${column}": none of the first ${records.length} records has a value for it; give a schema`,
    { column },
  );
}

function hasVoid(type: DataType): boolean {
  switch (type.kind) {
    case "void":
      return true;
    case "array":
      return hasVoid(type.elementType);
    case "map":
      return hasVoid(type.keyType) || hasVoid(type.valueType);
    case "struct":
      return type.fields.some((field) => hasVoid(field.type));
    default:
      return false;
  }
}
