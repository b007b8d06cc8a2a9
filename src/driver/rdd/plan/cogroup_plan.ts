import type { CallSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { countPartitions, partitioningOf } from "./materialize.ts";
import { defaultPartitions, isSameTarget } from "./shuffled_rdd.ts";
import {
  deferredNode,
  type PlanNode,
  shuffleNode,
  type ShuffleTarget,
  stageNode,
  unionNode,
} from "./plan_node.ts";

/**
 * A plan of pairs `[K, [V[], …]]` with the groups of each side. A side that is
 * partitioned already stays where it is and the others come to it; otherwise
 * all go through one shuffle.
 *
 * Peer: `RDD.cogroup`, with the choice that Scala's `Partitioner.defaultPartitioner` makes.
 *
 * @param sides plans of pairs
 * @param partitions number of partitions; null: as Spark chooses
 * @param site the operation
 */
export function cogroupPlan(
  sides: readonly PlanNode[],
  partitions: number | null,
  site: CallSite,
): PlanNode {
  const tagged = sides.map((side, part) =>
    stageNode(side, { op: "tag", part }, site)
  );
  const together = deferredNode(
    async (runtime) => {
      const there = await targetsOf(runtime, sides);
      const target = partitions === null
        ? await largest(runtime, sides, there)
        : there.find((one) =>
          one?.placing.rule.kind === "hash" && one.partitions === partitions
        ) ?? null;
      if (target === null) {
        const union = unionNode(tagged, site);
        return shuffleNode(union, { kind: "hash" }, partitions, site);
      }
      const moved = tagged.map((node, i) =>
        isSameTarget(there[i] ?? null, target)
          ? node
          : shuffleNode(node, target.placing, target.partitions, site)
      );
      return unionNode(moved, site);
    },
    sides,
    site,
  );
  return stageNode(together, { op: "cogroup", parts: sides.length }, site);
}

/** Where each side's pairs are, by their keys; null where that is not known. */
async function targetsOf(
  runtime: SparkRuntime,
  sides: readonly PlanNode[],
): Promise<(ShuffleTarget | null)[]> {
  const targets: (ShuffleTarget | null)[] = [];
  for (const side of sides) {
    const target = await partitioningOf(runtime, side);
    const kind = target?.placing.rule.kind;
    const isByKey = kind === "hash" || kind === "function" || kind === "range";
    targets.push(isByKey ? target : null);
  }
  return targets;
}

/** The partitioning with the most partitions, unless it has far fewer than Spark would make. */
async function largest(
  runtime: SparkRuntime,
  sides: readonly PlanNode[],
  there: readonly (ShuffleTarget | null)[],
): Promise<ShuffleTarget | null> {
  let best: ShuffleTarget | null = null;
  for (const target of there) {
    if (target !== null && target.partitions > (best?.partitions ?? 0)) {
      best = target;
    }
  }
  if (best === null) return null;
  let most = 0;
  for (const side of sides) {
    most = Math.max(most, await countPartitions(runtime, side));
  }
  const usual = defaultPartitions(runtime, most);
  return best.partitions >= usual || best.partitions > most / 10 ? best : null;
}
