import { errorHeadline } from "../../common/error_message.ts";
import { SparkError } from "../../common/errors.ts";
import { PLANNING_FAILED } from "../gateway/java_error.ts";
import type { PlannerServer } from "./planner_server.ts";

/**
 * Runs what the program answers Spark with while that plans a query.
 *
 * @param planner the application's
 * @param what runs, in words, such as `schema() of the data source "orders"`
 * @param body runs it
 * @throws SparkError `PLANNING_FAILED`, whose cause is what was thrown
 */
export async function planning<T>(
  planner: Pick<PlannerServer, "during">,
  what: string,
  body: () => T | PromiseLike<T>,
): Promise<T> {
  try {
    return await planner.during(what, body);
  } catch (cause) {
    throw new SparkError(
      PLANNING_FAILED,
      `Cannot run ${what}: ${errorHeadline(cause)}`,
      { operation: what },
      { cause },
    );
  }
}

/**
 * Refuses actions and commands of what runs while Spark plans: they would wait
 * for the very query that waits for it.
 *
 * @param planner the application's
 * @param operation what the program wrote
 * @throws SparkError `PLANNING_USES_SESSION`
 */
export function requireNoPlanning(
  planner: Pick<PlannerServer, "running">,
  operation: string,
): void {
  const { running } = planner;
  if (running === undefined) return;
  throw new SparkError(
    "PLANNING_USES_SESSION",
    `Cannot run ${operation} in ${running}: Spark waits for that to plan a query, and this would wait for Spark; do it before, and use the result there`,
    { operation, running },
  );
}
