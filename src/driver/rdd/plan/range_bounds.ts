import type { Step } from "../../../protocol/step.ts";
import { compareKeys } from "../../../serde/keys/compare.ts";
import { RecordCodec } from "../../../serde/records/record_batch.ts";
import { callSite } from "../../runtime/call_site.ts";
import { collectPartitions } from "../actions/collect.ts";
import { countPartitions } from "./materialize.ts";
import { type PlanNode, type RuleOf, stageNode } from "./plan_node.ts";

const SAMPLE_PER_PARTITION = 20; // keys of the sample for each partition of the result
const MAX_SAMPLE = 1_000_000;
const SEED = 1; // the same partitions at each run of a program
const OVERSAMPLING = 3; // since partitions differ in size

/** A key of the sample and how many records it stands for. */
export interface WeightedKey {
  /** The key. */
  readonly key: unknown;
  /** Records. */
  readonly weight: number;
}

/**
 * The rule that puts pairs into partitions by ranges of their keys, whose
 * bounds are found by a sample, so that the partitions are of about the same
 * size.
 *
 * Peer: `org.apache.spark.RangePartitioner`, its `sketch` and `determineBounds`.
 *
 * @param node the pairs
 * @param operation the operation
 * @param ascending whether the lowest keys go first
 * @param key makes of a key what it is sorted by; null: itself
 */
export function rangeRule(
  node: PlanNode,
  operation: string,
  ascending: boolean,
  key: unknown,
): RuleOf {
  const site = callSite(operation);
  return async (runtime, partitions) => {
    const rule = { kind: "range", ascending, key } as const;
    if (partitions < 2) return { ...rule, bounds: asBatch([]) };
    const parents = await countPartitions(runtime, node);
    const wanted = Math.min(SAMPLE_PER_PARTITION * partitions, MAX_SAMPLE);
    const size = Math.ceil(OVERSAMPLING * wanted / Math.max(parents, 1));
    const sketch = async (
      size: number,
      indices: readonly number[] | null,
    ): Promise<[number, unknown[]][]> => {
      const step: Step<unknown> = {
        op: "sketch",
        size,
        seed: SEED,
        key,
        ofKeys: true,
      };
      const top = stageNode(node, step, site);
      return await collectPartitions(runtime, node, top, indices) as [
        number,
        unknown[],
      ][];
    };
    const sketches = await sketch(size, null);
    const total = sketches.reduce((sum, [count]) => sum + count, 0);
    const fraction = Math.min(wanted / Math.max(total, 1), 1);
    // A partition far larger than the others is under-represented: sample it again.
    const large = sketches.flatMap(([count], i) =>
      fraction * count > size ? [i] : []
    );
    if (large.length > 0) {
      const most = Math.max(...large.map((i) => sketches[i]?.[0] ?? 0));
      const again = await sketch(Math.ceil(fraction * most), large);
      large.forEach((i, at) => {
        const better = again[at];
        if (better !== undefined) sketches[i] = better;
      });
    }
    const sample = sketches.flatMap(([count, keys]) =>
      keys.map((key) => ({ key, weight: count / keys.length }))
    );
    return { ...rule, bounds: asBatch(determineBounds(sample, partitions)) };
  };
}

/** Keys are records: the codec of commands does not keep all of them. */
function asBatch(bounds: readonly unknown[]): Uint8Array {
  return new RecordCodec().encodeBatch(bounds).slice();
}

/**
 * The keys that cut a sample into ranges of about the same weight.
 *
 * @param sample keys, in any order
 * @param partitions how many ranges
 * @returns fewer than `partitions` keys, in order, no two equal
 */
export function determineBounds(
  sample: readonly WeightedKey[],
  partitions: number,
): unknown[] {
  const ordered = [...sample].sort((a, b) => compareKeys(a.key, b.key));
  const total = ordered.reduce((sum, { weight }) => sum + weight, 0);
  const step = total / partitions;
  const bounds: unknown[] = [];
  let [passed, target] = [0, step];
  for (const { key, weight } of ordered) {
    if (bounds.length >= partitions - 1) break;
    passed += weight;
    if (passed < target) continue;
    const isNew = bounds.length === 0 || compareKeys(key, bounds.at(-1)) > 0;
    if (!isNew) continue;
    bounds.push(key);
    target += step;
  }
  return bounds;
}
