import type { SparkRuntime } from "../../runtime/runtime.ts";
import type { PlanNode } from "./plan_node.ts";

/** What an RDD is to the functions that work on it: a plan, and the application that runs it. */
export interface RddPlan {
  readonly runtime: SparkRuntime;
  readonly node: PlanNode;
}
