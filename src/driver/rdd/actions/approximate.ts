/**
 * Actions that answer within a time, or within a size, at the price of
 * exactness. An answer that time cut short is an estimate by the partitions
 * that were done; their job goes on in the background.
 *
 * @module
 */
import { showValue } from "../../../common/show_value.ts";
import { act } from "./act.ts";
import type { StageOutput } from "../../../protocol/command.ts";
import type { Step } from "../../../protocol/step.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { JavaNumber } from "../../gateway/java_value.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { type CallSite, callSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { BoundedFloat } from "../bounded_float.ts";
import { stageRdd } from "../plan/materialize.ts";
import { type PlanNode, stageNode } from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { addNumber } from "./stats.ts";

const IS_BATCHED = true; // each frame is a list of records
const LEAST_RELATIVE_SD = 0.000017;
const DOUBLES: StageOutput<never> = Object.freeze({ kind: "pickledDoubles" });
const HASHES: StageOutput<never> = Object.freeze({ kind: "pickledHashes" });

/** How long an answer may take, and how sure it has to be. */
export interface Bounds {
  readonly timeoutMs: number;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** The sum of all numbers, or an estimate. */
export async function sumApprox(
  plan: RddPlan,
  bounds: Bounds,
  options?: ActionOptions,
): Promise<BoundedFloat> {
  return await bounded(plan, {
    method: "sumApprox",
    site: callSite("sumApprox()"),
    step: { op: "aggregate", zero: 0, f: addNumber },
    ...bounds,
  }, options);
}

/** The mean of all numbers, or an estimate. */
export async function meanApprox(
  plan: RddPlan,
  bounds: Bounds,
  options?: ActionOptions,
): Promise<BoundedFloat> {
  return await bounded(plan, {
    method: "meanApprox",
    site: callSite("meanApprox()"),
    step: null,
    ...bounds,
  }, options);
}

/** The number of records, or an estimate. */
export async function countApprox(
  plan: RddPlan,
  bounds: Bounds,
  options?: ActionOptions,
): Promise<number> {
  const { mean } = await bounded(plan, {
    method: "sumApprox",
    site: callSite("countApprox()"),
    step: { op: "count" },
    ...bounds,
  }, options);
  return Math.trunc(mean);
}

/**
 * An estimate of how many different records there are.
 *
 * @throws RangeError for a deviation below 0.000017
 */
export async function countApproxDistinct(
  { runtime, node }: RddPlan,
  relativeSD: number,
  options?: ActionOptions,
): Promise<number> {
  if (!(relativeSD >= LEAST_RELATIVE_SD)) {
    throw new RangeError(
      `Cannot run countApproxDistinct() with relativeSD ${
        showValue(relativeSD)
      }: give a number from ${LEAST_RELATIVE_SD} on, such as 0.05`,
    );
  }
  return await act(
    { runtime, node },
    callSite("countApproxDistinct()"),
    async () => {
      const hashes = await javaValues(runtime, node, [], HASHES);
      const deviation = JavaNumber.double(relativeSD);
      return await hashes.callNumber("countApproxDistinct", deviation);
    },
    options,
  );
}

/** What an approximate action asks. */
interface Question {
  /** The method of `JavaDoubleRDD`. */
  readonly method: "sumApprox" | "meanApprox";
  readonly site: CallSite;
  /** What the records pass first; null: nothing. */
  readonly step: Step<unknown> | null;
  readonly timeoutMs: number;
  readonly confidence: number;
}

/** Peer: `JavaDoubleRDD.sumApprox`, `meanApprox`; the answer at the end of the time is `PartialResult.initialValue`. */
async function bounded(
  { runtime, node }: RddPlan,
  { method, site, step, timeoutMs, confidence }: Question,
  options: ActionOptions | undefined,
): Promise<BoundedFloat> {
  checkQuestion(site, timeoutMs, confidence);
  return await act({ runtime, node }, site, async () => {
    const steps = step === null ? [] : [stageNode(node, step, site)];
    const values = await javaValues(runtime, node, steps, DOUBLES);
    const doubles = await runtime.gateway.callStaticObject(
      "org.apache.spark.api.java.JavaDoubleRDD",
      "fromRDD",
      await values.callObject("rdd"),
    );
    const partial = await doubles.callObject(
      method,
      JavaNumber.long(timeoutMs),
      JavaNumber.double(confidence),
    );
    const value = await partial.callObject("initialValue");
    return new BoundedFloat(
      await value.callNumber("mean"),
      await value.callNumber("confidence"),
      await value.callNumber("low"),
      await value.callNumber("high"),
    );
  }, options);
}

function checkQuestion(
  { operation }: CallSite,
  timeoutMs: number,
  confidence: number,
): void {
  if (!Number.isSafeInteger(timeoutMs) || timeoutMs < 0) {
    throw new RangeError(
      `Cannot run ${operation} for ${timeoutMs} ms: give a whole number from 0 on`,
    );
  }
  if (!(confidence >= 0 && confidence <= 1)) {
    throw new RangeError(
      `Cannot run ${operation} with confidence ${confidence}: give a number from 0 to 1`,
    );
  }
}

/** A plan's records as Java's own values, inside an action. Peer: `SerDeUtil.pythonToJava`. */
async function javaValues(
  runtime: SparkRuntime,
  node: PlanNode,
  steps: Parameters<typeof stageRdd>[2],
  output: StageOutput<never>,
): Promise<JavaObject> {
  const pickles = await stageRdd(runtime, node, steps, output);
  return await runtime.gateway.callStaticObject(
    "org.apache.spark.api.python.SerDeUtil",
    "pythonToJava",
    await pickles.callObject("asJavaRDD"),
    IS_BATCHED,
  );
}
