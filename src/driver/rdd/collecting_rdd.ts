import { SparkError } from "../../common/errors.ts";
import { isPair, notAPair } from "../../common/pair.ts";
import { partitionIndex } from "../../common/partition_index.ts";
import { compareKeys } from "../../serde/keys/compare.ts";
import { KeyHasher } from "../../serde/keys/key_hasher.ts";
import { KeyedMap } from "../../serde/keys/keyed_map.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite, describeSite } from "../runtime/call_site.ts";
import { ActingRdd, emptyRdd } from "./acting_rdd.ts";
import {
  collectPartitions,
  collectRecords,
  collectStep,
} from "./actions/actions.ts";
import { partitioningOf } from "./plan/materialize.ts";
import { type ShuffleTarget, stageNode } from "./plan/plan_node.ts";
import type { RDD } from "./rdd.ts";
import { checkCount, checkFunction } from "./rdd_base.ts";

/** The actions of {@link RDD} that count, look up, order or merge more than one value. */
export abstract class CollectingRdd<T> extends ActingRdd<T> {
  /**
   * How often each record comes, equal by value.
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const tally = async (words: RDD<string>) => (await words.countByValue()).get("spark") ?? 0;
   * ```
   */
  async countByValue(options?: ActionOptions): Promise<KeyedMap<T, number>> {
    const site = callSite("countByValue()");
    const step = { op: "countValues" } as const;
    return summed(
      await collectStep(this, step, site, options) as [T, number][],
    );
  }

  /** How many pairs each key has. */
  async countByKey<K, V>(
    this: RDD<[K, V]>,
    options?: ActionOptions,
  ): Promise<KeyedMap<K, number>> {
    return await this.keys().countByValue(options);
  }

  /** All pairs as a map whose keys are equal by value; of several pairs with one key the last counts. */
  async collectAsMap<K, V>(
    this: RDD<[K, V]>,
    options?: ActionOptions,
  ): Promise<KeyedMap<K, V>> {
    const site = callSite("collectAsMap()");
    const map = new KeyedMap<K, V>();
    for (const record of await collectRecords(this, site, options)) {
      if (!isPair(record)) {
        throw new SparkError(...notAPair(record, describeSite(site)));
      }
      map.set(record[0] as K, record[1] as V);
    }
    return map;
  }

  /**
   * Each key's values merged two by two, as a map on the driver.
   *
   * @param func associative and commutative function of two values
   */
  async reduceByKeyLocally<K, V>(
    this: RDD<[K, V]>,
    func: (a: NoInfer<V>, b: NoInfer<V>) => NoInfer<V>,
    options?: ActionOptions,
  ): Promise<KeyedMap<K, V>> {
    checkFunction("reduceByKeyLocally()", func);
    const site = callSite("reduceByKeyLocally()");
    const step = { op: "mergeCombiners", merge: func } as const;
    const pairs = await collectStep(this, step, site, options);
    const map = new KeyedMap<K, V>();
    for (const [key, value] of pairs as [K, V][]) {
      map.combine(key, value, (first) => first, func);
    }
    return map;
  }

  /**
   * All values of a key. Where the RDD is partitioned by key, only the key's
   * partition is searched.
   *
   * @param key the key, equal by value
   */
  async lookup<K, V>(
    this: RDD<[K, V]>,
    key: K,
    options?: ActionOptions,
  ): Promise<V[]> {
    const site = callSite("lookup()");
    const { runtime, node } = this;
    const top = stageNode(node, { op: "lookup", key }, site);
    const values = await runtime.action(site, async () => {
      const target = await partitioningOf(runtime, node);
      const index = target === null ? null : partitionOf(key, target);
      const indices = index === null ? null : [index];
      return await collectPartitions(runtime, node, top, indices);
    }, options);
    return values as V[];
  }

  /**
   * The first records in ascending order.
   *
   * @param num how many, at most; they have to fit into memory
   * @param key function of a record that gives what it is ordered by; by default the record
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const shortest = (words: RDD<string>) => words.takeOrdered(3, (w) => w.length);
   * ```
   */
  async takeOrdered(
    num: number,
    key?: (record: T) => unknown,
    options?: ActionOptions,
  ): Promise<T[]> {
    return await this.#ordered("takeOrdered()", num, key, true, options);
  }

  /**
   * The first records in descending order.
   *
   * @param num how many, at most; they have to fit into memory
   * @param key function of a record that gives what it is ordered by; by default the record
   */
  async top(
    num: number,
    key?: (record: T) => unknown,
    options?: ActionOptions,
  ): Promise<T[]> {
    return await this.#ordered("top()", num, key, false, options);
  }

  /**
   * The greatest record.
   *
   * @param key function of a record that gives what it is ordered by; by default the record
   * @throws SparkError `RDD_EMPTY` when there is none
   */
  async max(
    key?: (record: T) => unknown,
    options?: ActionOptions,
  ): Promise<T> {
    const best = await this.#ordered("max()", 1, key, false, options);
    if (best.length === 0) throw emptyRdd("max()");
    return best[0] as T;
  }

  /**
   * The least record.
   *
   * @param key function of a record that gives what it is ordered by; by default the record
   * @throws SparkError `RDD_EMPTY` when there is none
   */
  async min(
    key?: (record: T) => unknown,
    options?: ActionOptions,
  ): Promise<T> {
    const best = await this.#ordered("min()", 1, key, true, options);
    if (best.length === 0) throw emptyRdd("min()");
    return best[0] as T;
  }

  async #ordered(
    operation: string,
    num: number,
    key: ((record: T) => unknown) | undefined,
    ascending: boolean,
    options: ActionOptions | undefined,
  ): Promise<T[]> {
    checkCount(num);
    if (key !== undefined) checkFunction(operation, key);
    if (num === 0) return [];
    const step = {
      op: "takeOrdered",
      count: num,
      key: key ?? null,
      ascending,
    } as const;
    const site = callSite(operation);
    const lists = await collectStep(this, step, site, options);
    const sign = ascending ? 1 : -1;
    return (lists as T[][]).flat()
      .map((record) => ({
        record,
        key: key === undefined ? record : key(record),
      }))
      .sort((a, b) => sign * compareKeys(a.key, b.key))
      .slice(0, num)
      .map(({ record }) => record);
  }
}

function summed<K>(counts: readonly [K, number][]): KeyedMap<K, number> {
  const map = new KeyedMap<K, number>();
  for (const [key, count] of counts) {
    map.combine(key, count, (first) => first, (a, b) => a + b);
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
