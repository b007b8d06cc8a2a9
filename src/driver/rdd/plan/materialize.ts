import type { ClosureRecord } from "../../../protocol/closure_record.ts";
import type {
  StageInput,
  StageOutput,
  WireStep,
} from "../../../protocol/command.ts";
import { isAsyncStep } from "../../../protocol/step.ts";
import { SparkError } from "../../../common/errors.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { describeSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import { applyMarks } from "./apply_marks.ts";
import { captureRule, captureStep } from "./capture_step.ts";
import { memoizeAsync } from "../../../common/memoize_async.ts";
import type {
  CartesianNode,
  DeferredNode,
  JvmRdd,
  JvmTransformNode,
  NodeState,
  PlanNode,
  ShuffleNode,
  ShuffleTarget,
  StageNode,
  UnionNode,
  ZipNode,
} from "./plan_node.ts";

const PYTHON_RDD = "org.apache.spark.api.python.PythonRDD";
const BATCH: StageInput = Object.freeze({ kind: "batch" });
/** Records in a batch where it comes as they are. */
export const BATCHES: StageOutput<never> = Object.freeze({
  kind: "batch",
  records: null,
});
const ZIP_RECORDS = 1024; // the JVM zips batches, so both sides need the same

/**
 * Makes a plan's RDD in the JVM, once: captures its functions, runs what the
 * plan itself needs, and keeps the result on the node.
 *
 * @param runtime the application
 * @param node the plan
 */
