import type { ClosureRecord } from "../../../protocol/closure_record.ts";
import type {
  StageInput,
  StageOutput,
  WireStep,
} from "../../../protocol/command.ts";
import { SparkError } from "../../../common/errors.ts";
import { makeArray } from "../../gateway/java_convert.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { describeSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import type { Life } from "../../runtime/shared_variables.ts";
import { applyMarks } from "./apply_marks.ts";
import { captureRule, captureStep } from "./capture_step.ts";
import { memoizeAsync } from "../../../common/memoize_async.ts";
import { isAsync, isKept, isOfOneAction, isTake } from "./node_facts.ts";
import {
  defaultPartitions,
  isSameTarget,
  shuffledRdd,
} from "./shuffled_rdd.ts";
import type {
  BuiltRdd,
  CartesianNode,
  DeferredNode,
  JvmTransformNode,
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
 * How many workers a task may hold at once below a step. What lies deeper is
 * cut off by a shuffle: workers cost memory, and Spark looks for a place for
 * each task in time exponential in the levels of co-partitioned unions.
 */
const MAX_WORKERS = 6;

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
): Promise<BuiltRdd> {
  const rdd = await memoizeAsync(node.state, "jvm", () => build(runtime, node));
  await applyMarks(runtime, node, rdd);
  return rdd;
}

