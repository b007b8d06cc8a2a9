import type { FrameSchema } from "../rdd/frames.ts";
import type { RddPlan } from "../rdd/plan/rdd_plan.ts";
import type { CallSite } from "../runtime/call_site.ts";
import { StructType } from "../../types/spark_types.ts";
import { type Relation, source } from "./plan/relation.ts";
import { datasetOfRdd } from "./rows/dataset_of_rdd.ts";
import type { SessionState } from "./session_state.ts";

/**
 * A frame of an RDD's records. Nothing runs before it is needed; without types
 * in the schema the first records are then looked at.
 *
 * @param session the session
 * @param plan the RDD
 * @param schema names and types of the columns
 * @param site where the program asked for it
 */
export function rddRelation(
  session: SessionState,
  plan: RddPlan,
  schema: FrameSchema,
  site: CallSite,
): Relation {
  const struct = typeof schema === "string"
    ? StructType.fromDDL(schema)
    : schema;
  const open = async () => {
    const { dataset } = await datasetOfRdd(session, plan, struct, site);
    return dataset;
  };
  return source(session, site.operation.replace("()", ""), [], open, site);
}
