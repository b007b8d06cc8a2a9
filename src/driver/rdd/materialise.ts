import type { ClosureRecord } from "../../protocol/closure_record.ts";
import {
  mapStepFunctions,
  type PartitionRule,
  type StageInput,
  type StageOutput,
  type WireStep,
} from "../../protocol/command.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import type {
  CoalesceNode,
  JvmRdd,
  PlanNode,
  ShuffleNode,
  StageNode,
  UnionNode,
} from "./plan.ts";

const BATCH: StageInput = Object.freeze({ kind: "batch" });

/**
 * Makes a plan's RDD in the JVM, once: captures its functions, runs what the
 * plan itself needs, and keeps the result on the node.
 *
 * @param runtime the application
 * @param node the plan
 */
export async function materialise(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<JvmRdd> {
  const { state } = node;
  state.jvm ??= build(runtime, node).catch((error) => {
    state.jvm = null; // the next action may try again, say with the file in place
    throw error;
  });
  const rdd = await state.jvm;
  await applyStorageLevel(runtime, node, rdd);
  return rdd;
}

/** A plan's RDD whose elements are record batches, with one more stage where they are not. */
export async function materialiseBatches(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<JvmRdd> {
  const rdd = await materialise(runtime, node);
  if (rdd.format.kind === "batch") return rdd;
  const stage = await stageRdd(runtime, node, [], {
    kind: "batch",
  }, null);
  return { java: await stage.callObject("asJavaRDD"), format: BATCH };
}

/**
 * A `PythonRDD` that runs steps over a plan, and with them the narrow steps
 * before them that nobody keeps.
 *
 * @param runtime the application
 * @param node the plan below
 * @param extra steps on top of it
 * @param output how records leave
 * @param outputClosure what the output's own function captured
 */
export async function stageRdd(
  runtime: SparkRuntime,
  node: PlanNode,
  extra: readonly StageNode[],
  output: StageOutput<number>,
  outputClosure: ClosureRecord | null,
): Promise<JavaObject> {
  const { base, stages } = fuse(node);
  const from = await materialise(runtime, base);
  const steps: WireStep[] = [];
  for (const stage of [...stages, ...extra]) {
    steps.push(await wireStep(runtime, stage));
  }
  const command = { input: from.format, steps, output, outputClosure };
  const f = await runtime.workerFunction(command);
  const parent = await from.java.callObject("rdd");
  return await runtime.gateway.construct(
    "org.apache.spark.api.python.PythonRDD",
    parent,
    f,
    false,
    false,
  );
}

/** The narrow steps at the top of a plan, and the first node that is not one or that the user keeps. */
function fuse(node: PlanNode): { base: PlanNode; stages: StageNode[] } {
  const stages: StageNode[] = [];
  let base = node;
  while (base.kind === "stage" && base.state.storageLevel === null) {
    stages.unshift(base);
    base = base.parent;
  }
  return { base, stages };
}

async function build(runtime: SparkRuntime, node: PlanNode): Promise<JvmRdd> {
  switch (node.kind) {
    case "source":
      return await node.open(runtime);
    case "stage":
      return await buildStage(runtime, node);
    case "shuffle":
      return await buildShuffle(runtime, node);
    case "union":
      return await buildUnion(runtime, node);
    case "coalesce":
      return await buildCoalesce(runtime, node);
  }
}

async function buildStage(
  runtime: SparkRuntime,
  node: StageNode,
): Promise<JvmRdd> {
  const output = { kind: "batch" } as const;
  const stage = await stageRdd(runtime, node.parent, [node], output, null);
  return { java: (await stage.callObject("asJavaRDD")).keep(), format: BATCH };
}

async function buildShuffle(
  runtime: SparkRuntime,
  node: ShuffleNode,
): Promise<JvmRdd> {
  const partitions = node.partitions ??
    await defaultPartitions(runtime, node.parent);
  const { rule, closure } = await wireRule(runtime, node.rule, node.site);
  const output = { kind: "shuffle", partitions, rule } as const;
  const stage = await stageRdd(runtime, node.parent, [], output, closure);
  const { gateway } = runtime;
  const pairs = await gateway.construct(
    "org.apache.spark.api.python.PairwiseRDD",
    stage,
  );
  const partitioner = await gateway.construct(
    "org.apache.spark.api.python.PythonPartitioner",
    partitions,
    runtime.partitionerId(node.rule),
  );
  const shuffled = await (await pairs.callObject("asJavaPairRDD")).callObject(
    "partitionBy",
    partitioner,
  );
  const java = await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonRDD",
    "valueOfPair",
    shuffled,
  );
  return { java: java.keep(), format: BATCH };
}

/** How many partitions a shuffle makes when the program does not say. Peer: `RDD._defaultReducePartitions`. */
async function defaultPartitions(
  runtime: SparkRuntime,
  parent: PlanNode,
): Promise<number> {
  if (runtime.conf.get("spark.default.parallelism") !== undefined) {
    return runtime.defaultParallelism;
  }
  return await countPartitions(runtime, parent);
}

/** Number of partitions of a plan, without making RDDs for its narrow steps. */
export async function countPartitions(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<number> {
  const { java } = await materialise(runtime, fuse(node).base);
  return await java.callNumber("getNumPartitions");
}

async function buildUnion(
  runtime: SparkRuntime,
  node: UnionNode,
): Promise<JvmRdd> {
  const [first, ...others] = await Promise.all(
    node.parents.map((parent) => materialiseBatches(runtime, parent)),
  );
  let java = first?.java ?? await emptyRdd(runtime);
  for (const other of others) {
    java = await java.callObject("union", other.java);
  }
  // keep() of a parent's own object would tie it to this node too: it lives as long anyway.
  return { java: java.keep(), format: BATCH };
}

async function emptyRdd(runtime: SparkRuntime): Promise<JavaObject> {
  return await runtime.jsc.callObject("emptyRDD");
}

async function buildCoalesce(
  runtime: SparkRuntime,
  node: CoalesceNode,
): Promise<JvmRdd> {
  const { java, format } = await materialise(runtime, node.parent);
  const fewer = await java.callObject("coalesce", node.partitions, false);
  return { java: fewer.keep(), format };
}

/** A step as it travels, its functions captured once per node. */
async function wireStep(
  runtime: SparkRuntime,
  node: StageNode,
): Promise<WireStep> {
  const roots: unknown[] = [];
  const step = mapStepFunctions(node.step, (f) => roots.push(f) - 1);
  node.state.closure ??= captureRoots(runtime, roots, node.site);
  try {
    const closure = await node.state.closure;
    return { step, closure, site: describeSite(node.site) };
  } catch (error) {
    node.state.closure = null;
    throw error;
  }
}

async function wireRule(
  runtime: SparkRuntime,
  rule: PartitionRule<unknown>,
  site: CallSite,
): Promise<{ rule: PartitionRule<number>; closure: ClosureRecord | null }> {
  if (rule.kind !== "function") return { rule, closure: null };
  const closure = await captureRoots(runtime, [rule.f], site);
  return { rule: { kind: "function", f: 0 }, closure };
}

async function captureRoots(
  runtime: SparkRuntime,
  roots: readonly unknown[],
  site: CallSite,
): Promise<ClosureRecord | null> {
  if (roots.length === 0) return null;
  return await runtime.capturer.capture(roots, [site]);
}

/** Tells the JVM of a storage level that was set or dropped since the last action. */
export async function applyStorageLevel(
  runtime: SparkRuntime,
  { state }: PlanNode,
  rdd: JvmRdd,
): Promise<void> {
  const wanted = state.storageLevel;
  if (wanted === state.appliedLevel) return;
  const isKept = state.appliedLevel !== null;
  state.appliedLevel = wanted;
  if (isKept) await rdd.java.callObject("unpersist", false);
  if (wanted === null) return;
  const level = await runtime.gateway.callStaticObject(
    "org.apache.spark.storage.StorageLevel",
    "apply",
    wanted.useDisk,
    wanted.useMemory,
    wanted.useOffHeap,
    wanted.deserialized,
    wanted.replication,
  );
  await rdd.java.callObject("persist", level);
}
