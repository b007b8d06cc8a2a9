import type { StageOutput } from "../../protocol/command.ts";
import type { Step } from "../../protocol/step.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { JavaNumber } from "../gateway/java_value.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { BoundedFloat } from "./bounded_float.ts";
import { stageRdd } from "./plan/materialize.ts";
import { type PlanNode, stageNode } from "./plan/plan_node.ts";
import type { RDD } from "./rdd.ts";
import { SavingRdd } from "./saving_rdd.ts";

const IS_BATCHED = true; // each frame is a list of records
const LEAST_RELATIVE_SD = 0.000017;
const DOUBLES: StageOutput<never> = Object.freeze({ kind: "pickledDoubles" });
const HASHES: StageOutput<never> = Object.freeze({ kind: "pickledHashes" });

/**
 * The actions of {@link RDD} that give an answer within a time, or within a
 * size, at the price of its exactness. An answer that time cut short is an
 * estimate by the partitions that were done; their job goes on in the background.
 */
export abstract class ApproximateRdd<T> extends SavingRdd<T> {
  /**
   * The sum of all numbers, or an estimate of it when time is up.
   *
   * @param timeoutMs how long to wait, in milliseconds
   * @param confidence how likely the true sum lies within the bounds, from 0 to 1
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const total = async (sales: RDD<number>) => (await sales.sumApprox(1000)).mean;
   * ```
   */
  async sumApprox(
    this: RDD<number>,
    timeoutMs: number,
    confidence: number = 0.95,
    options?: ActionOptions,
  ): Promise<BoundedFloat> {
    const f = (sum: number, n: number): number => sum + n;
    return await bounded(this, {
      method: "sumApprox",
      site: callSite("sumApprox()"),
      step: { op: "aggregate", zero: 0, f },
      timeoutMs,
      confidence,
    }, options);
  }

  /**
   * The mean of all numbers, or an estimate of it when time is up; 0 when there are none.
   *
   * @param timeoutMs how long to wait, in milliseconds
   * @param confidence how likely the true mean lies within the bounds, from 0 to 1
   */
  async meanApprox(
    this: RDD<number>,
    timeoutMs: number,
    confidence: number = 0.95,
    options?: ActionOptions,
  ): Promise<BoundedFloat> {
    return await bounded(this, {
      method: "meanApprox",
      site: callSite("meanApprox()"),
      step: null,
      timeoutMs,
      confidence,
    }, options);
  }

  /**
   * The number of records, or an estimate of it when time is up.
   *
   * @param timeoutMs how long to wait, in milliseconds
   * @param confidence how sure Spark wants to be of its bounds, from 0 to 1
   */
  async countApprox(
    timeoutMs: number,
    confidence: number = 0.95,
    options?: ActionOptions,
  ): Promise<number> {
    const { mean } = await bounded(this, {
      method: "sumApprox",
      site: callSite("countApprox()"),
      step: { op: "count" },
      timeoutMs,
      confidence,
    }, options);
    return Math.trunc(mean);
  }

  /**
   * An estimate of how many different records there are, equal by value, by
   * the algorithm HyperLogLog++.
   *
   * @param relativeSD the estimate's relative standard deviation: smaller ones take more memory
   * @throws RangeError for one below 0.000017
   *
   * @example
   * ```ts
   * import type { RDD } from "@tspark/tspark";
   *
   * const visitors = (ids: RDD<string>) => ids.countApproxDistinct(0.01);
   * ```
   */
  async countApproxDistinct(
    relativeSD: number = 0.05,
    options?: ActionOptions,
  ): Promise<number> {
    if (!(relativeSD >= LEAST_RELATIVE_SD)) {
      throw new RangeError("relativeSD should be greater than 0.000017");
    }
    const { runtime, node } = this;
    return await runtime.action(
      callSite("countApproxDistinct()"),
      async () => {
        const hashes = await javaValues(runtime, node, [], HASHES);
        const deviation = JavaNumber.double(relativeSD);
        return await hashes.callNumber("countApproxDistinct", deviation);
      },
      options,
    );
  }
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
async function bounded<T>(
  { runtime, node }: { runtime: SparkRuntime; node: PlanNode },
  { method, site, step, timeoutMs, confidence }: Question,
  options: ActionOptions | undefined,
): Promise<BoundedFloat> {
  checkQuestion(site, timeoutMs, confidence);
  return await runtime.action(site, async () => {
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
  const pickles = await stageRdd(runtime, node, steps, output, null);
  return await runtime.gateway.callStaticObject(
    "org.apache.spark.api.python.SerDeUtil",
    "pythonToJava",
    await pickles.callObject("asJavaRDD"),
    IS_BATCHED,
  );
}
