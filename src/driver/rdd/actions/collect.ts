import { act } from "./act.ts";
import type { StageInput } from "../../../protocol/command.ts";
import type { Step } from "../../../protocol/step.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { openServed } from "../../gateway/served_result.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { type CallSite, callSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { checkCount } from "../checks.ts";
import {
  actionRdd,
  BATCHES,
  countPartitions,
  jobRdd,
  materialize,
  stageRdd,
} from "../plan/materialize.ts";
import {
  type JvmRdd,
  type PlanNode,
  type StageNode,
  stageNode,
} from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { emptyRdd } from "./empty_rdd.ts";

const PYTHON_RDD = "org.apache.spark.api.python.PythonRDD";
const BATCH: StageInput = { kind: "batch" };
const READABLE: ReadonlySet<StageInput["kind"]> = new Set([
  "text",
  "batch",
  "arrow",
]);
const SCALE_UP = 4; // how many times more partitions `take` tries when it found none

/** All records of a plan, in the order of its partitions. */
export async function collectRecords(
  { runtime, node }: RddPlan,
  site: CallSite,
  options?: ActionOptions,
): Promise<unknown[]> {
  return await act({ runtime, node }, site, async () => {
    const rdd = await jobRdd(runtime, node);
    const { java, format } = await asReadable(runtime, node, rdd);
    return await collectServed(runtime, await java.callObject("rdd"), format);
  }, options);
}

/** The records that a plan and one more step give: one for each partition, for most steps. */
export async function collectStep(
  { runtime, node }: RddPlan,
  step: Step<unknown>,
  site: CallSite,
  options?: ActionOptions,
): Promise<unknown[]> {
  const top = stageNode(node, step, site);
  return await act(
    { runtime, node },
    site,
    () => collectPartitions(runtime, node, top, null),
    options,
  );
}

/**
 * The records that a plan and one more step give, inside an action.
 *
 * @param top the step, a node over the plan
 * @param indices which partitions, in this order; null: all
 */
export async function collectPartitions(
  runtime: SparkRuntime,
  node: PlanNode,
  top: StageNode,
  indices: readonly number[] | null,
): Promise<unknown[]> {
  const rdd = await actionRdd(runtime, node, [top], BATCHES);
  if (indices === null) return await collectServed(runtime, rdd, BATCH);
  return await runPartitions(
    runtime,
    await rdd.callObject("asJavaRDD"),
    indices,
  );
}

/** Number of records in each partition, inside an action. */
export async function countsByPartition(
  runtime: SparkRuntime,
  node: PlanNode,
  site: CallSite,
): Promise<number[]> {
  const top = stageNode(node, { op: "count" }, site);
  const counts = await collectPartitions(runtime, node, top, null);
  return counts as number[];
}

/**
 * Number of records. The JVM counts what needs no worker: lines of text that
 * no function has touched.
 */
export async function countRecords(
  { runtime, node }: RddPlan,
  site: CallSite,
  options?: ActionOptions,
): Promise<number> {
  return await act({ runtime, node }, site, async () => {
    if (node.kind === "source") {
      const { java, format } = await materialize(runtime, node);
      if (format.kind === "text") return await java.callNumber("count");
    }
    const counts = await countsByPartition(runtime, node, site);
    return counts.reduce((sum, n) => sum + n, 0);
  }, options);
}

/**
 * The first records of a plan, from as few partitions as will do.
 *
 * Peer: `RDD.take`: one partition first, then four times as many at a time.
 */
export async function takeRecords(
  { runtime, node }: RddPlan,
  count: number,
  site: CallSite,
  options?: ActionOptions,
): Promise<unknown[]> {
  checkCount(count);
  const taken: unknown[] = [];
  if (count === 0) return taken;
  const top = stageNode(node, { op: "take", count }, site);
  return await act({ runtime, node }, site, async () => {
    const rdd = await actionRdd(runtime, node, [top], BATCHES);
    const java = await rdd.callObject("asJavaRDD");
    const partitions = await countPartitions(runtime, node);
    let next = 1;
    for (let at = 0; at < partitions && taken.length < count;) {
      const end = Math.min(partitions, at + next);
      const indices = Array.from({ length: end - at }, (_, i) => at + i);
      const records = await runPartitions(runtime, java, indices);
      for (const record of records.slice(0, count - taken.length)) {
        taken.push(record);
      }
      at = end;
      next *= SCALE_UP;
    }
    return taken;
  }, options);
}

/**
 * The first record.
 *
 * @throws SparkError `RDD_EMPTY` when there is none
 */
export async function firstRecord(
  plan: RddPlan,
  options?: ActionOptions,
): Promise<unknown> {
  const taken = await takeRecords(plan, 1, callSite("first()"), options);
  if (taken.length === 0) throw emptyRdd("first()");
  return taken[0];
}

/**
 * The records of a plan, partition after partition, while they are wanted.
 *
 * Peer: `PythonRDD.toLocalIteratorAndServe`.
 * Layout: we write int 1 for one more partition, or 0 to end; the JVM answers
 * int 1 and frames up to -1, or 0 when there are no more, or -1 after a failure.
 *
 * @param prefetch whether the JVM computes the next partition while this one is read
 */
export async function* iterateRecords<T>(
  { runtime, node }: RddPlan,
  prefetch: boolean,
  site: CallSite,
  options?: ActionOptions,
): AsyncGenerator<T, void, undefined> {
  const batches = runtime.stream(
    () => iteratePartitions(runtime, node, prefetch, site),
    options,
  );
  for await (const batch of batches) yield* batch as T[];
}

async function* iteratePartitions(
  runtime: SparkRuntime,
  node: PlanNode,
  prefetch: boolean,
  site: CallSite,
): AsyncGenerator<unknown[]> {
  const { rdd, server } = await act({ runtime, node }, site, async () => {
    const built = await materialize(runtime, node);
    const rdd = await asReadable(runtime, node, built);
    const served = await runtime.gateway.callStaticObject(
      PYTHON_RDD,
      "toLocalIteratorAndServe",
      await rdd.java.callObject("rdd"),
      prefetch,
    );
    const server = await openServed(
      runtime.gateway,
      served,
    );
    return { rdd, server };
  });
  await using results = server;
  const decode = runtime.decoder(rdd.format);
  try {
    yield* results.partitions(decode);
  } catch (error) {
    throw runtime.explain(error, site);
  }
}

/** A plan's RDD in a form that the driver can read. */
async function asReadable(
  runtime: SparkRuntime,
  node: PlanNode,
  rdd: JvmRdd,
): Promise<JvmRdd> {
  if (READABLE.has(rdd.format.kind)) return rdd;
  const stage = await stageRdd(runtime, node, [], BATCHES);
  return { java: await stage.callObject("asJavaRDD"), format: BATCH };
}

/** Runs the job over some partitions and reads their records, in this order. */
async function runPartitions(
  runtime: SparkRuntime,
  java: JavaObject,
  indices: readonly number[],
): Promise<unknown[]> {
  const served = await runtime.gateway.callStaticObject(
    PYTHON_RDD,
    "runJob",
    await runtime.jsc.callObject("sc"),
    java,
    [...indices],
  );
  return await readServed(runtime, served, BATCH);
}

/** Runs the job and reads its records. */
async function collectServed(
  runtime: SparkRuntime,
  rdd: JavaObject,
  format: StageInput,
): Promise<unknown[]> {
  const served = await runtime.gateway.callStaticObject(
    PYTHON_RDD,
    "collectAndServe",
    rdd,
  );
  return await readServed(runtime, served, format);
}

async function readServed(
  runtime: SparkRuntime,
  served: JavaObject,
  format: StageInput,
): Promise<unknown[]> {
  const decode = runtime.decoder(format);
  const records: unknown[] = [];
  await using result = await openServed(runtime.gateway, served);
  for await (const frames of result.frames()) {
    const before = records.length;
    for (const frame of frames) {
      for (const record of decode(frame)) records.push(record);
    }
    runtime.actions.pass(records.length - before, "received");
  }
  await result.finish();
  return records;
}
