/**
 * Transformations that choose records by chance. A seed always gives the same
 * sample of the same partitions, however many workers there are and however
 * often a task runs again.
 *
 * @module
 */
import { showValue } from "../../../common/show_value.ts";
import { checkFlag } from "../checks.ts";
import type { PlanNode } from "../plan/plan_node.ts";
import { addStep } from "./narrow.ts";

/**
 * A part of the records.
 *
 * @throws RangeError for a fraction that is negative or not finite
 */
export function sample(
  node: PlanNode,
  withReplacement: boolean,
  fraction: number,
  seed: number,
): PlanNode {
  checkFlag("sample()", "withReplacement", withReplacement);
  checkFraction(fraction);
  return addStep(
    node,
    "sample()",
    withReplacement
      ? { op: "poisson", mean: fraction, seed }
      : { op: "sample", lower: 0, upper: fraction, seed },
  );
}

/**
 * A part of the pairs, each key with a fraction of its own.
 *
 * @throws RangeError for a fraction that is negative or not finite
 */
export function sampleByKey(
  node: PlanNode,
  withReplacement: boolean,
  fractions: Iterable<readonly [unknown, number]>,
  seed: number,
): PlanNode {
  checkFlag("sampleByKey()", "withReplacement", withReplacement);
  const list = [...fractions];
  for (const [, fraction] of list) checkFraction(fraction);
  return addStep(node, "sampleByKey()", {
    op: "sampleByKey",
    fractions: list,
    withReplacement,
    seed,
  });
}

/**
 * The records dealt out to several plans.
 *
 * @throws RangeError for weights that are negative or all 0
 */
export function randomSplit(
  node: PlanNode,
  weights: readonly number[],
  seed: number,
): PlanNode[] {
  const sum = sumOfWeights(weights);
  let before = 0;
  return weights.map((weight, i) => {
    const lower = before / sum;
    before += weight;
    // The last bound must not fall short of 1 by a rounding error.
    const upper = i === weights.length - 1 ? 1 : before / sum;
    return addStep(node, "randomSplit()", { op: "sample", lower, upper, seed });
  });
}

function sumOfWeights(weights: readonly number[]): number {
  const list = `[${weights.join(", ")}]`;
  for (const weight of weights) {
    if (weight >= 0) continue;
    throw new RangeError(
      `Cannot split by the weights ${list}: ${weight} is none; give numbers from 0 on`,
    );
  }
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum > 0 && sum < Infinity) return sum;
  throw new RangeError(
    `Cannot split by the weights ${list}: their sum is ${sum}; give at least one above 0, and none infinite`,
  );
}

function checkFraction(fraction: number): void {
  if (typeof fraction === "number" && fraction >= 0 && fraction < Infinity) {
    return;
  }
  throw new RangeError(
    `Cannot take a sample with fraction ${
      showValue(fraction)
    }: give a finite number from 0 on`,
  );
}
