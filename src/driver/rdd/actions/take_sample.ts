import { showValue } from "../../../common/show_value.ts";
import { uniformDraws } from "../../../common/random.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import { stageNode } from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { collectRecords, countRecords } from "./collect.ts";

/**
 * A number of records chosen by chance, in no order. Peer: `RDD.takeSample`.
 *
 * @throws RangeError for a number that is negative or not whole
 */
export async function takeSample(
  plan: RddPlan,
  withReplacement: boolean,
  num: number,
  seed: number,
  options?: ActionOptions,
): Promise<unknown[]> {
  checkSize(num);
  if (num === 0) return [];
  const site = callSite("takeSample()");
  const total = await countRecords(plan, site, options);
  if (total === 0) return [];
  const draw = uniformDraws(seed, -1);
  if (!withReplacement && num >= total) {
    return shuffled(await collectRecords(plan, site, options), draw);
  }
  const fraction = sampleFraction(num, total, withReplacement);
  // The fraction is such that a second round is hardly ever needed.
  for (let round = 0;; round++) {
    const node = stageNode(
      plan.node,
      withReplacement
        ? { op: "poisson", mean: fraction, seed: seed + round }
        : { op: "sample", lower: 0, upper: fraction, seed: seed + round },
      site,
    );
    const drawn = { runtime: plan.runtime, node };
    const sample = await collectRecords(drawn, site, options);
    if (sample.length >= num) return shuffled(sample, draw).slice(0, num);
  }
}

function checkSize(num: number): void {
  if (Number.isSafeInteger(num) && num >= 0) return;
  throw new RangeError(
    `Cannot take a sample of ${
      showValue(num)
    } records: give a whole number from 0 on`,
  );
}

/**
 * The fraction to sample so that at least `num` records come in all but one
 * in ten thousand cases. Peer: `RDD._computeFractionForSampleSize`.
 */
function sampleFraction(
  num: number,
  total: number,
  withReplacement: boolean,
): number {
  const fraction = num / total;
  if (withReplacement) {
    const deviations = num < 12 ? 9 : 5;
    return fraction + deviations * Math.sqrt(fraction / total);
  }
  const gamma = -Math.log(0.00005) / total;
  return Math.min(
    1,
    fraction + gamma + Math.sqrt(gamma * gamma + 2 * gamma * fraction),
  );
}

/** The records in random order: Fisher and Yates's shuffle. */
function shuffled<T>(records: T[], draw: () => number): T[] {
  for (let i = records.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    [records[i], records[j]] = [records[j] as T, records[i] as T];
  }
  return records;
}
