/**
 * Actions whose result is by key, or by record.
 *
 * @module
 */
import { act } from "./act.ts";
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
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { checkFunction } from "../checks.ts";
import { partitioningOf } from "../plan/materialize.ts";
import {
  capturedStage,
  type ShuffleTarget,
  stageNode,
} from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { parallelizeSource } from "../sources/sources.ts";
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
  return await act({ runtime, node }, site, async () => {
    const target = await partitioningOf(runtime, node);
    const index = target === null
      ? null
      : await partitionOf(runtime, key, target, site);
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
async function partitionOf(
  runtime: SparkRuntime,
  key: unknown,
  { placing, partitions }: ShuffleTarget,
  site: CallSite,
): Promise<number | null> {
  switch (placing.rule.kind) {
    case "hash":
      return new KeyHasher().hash(key) % partitions;
    case "function": {
      // On a worker: the variables of the program's own may have changed since.
      const source = parallelizeSource([key], 1, site);
      const top = capturedStage(source, {
        step: { op: "map", f: 0 },
        closure: placing.closure,
      }, site);
      const [place] = await collectPartitions(runtime, source, top, null);
      return partitionIndex(place, partitions);
    }
    case "range":
    case "record":
    case "roundRobin":
    case "own":
      return null;
  }
}
