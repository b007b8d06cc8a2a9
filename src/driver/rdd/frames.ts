import type { StructType } from "../../types/spark_types.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import type { RddPlan } from "./plan/rdd_plan.ts";

/** Names and types of a frame's columns: SQL's words, a type, names alone, or null: found in the records. */
export type FrameSchema = string | StructType | readonly string[] | null;

/** Makes a DataFrame of an RDD's records. */
export type MakeFrame = (
  plan: RddPlan,
  schema: FrameSchema,
  site: CallSite,
) => unknown;

/** DataFrames stand on RDDs, not the reverse: they say how one is made when they are loaded. */
const frames: { make: MakeFrame | null } = { make: null };

/** Says how a DataFrame is made of an RDD. */
export function provideFrames(make: MakeFrame): void {
  frames.make = make;
}

/**
 * A DataFrame of an RDD's records.
 *
 * @param plan the RDD
 * @param schema names and types of its columns
 */
export function frameOf(plan: RddPlan, schema: FrameSchema): unknown {
  const site = callSite("toDF()");
  if (frames.make === null) throw new TypeError("DataFrames are not loaded");
  return frames.make(plan, schema, site);
}
