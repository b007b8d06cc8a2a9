/**
 * Actions whose result is by key, or by record.
 *
 * @module
 */
import { SparkError } from "../../../common/errors.ts";
import { isPair, notAPair } from "../../../common/pair.ts";
import { partitionIndex } from "../../../common/partition_index.ts";
import { KeyHasher } from "../../../serde/keys/key_hasher.ts";
import { KeyedMap } from "../../../serde/keys/keyed_map.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import {
  type CallSite,
  callSite,
  describeSite,
} from "../../runtime/call_site.ts";
import { checkFunction } from "../checks.ts";
import { partitioningOf } from "../plan/materialize.ts";
import { type ShuffleTarget, stageNode } from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { collectPartitions, collectRecords, collectStep } from "./collect.ts";
import type { Merge } from "./merge.ts";

/** How often each record comes. */
export async function countByValue<T>(
  plan: RddPlan,
  options?: ActionOptions,
): Promise<KeyedMap<T, number>> {
  return await countEach(plan, callSite("countByValue()"), options);
}

/** How many pairs each key has. */
export async function countByKey<K>(
  { runtime, node }: RddPlan,
  options?: ActionOptions,
): Promise<KeyedMap<K, number>> {
  const keys = stageNode(node, { op: "keys" }, callSite("keys()"));
  const plan = { runtime, node: keys };
  return await countEach(plan, callSite("countByKey()"), options);
}

/** All pairs as a map; of several with one key the last counts. */
export async function collectAsMap<K, V>(
  plan: RddPlan,
  options?: ActionOptions,
): Promise<KeyedMap<K, V>> {
  const site = callSite("collectAsMap()");
  const map = new KeyedMap<K, V>();
  for (const record of await collectRecords(plan, site, options)) {
    if (!isPair(record)) {
      throw new SparkError(...notAPair(record, describeSite(site)));
    }
    map.set(record[0] as K, record[1] as V);
  }
  return map;
}

/** Each key's values merged two by two. */
export async function reduceByKeyLocally<K, V>(
  plan: RddPlan,
  func: Merge<V>,
  options?: ActionOptions,
): Promise<KeyedMap<K, V>> {
  const operation = "reduceByKeyLocally()";
  checkFunction(operation, func);
  const step = { op: "mergeCombiners", merge: func } as const;
  const pairs = await collectStep(plan, step, callSite(operation), options);
  const map = new KeyedMap<K, V>();
  for (const [key, value] of pairs as [K, V][]) {
    map.combine(key, value, (first) => first, func);
  }
  return map;
}

/** All values of a key, from its partition alone where that is known. */
export async function lookup(
  { runtime, node }: RddPlan,
  key: unknown,
  options?: ActionOptions,
): Promise<unknown[]> {
  const site = callSite("lookup()");
  const top = stageNode(node, { op: "lookup", key }, site);
  return await runtime.action(site, async () => {
    const target = await partitioningOf(runtime, node);
    const index = target === null ? null : partitionOf(key, target);
    const indices = index === null ? null : [index];
    return await collectPartitions(runtime, node, top, indices);
  }, options);
}

async function countEach<T>(
  plan: RddPlan,
  site: CallSite,
  options: ActionOptions | undefined,
): Promise<KeyedMap<T, number>> {
  const counts = await collectStep(plan, { op: "countValues" }, site, options);
  const map = new KeyedMap<T, number>();
  for (const [record, count] of counts as [T, number][]) {
    map.combine(record, count, (first) => first, (a, b) => a + b);
  }
  return map;
}

/** The partition that holds a key; null when its rule does not tell. */
function partitionOf(
  key: unknown,
  { rule, partitions }: ShuffleTarget,
): number | null {
  switch (rule.kind) {
    case "hash":
      return new KeyHasher().hash(key) % partitions;
    case "function":
      return partitionIndex(
        (rule.f as (key: unknown) => unknown)(key),
        partitions,
      );
    case "range":
    case "record":
    case "roundRobin":
      return null;
  }
}
