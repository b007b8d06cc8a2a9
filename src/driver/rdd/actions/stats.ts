/**
 * Actions over numbers.
 *
 * @module
 */
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { counterOf, StatCounter, type StatState } from "../stat_counter.ts";
import { collectStep } from "./collect.ts";

/** The sum of all numbers. */
export async function sumNumbers(
  plan: RddPlan,
  options?: ActionOptions,
): Promise<number> {
  const step = { op: "aggregate", zero: 0, f: addNumber } as const;
  const parts = await collectStep(plan, step, callSite("sum()"), options);
  return (parts as number[]).reduce((a, b) => a + b, 0);
}

/** Count, mean, extremes and variance of all numbers. */
export async function statsOf(
  plan: RddPlan,
  operation: string,
  options?: ActionOptions,
): Promise<StatCounter> {
  const step = {
    op: "aggregate",
    zero: [0, 0, 0, -Infinity, Infinity],
    f: takeUp,
  } as const;
  const parts = await collectStep(plan, step, callSite(operation), options);
  const all = new StatCounter();
  for (const part of parts as StatState[]) {
    all.mergeStats(counterOf(part));
  }
  return all;
}

/** Runs on the workers, so it names nothing outside of itself. */
export function addNumber(sum: number, value: unknown): number {
  if (typeof value !== "number") {
    throw new TypeError(
      typeof value === "bigint"
        ? `Cannot take bigint for a number: give an RDD of numbers, or merge bigints such as ${value}n by fold(0n, (a, b) => a + b)`
        : `Cannot take ${
          value === null || typeof value === "string"
            ? JSON.stringify(value)
            : typeof value
        } for a number: give an RDD of numbers`,
    );
  }
  return sum + value;
}

/** Runs on the workers, so it names nothing outside of itself. Peer: `StatCounter.merge`. */
function takeUp(state: StatState, value: unknown): StatState {
  if (typeof value !== "number") {
    throw new TypeError(
      typeof value === "bigint"
        ? `Cannot take bigint for a number: give an RDD of numbers, or merge bigints such as ${value}n by fold(0n, (a, b) => a + b)`
        : `Cannot take ${
          value === null || typeof value === "string"
            ? JSON.stringify(value)
            : typeof value
        } for a number: give an RDD of numbers`,
    );
  }
  const delta = value - state[1];
  state[0]++;
  state[1] += delta / state[0];
  state[2] += delta * (value - state[1]);
  // NaN is the greatest number, in the one order of all values.
  if (value > state[3] || value !== value) state[3] = value;
  if (value < state[4] || state[4] !== state[4] || state[0] === 1) {
    state[4] = value;
  }
  return state;
}