export async function materialize(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<JvmRdd> {
  const rdd = await memoizeAsync(node.state, "jvm", () => build(runtime, node));
  await applyMarks(runtime, node, rdd);
  return rdd;
}

/** A plan's RDD whose elements are record batches, with one more stage where they are not. */
export async function materializeBatches(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<JvmRdd> {
  const rdd = await materialize(runtime, node);
  if (rdd.format.kind === "batch") return rdd;
  const stage = await stageRdd(runtime, node, [], BATCHES, null);
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
  const { base, stages } = await fuse(runtime, node, extra);
  const from = await materialize(runtime, base);
  const steps: WireStep[] = [];
  for (const stage of stages) steps.push(await captureStep(runtime, stage));
  const command = { input: from.format, steps, output, outputClosure };
  const f = await runtime.workerFunction(command);
  return await runtime.gateway.construct(
    PYTHON_RDD,
    await from.java.callObject("rdd"),
    f,
    stages.every((stage) => stage.keepsPartitioning),
    stages.some((stage) => stage.isBarrier),
  );
}

/**
 * The narrow steps at the top of a plan, `extra` with them, and the first node
 * that is not one, that the user keeps, or that has to be a stage of its own
 * because it awaits.
 */
async function fuse(
  runtime: SparkRuntime,
  node: PlanNode,
  extra: readonly StageNode[],
): Promise<{ base: PlanNode; stages: StageNode[] }> {
  const stages = [...extra];
  let base = node;
  for (;;) {
    if (stages.some(isAsync) || isKept(base.state)) break;
    if (base.kind === "shuffle") {
      if (!(await shuffleTarget(runtime, base)).isReached) break;
      base = base.parent;
    } else if (base.kind === "stage") {
      if (isAsync(base) && !stages.every(isTake)) break;
      stages.unshift(base);
      base = base.parent;
    } else if (base.kind === "deferred") {
      base = await planOf(runtime, base);
    } else {
      break;
    }
  }
  return { base, stages };
}

function isAsync({ step }: StageNode): boolean {
  return typeof step === "object" && isAsyncStep(step);
}

/** A step that awaits is a stage of its own, but may be told how many records are wanted. */
function isTake({ step }: StageNode, at: number): boolean {
  return at === 0 && typeof step === "object" && step.op === "take";
}

function isKept(state: NodeState): boolean {
  return state.storageLevel !== null || state.checkpoint !== null ||
    state.resources !== null;
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
    case "zip":
      return await buildZip(runtime, node);
    case "cartesian":
      return await buildCartesian(runtime, node);
    case "jvmTransform":
      return await buildAdapted(runtime, node);
    case "deferred":
      return await ownCopy(runtime, await planOf(runtime, node));
  }
}

/** What a later plan is, chosen once. */
function planOf(runtime: SparkRuntime, node: DeferredNode): Promise<PlanNode> {
  return memoizeAsync(node.state, "plan", () => node.plan(runtime));
}

async function buildStage(
  runtime: SparkRuntime,
  node: StageNode,
): Promise<JvmRdd> {
  const stage = await stageRdd(runtime, node.parent, [node], BATCHES, null);
  return { java: (await stage.callObject("asJavaRDD")).keep(), format: BATCH };
}

async function buildShuffle(
  runtime: SparkRuntime,
  node: ShuffleNode,
): Promise<JvmRdd> {
  const target = await shuffleTarget(runtime, node);
  if (target.isReached) return await ownCopy(runtime, node.parent);
  const { partitions } = target;
  const { rule, closure } = await captureRule(runtime, target.rule, node.site);
  const site = describeSite(node.site);
  const output = { kind: "shuffle", partitions, rule, site } as const;
  const stage = await stageRdd(runtime, node.parent, [], output, closure);
  const { gateway } = runtime;
  const pairs = await gateway.construct(
    "org.apache.spark.api.python.PairwiseRDD",
    stage,
  );
  const partitioner = await gateway.construct(
    "org.apache.spark.api.python.PythonPartitioner",
    partitions,
    target.id,
  );
  const shuffled = await (await pairs.callObject("asJavaPairRDD")).callObject(
    "partitionBy",
    partitioner,
  );
  const java = await gateway.callStaticObject(
    PYTHON_RDD,
    "valueOfPair",
    shuffled,
  );
  return { java: java.keep(), format: BATCH };
}

/** An RDD with the records of another, for a node that may be kept or named apart from it. */
async function ownCopy(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<JvmRdd> {
  const stage = await stageRdd(runtime, node, [], BATCHES, null);
  return { java: (await stage.callObject("asJavaRDD")).keep(), format: BATCH };
}

/**
 * Where a shuffle puts its records, decided once: in how many partitions, by
 * which rule, and whether they are there already.
 */
function shuffleTarget(
  runtime: SparkRuntime,
  node: ShuffleNode,
): Promise<ShuffleTarget> {
  return memoizeAsync(node.state, "target", () => decideTarget(runtime, node));
}

async function decideTarget(
  runtime: SparkRuntime,
  node: ShuffleNode,
): Promise<ShuffleTarget> {
  const partitions = node.partitions ??
    defaultPartitions(runtime, await countPartitions(runtime, node.parent));
  const rule = typeof node.rule === "function"
    ? await node.rule(runtime, partitions)
    : node.rule;
  const id = runtime.partitionerId(rule);
  const there = await partitioningOf(runtime, node.parent);
  const isReached = there !== null && there.id === id &&
    there.partitions === partitions;
  return { partitions, rule, id, isReached };
}

/** How a plan's records are partitioned, where that is known; null: in no way that a key tells. */
export async function partitioningOf(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<ShuffleTarget | null> {
  switch (node.kind) {
    case "shuffle":
      return await shuffleTarget(runtime, node);
    case "stage":
      return node.keepsPartitioning
        ? await partitioningOf(runtime, node.parent)
        : null;
    case "union":
      return await partitioningOfUnion(runtime, node);
    case "deferred":
      return await partitioningOf(runtime, await planOf(runtime, node));
    case "source":
    case "zip":
    case "cartesian":
    case "jvmTransform":
      return null;
  }
}

/** The JVM joins RDDs of one partitioner partition by partition; an empty parent may keep it from it. */
async function partitioningOfUnion(
  runtime: SparkRuntime,
  node: UnionNode,
): Promise<ShuffleTarget | null> {
  const [first, ...others] = await Promise.all(
    node.parents.map((parent) => partitioningOf(runtime, parent)),
  );
  if (first === undefined || first === null) return null;
  const isCommon = others.every((other) =>
    other?.id === first.id && other.partitions === first.partitions
  );
  if (!isCommon) return null;
  const { java } = await materialize(runtime, node);
  const count = await java.callNumber("getNumPartitions");
  return count === first.partitions ? first : null;
}

/** How many partitions a shuffle of so many makes when the program does not say. Peer: `RDD._defaultReducePartitions`. */
export function defaultPartitions(
  runtime: SparkRuntime,
  parent: number,
): number {
  return runtime.conf.get("spark.default.parallelism") === undefined
    ? parent
    : runtime.defaultParallelism;
}

/** Number of partitions of a plan, without making RDDs for its narrow steps. */
export async function countPartitions(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<number> {
  if (node.kind === "shuffle") {
    return (await shuffleTarget(runtime, node)).partitions;
  }
  if (node.kind === "stage") return await countPartitions(runtime, node.parent);
  if (node.kind === "deferred") {
    return await countPartitions(runtime, await planOf(runtime, node));
  }
  const { java } = await materialize(runtime, node);
  return await java.callNumber("getNumPartitions");
}

async function buildUnion(
  runtime: SparkRuntime,
  node: UnionNode,
): Promise<JvmRdd> {
  const parents: JvmRdd[] = [];
  for (const parent of node.parents) {
    parents.push(await materializeBatches(runtime, parent));
  }
  const [first, ...others] = parents;
  let java = first?.java ?? await runtime.jsc.callObject("emptyRDD");
  for (const other of others) {
    java = await java.callObject("union", other.java);
  }
  // A union of one is that RDD itself, which its own node keeps.
  return { java: java.keep(), format: BATCH };
}

/** Peer: `RDD.zip`, over batches of the same number of records. */
async function buildZip(
  runtime: SparkRuntime,
  { left, right }: ZipNode,
): Promise<JvmRdd> {
  await checkZip(runtime, left, right);
  const output = { kind: "batch", records: ZIP_RECORDS } as const;
  const open = async (side: PlanNode): Promise<JavaObject> => {
    const stage = await stageRdd(runtime, side, [], output, null);
    return await stage.callObject("asJavaRDD");
  };
  const java = await (await open(left)).callObject("zip", await open(right));
  return { java: java.keep(), format: { kind: "zip" } };
}

/** Peer: `RDD.cartesian`, over batches. */
async function buildCartesian(
  runtime: SparkRuntime,
  node: CartesianNode,
): Promise<JvmRdd> {
  const left = await materializeBatches(runtime, node.left);
  const right = await materializeBatches(runtime, node.right);
  const java = await left.java.callObject("cartesian", right.java);
  return { java: java.keep(), format: { kind: "cartesian" } };
}

async function checkZip(
  runtime: SparkRuntime,
  left: PlanNode,
  right: PlanNode,
): Promise<void> {
  const [a, b] = [
    await countPartitions(runtime, left),
    await countPartitions(runtime, right),
  ];
  if (a === b) return;
  throw new SparkError(
    "ZIP_PARTITIONS_DIFFER",
    `Can only zip with RDD which has the same number of partitions: this one has ${a}, the other ${b}; repartition() one of them`,
    { partitions: a, other: b },
  );
}

async function buildAdapted(
  runtime: SparkRuntime,
  node: JvmTransformNode,
): Promise<JvmRdd> {
  const { java, format } = await materialize(runtime, node.parent);
  return { java: (await node.adapt(runtime, java)).keep(), format };
}
