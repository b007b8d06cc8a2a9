import { act } from "../rdd/actions/act.ts";
import { collectPartitions } from "../rdd/actions/collect.ts";
import type { PartitionRecords } from "../rdd/partition_records.ts";
import { countPartitions } from "../rdd/plan/materialize.ts";
import { type PlanNode, stageNode } from "../rdd/plan/plan_node.ts";
import { checkFunction } from "../rdd/checks.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";

/**
 * Runs a function over some partitions.
 *
 * @param runtime the application
 * @param node what has the partitions
 * @param f function of an iterator over a partition's records
 * @param partitions indices of the partitions, in the order wanted; null: all
 * @param options what the user asked of the action
 * @returns all that the function returned
 * @throws RangeError for an index that there is not
 */
export async function runJob<T>(
  runtime: SparkRuntime,
  node: PlanNode,
  f: (records: PartitionRecords<T>) => Iterable<unknown>,
  partitions: readonly number[] | null,
  options?: ActionOptions,
): Promise<unknown[]> {
  checkFunction("runJob()", f);
  const site = callSite("runJob()");
  const top = stageNode(node, { op: "mapPartitions", f, indexed: false }, site);
  return await act({ runtime, node }, site, async () => {
    if (partitions !== null) {
      checkIndices(partitions, await countPartitions(runtime, node));
    }
    return await collectPartitions(runtime, node, top, partitions);
  }, options);
}

function checkIndices(indices: readonly number[], partitions: number): void {
  for (const index of indices) {
    if (Number.isInteger(index) && index >= 0 && index < partitions) continue;
    throw new RangeError(
      `Cannot run a job on partition ${index}: the RDD has ${partitions} partitions, numbered from 0`,
    );
  }
}