/** A plan's RDD whose elements are record batches, with one more stage where they are not. */
export async function materializeBatches(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<BuiltRdd> {
  const rdd = await materialize(runtime, node);
  if (rdd.format.kind === "batch") return rdd;
  const stage = await openStage(runtime, node, []);
  return await batchesOf(stage);
}

/**
 * A `PythonRDD` that runs steps over a plan, and with them the narrow steps
 * before them that the user does not keep, for jobs that may run on after the
 * running action.
 *
 * @param runtime the application
 * @param node the plan below
 * @param extra steps on top of it
 * @param output how records leave
 */
export async function stageRdd(
  runtime: SparkRuntime,
  node: PlanNode,
  extra: readonly StageNode[],
  output: StageOutput<number>,
): Promise<JavaObject> {
  const how = { ...AS_BATCHES, output };
  return (await openStage(runtime, node, extra, how)).python;
}

/** As {@link stageRdd}, for jobs of the running action alone: what its functions need goes with the action. */
export async function actionRdd(
  runtime: SparkRuntime,
  node: PlanNode,
  extra: readonly StageNode[],
  output: StageOutput<number>,
): Promise<JavaObject> {
  const how = { ...AS_BATCHES, output, life: "action" } as const;
  return (await openStage(runtime, node, extra, how)).python;
}

/**
 * A plan's RDD for a job of the running action, as {@link materialize} makes
 * and keeps it; but one with a large command is the action's alone, so that the
 * command's file goes with it.
 */
export async function jobRdd(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<BuiltRdd> {
  if (!isOfOneAction(node)) return await materialize(runtime, node);
  const how = { ...AS_BATCHES, life: "action" } as const;
  const opened = await openStage(runtime, node, [], how);
  if (opened.isLarge) {
    const java = await opened.python.callObject("asJavaRDD");
    return { java, format: BATCH, workers: opened.workers };
  }
  const rdd = await batchesOf(opened);
  node.state.jvm ??= Promise.resolve(rdd);
  return rdd;
}

/** How a stage writes. */
interface StageWriting {
  readonly output: StageOutput<number>;
  readonly outputClosure: ClosureRecord | null;
  /** Whether it is what cuts off: it reads its input as it is, and forgets its partitioner, since Spark does not shuffle what is in its place. */
  readonly isCut: boolean;
  readonly life: Life;
}

const AS_BATCHES: StageWriting = Object.freeze({
  output: BATCHES,
  outputClosure: null,
  isCut: false,
  life: "rdd",
});

/** A stage's `PythonRDD`. */
interface OpenedStage {
  readonly python: JavaObject;
  readonly workers: number;
  /** Whether its command lies in a file. */
  readonly isLarge: boolean;
}

async function openStage(
  runtime: SparkRuntime,
  node: PlanNode,
  extra: readonly StageNode[],
  { output, outputClosure, isCut, life }: StageWriting = AS_BATCHES,
): Promise<OpenedStage> {
  const { base, stages } = await fuse(runtime, node, extra);
  const from = await materializeShallow(runtime, base, isCut);
  const steps: WireStep[] = [];
  for (const stage of stages) steps.push(await captureStep(runtime, stage));
  const command = { input: from.format, steps, output, outputClosure };
  const f = await runtime.workerFunction(command, life);
  const python = await runtime.gateway.construct(
    PYTHON_RDD,
    await from.java.callObject("rdd"),
    f.java,
    !isCut && stages.every((stage) => stage.keepsPartitioning),
    stages.some((stage) => stage.isBarrier),
  );
  return { python, workers: from.workers + 1, isLarge: f.isLarge };
}

async function batchesOf({ python, workers }: OpenedStage): Promise<BuiltRdd> {
  const java = await python.callObject("asJavaRDD");
  return { java: java.keep(), format: BATCH, workers };
}

/** A plan's RDD, or its records behind a shuffle where a task over it would hold too many workers. */
async function materializeShallow(
  runtime: SparkRuntime,
  node: PlanNode,
  isCut: boolean,
): Promise<BuiltRdd> {
  const rdd = await materialize(runtime, node);
  if (rdd.workers < MAX_WORKERS || isCut) return rdd;
  return await memoizeAsync(node.state, "cut", () => cutOff(runtime, node));
}

/** A plan's records in the same partitions and order, read from the files of a shuffle. */
async function cutOff(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<BuiltRdd> {
  const there = await partitioningOf(runtime, node);
  const partitions = await countPartitions(runtime, node);
  const rule = { kind: "own" } as const;
  const id = there?.placing.id ?? runtime.partitionerId(rule, null);
  const site = describeSite(node.site);
  const { python } = await openStage(runtime, node, [], {
    output: { kind: "shuffle", partitions, rule, site },
    outputClosure: null,
    isCut: true,
    life: "rdd",
  });
  return await shuffledRdd(runtime, python, partitions, id);
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
  const below: StageNode[] = []; // the last one runs first
  let hasAsync = extra.some(isAsync);
  let base = node;
  while (!hasAsync && !isKept(base.state)) {
    if (base.kind === "shuffle") {
      if (!(await shuffleTarget(runtime, base)).isReached) break;
      base = base.parent;
    } else if (base.kind === "stage") {
      hasAsync = isAsync(base);
      if (hasAsync && ![...below.toReversed(), ...extra].every(isTake)) break;
      below.push(base);
      base = base.parent;
    } else if (base.kind === "deferred") {
      base = await planOf(runtime, base);
    } else {
      break;
    }
  }
  return { base, stages: [...below.reverse(), ...extra] };
}

async function build(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<BuiltRdd> {
  switch (node.kind) {
    case "source":
      return { ...await node.open(runtime), workers: 0 };
    case "stage":
      return await batchesOf(await openStage(runtime, node.parent, [node]));
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

async function buildShuffle(
  runtime: SparkRuntime,
  node: ShuffleNode,
): Promise<BuiltRdd> {
  const target = await shuffleTarget(runtime, node);
  if (target.isReached) return await ownCopy(runtime, node.parent);
  const { partitions, placing } = target;
  const { rule, closure, id } = placing;
  const site = describeSite(node.site);
  const { python } = await openStage(runtime, node.parent, [], {
    output: { kind: "shuffle", partitions, rule, site },
    outputClosure: closure,
    isCut: false,
    life: "rdd",
  });
  return await shuffledRdd(runtime, python, partitions, id);
}

/** An RDD with the records of another, for a node that may be kept or named apart from it. */
async function ownCopy(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<BuiltRdd> {
  return await batchesOf(await openStage(runtime, node, []));
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
  const given = typeof node.rule === "function"
    ? await node.rule(runtime, partitions)
    : node.rule;
  const placing = given.kind === "captured"
    ? given
    : await captureRule(runtime, given, node.site);
  const there = await partitioningOf(runtime, node.parent);
  const isReached = there !== null && there.placing.id === placing.id &&
    there.partitions === partitions;
  return { partitions, placing, isReached };
}

/** How a plan's records are partitioned, where that is known; null: in no way that a key tells. */
export async function partitioningOf(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<ShuffleTarget | null> {
  let base = node;
  while (base.kind === "deferred" || base.kind === "stage") {
    if (base.kind === "deferred") base = await planOf(runtime, base);
    else if (base.keepsPartitioning) base = base.parent;
    else return null;
  }
  if (base.kind === "shuffle") return await shuffleTarget(runtime, base);
  if (base.kind !== "union") return null;
  const { state } = base;
  const union = base;
  return await memoizeAsync(
    state,
    "partitioning",
    () => partitioningOfUnion(runtime, union),
  );
}

/** Peer: `SparkContext.union`: RDDs of one partitioner are joined partition by partition. */
async function partitioningOfUnion(
  runtime: SparkRuntime,
  { parents }: UnionNode,
): Promise<ShuffleTarget | null> {
  const [first, ...others] = parents;
  if (first === undefined) return null;
  const common = await partitioningOf(runtime, first);
  for (const other of others) {
    const there = common && await partitioningOf(runtime, other);
    if (!isSameTarget(common, there)) return null;
  }
  return common;
}

/** Number of partitions of a plan, without making RDDs for its narrow steps. */
export async function countPartitions(
  runtime: SparkRuntime,
  node: PlanNode,
): Promise<number> {
  let base = node;
  while (base.kind === "deferred" || base.kind === "stage") {
    base = base.kind === "stage" ? base.parent : await planOf(runtime, base);
  }
  if (base.kind === "shuffle") {
    return (await shuffleTarget(runtime, base)).partitions;
  }
  const { java } = await materialize(runtime, base);
  return await java.callNumber("getNumPartitions");
}

/** Peer: `SparkContext.union`. One union of all, since Spark's recursion does not go deep. */
async function buildUnion(
  runtime: SparkRuntime,
  node: UnionNode,
): Promise<BuiltRdd> {
  const parents: BuiltRdd[] = [];
  for (const parent of await flatParents(runtime, node)) {
    parents.push(await materializeBatches(runtime, parent));
  }
  const [first, ...others] = parents;
  const java = first === undefined
    ? await runtime.jsc.callObject("emptyRDD")
    : others.length === 0 // itself, which its own node keeps
    ? first.java
    : await runtime.jsc.callObject(
      "union",
      await makeArray(
        runtime.gateway,
        "org.apache.spark.api.java.JavaRDD",
        parents.map(({ java }) => java),
      ),
    );
  const workers = parents.reduce((most, p) => Math.max(most, p.workers), 0);
  return { java: java.keep(), format: BATCH, workers };
}

/**
 * The parents of a union, those of unions among them in their place, unless the
 * user keeps these or their records lie in other partitions then.
 */
async function flatParents(
  runtime: SparkRuntime,
  union: UnionNode,
): Promise<PlanNode[]> {
  const target = await partitioningOf(runtime, union);
  const flat: PlanNode[] = [];
  const waiting: PlanNode[] = [...union.parents].reverse();
  for (let next; (next = waiting.pop()) !== undefined;) {
    const isFlat = next.kind === "union" && !isKept(next.state) &&
      (target !== null || await partitioningOf(runtime, next) === null);
    if (next.kind === "union" && isFlat) {
      for (const parent of next.parents.toReversed()) waiting.push(parent);
    } else flat.push(next);
  }
  return flat;
}

/** Peer: `RDD.zip`, over batches of the same number of records. */
async function buildZip(
  runtime: SparkRuntime,
  { left, right }: ZipNode,
): Promise<BuiltRdd> {
  await checkZip(runtime, left, right);
  const output = { kind: "batch", records: ZIP_RECORDS } as const;
  const open = async (side: PlanNode): Promise<BuiltRdd> => {
    const how = { ...AS_BATCHES, output };
    return await batchesOf(await openStage(runtime, side, [], how));
  };
  const [first, second] = [await open(left), await open(right)];
  const java = await first.java.callObject("zip", second.java);
  return {
    java: java.keep(),
    format: { kind: "zip" },
    workers: first.workers + second.workers, // both are read at once
  };
}

/** Peer: `RDD.cartesian`, over batches. */
async function buildCartesian(
  runtime: SparkRuntime,
  node: CartesianNode,
): Promise<BuiltRdd> {
  const left = await materializeBatches(runtime, node.left);
  const right = await materializeBatches(runtime, node.right);
  const java = await left.java.callObject("cartesian", right.java);
  return {
    java: java.keep(),
    format: { kind: "cartesian" },
    workers: left.workers + right.workers, // both are read at once
  };
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
): Promise<BuiltRdd> {
  const parent = await materialize(runtime, node.parent);
  return { ...parent, java: (await node.adapt(runtime, parent.java)).keep() };
}
