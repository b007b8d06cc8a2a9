/**
 * What an RDD is before anything runs: a frozen tree of operations. Only
 * {@link NodeState} changes, as Spark users rely on (`rdd.cache()` marks the
 * one RDD that they hold).
 *
 * @module
 */
import type { ClosureRecord } from "../../../protocol/closure_record.ts";
import type { PartitionRule, StageInput } from "../../../protocol/command.ts";
import { keepsKeys, type Step } from "../../../protocol/step.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import type { ResourceProfile } from "../resource_profile.ts";
import type { StorageLevel } from "../storage_level.ts";

/** A node's RDD in the JVM. */
export interface JvmRdd {
  /** The `JavaRDD`. */
  readonly java: JavaObject;
  /** How its elements are to be read. */
  readonly format: StageInput;
}

/** A node's RDD in the JVM, and what it takes to compute. */
export interface BuiltRdd extends JvmRdd {
  /** How many workers a task holds at once, at most, that computes one of its partitions. */
  readonly workers: number;
}

/** What changes about a node: marks set by the user, and what was made for it once. */
export class NodeState {
  /** The level at which the user wants the RDD kept; null: not kept. */
  storageLevel: StorageLevel | null = null;
  /** The level that the JVM was told of. */
  appliedLevel: StorageLevel | null = null;
  /** How the user wants the RDD cut off from its past at the next action. */
  checkpoint: "reliable" | "local" | null = null;
  /** Whether the JVM was told of that. */
  isCheckpointApplied = false;
  /** The name that the user gave. */
  name: string | null = null;
  /** What the stage's executors and tasks need; null: what the application has. */
  resources: ResourceProfile | null = null;
  /** Whether the JVM was told of that. */
  areResourcesApplied = false;
  /** The name that the JVM was told of. */
  appliedName: string | null = null;
  /** The RDD in the JVM, once an action needed it. */
  jvm: Promise<BuiltRdd> | null = null;
  /** The same records behind a shuffle of their own, for steps over too many workers. */
  cut: Promise<BuiltRdd> | null = null;
  /** The node's step, and its functions as the first action found them. */
  step: Promise<CapturedStep> | null = null;
  /** Where a shuffle puts its records, once that was decided. */
  target: Promise<ShuffleTarget> | null = null;
  /** How a union's records are partitioned, once that was decided. */
  partitioning: Promise<ShuffleTarget | null> | null = null;
  /** What a later plan came to be. */
  plan: Promise<PlanNode> | null = null;
}

/** A step with its functions as the first action found them. */
export interface CapturedStep {
  readonly step: Step<number>;
  readonly closure: ClosureRecord | null;
}

/** A rule with its function as the first action found it. */
export interface CapturedRule {
  readonly kind: "captured";
  readonly rule: PartitionRule<number>;
  readonly closure: ClosureRecord | null;
  /** Two partitioners with the same number and as many partitions are equal. */
  readonly id: bigint;
}

/** Where a shuffle puts its records. */
export interface ShuffleTarget {
  readonly partitions: number;
  readonly placing: CapturedRule;
  /** Whether the parent's records are there already. */
  readonly isReached: boolean;
}

/** What needs a job of its own, or the JVM's word, before it is known. */
export type Deferred<T> = (runtime: SparkRuntime) => Promise<T>;

interface NodeBase {
  readonly site: CallSite;
  readonly state: NodeState;
}

/** Records that come from outside: files, the driver's own data, a DataFrame. */
export interface SourceNode extends NodeBase {
  readonly kind: "source";
  /** Makes the RDD in the JVM. */
  readonly open: Deferred<JvmRdd>;
  /** The files that it reads; null for none, and where settings name them. */
  readonly path: string | null;
}

/** One narrow step over the parent's records; consecutive ones run as one. */
export interface StageNode extends NodeBase {
  readonly kind: "stage";
  readonly parent: PlanNode;
  readonly step: Step<unknown> | Deferred<Step<unknown>>;
  /** Whether each record stays in the partition of its key. */
  readonly keepsPartitioning: boolean;
  /** Whether all tasks have to run at once, so that they can wait for each other. */
  readonly isBarrier: boolean;
}

/** The parent's records, each in the partition that a rule names. */
export interface ShuffleNode extends NodeBase {
  readonly kind: "shuffle";
  readonly parent: PlanNode;
  /** Number of partitions; null: as Spark chooses. */
  readonly partitions: number | null;
  /** The rule; a range's bounds are found by a job, once the number of partitions is known. */
  readonly rule: ShuffleRule;
}

/** What says where a shuffle puts its records. */
export type ShuffleRule = PartitionRule<unknown> | CapturedRule | RuleOf;

/** Finds a rule for a number of partitions. */
export type RuleOf = (
  runtime: SparkRuntime,
  partitions: number,
) => Promise<PartitionRule<unknown>>;

/** The records of all parents, partition after partition. */
export interface UnionNode extends NodeBase {
  readonly kind: "union";
  readonly parents: readonly PlanNode[];
}

/** Records of two parents at the same places, in pairs. */
export interface ZipNode extends NodeBase {
  readonly kind: "zip";
  readonly left: PlanNode;
  readonly right: PlanNode;
}

/** Each record of one parent with each of another. */
export interface CartesianNode extends NodeBase {
  readonly kind: "cartesian";
  readonly left: PlanNode;
  readonly right: PlanNode;
}

/** The parent's RDD as a method of the JVM's own changes it. */
export interface JvmTransformNode extends NodeBase {
  readonly kind: "jvmTransform";
  readonly parent: PlanNode;
  /** Makes the new `JavaRDD` of the parent's. */
  readonly adapt: (
    runtime: SparkRuntime,
    parent: JavaObject,
  ) => Promise<JavaObject>;
}

/** A plan that is chosen when an action needs it. */
export interface DeferredNode extends NodeBase {
  readonly kind: "deferred";
  readonly plan: Deferred<PlanNode>;
  /** The plans that it is made of. */
  readonly about: readonly PlanNode[];
}

/** One operation of a plan. */
export type PlanNode =
  | SourceNode
  | StageNode
  | ShuffleNode
  | UnionNode
  | ZipNode
  | CartesianNode
  | JvmTransformNode
  | DeferredNode;

/** What a stage node may say beside its step. */
export interface StageOptions {
  /** Whether each record stays in the partition of its key; by default as the step's kind says. */
  readonly keepsPartitioning?: boolean;
  /** Whether all tasks have to run at once; false by default. */
  readonly isBarrier?: boolean;
}

/** A stage node over `parent`. */
export function stageNode(
  parent: PlanNode,
  step: Step<unknown> | Deferred<Step<unknown>>,
  site: CallSite,
  options: StageOptions = {},
): StageNode {
  return Object.freeze({
    kind: "stage",
    parent,
    step: typeof step === "function" ? step : Object.freeze(step),
    keepsPartitioning: options.keepsPartitioning ??
      (typeof step === "object" && keepsKeys(step)),
    isBarrier: options.isBarrier ?? false,
    site,
    state: new NodeState(),
  });
}

/** A stage node whose functions were captured before, for what another node has captured. */
export function capturedStage(
  parent: PlanNode,
  captured: CapturedStep,
  site: CallSite,
): StageNode {
  const node = stageNode(parent, () => Promise.reject(REVIVED), site);
  node.state.step = Promise.resolve(captured);
  return node;
}

const REVIVED = new Error("A captured step has no functions to capture");

/** A shuffle node over `parent`. */
export function shuffleNode(
  parent: PlanNode,
  rule: ShuffleRule,
  partitions: number | null,
  site: CallSite,
): ShuffleNode {
  return Object.freeze({
    kind: "shuffle",
    parent,
    rule,
    partitions,
    site,
    state: new NodeState(),
  });
}

/** A source node. */
export function sourceNode(
  open: Deferred<JvmRdd>,
  site: CallSite,
  path: string | null = null,
): SourceNode {
  const state = new NodeState();
  return Object.freeze({ kind: "source", open, path, site, state });
}

/** A union node. */
export function unionNode(
  parents: readonly PlanNode[],
  site: CallSite,
): UnionNode {
  return Object.freeze({
    kind: "union",
    parents,
    site,
    state: new NodeState(),
  });
}

/** A zip node. */
export function zipNode(
  left: PlanNode,
  right: PlanNode,
  site: CallSite,
): ZipNode {
  const state = new NodeState();
  return Object.freeze({ kind: "zip", left, right, site, state });
}

/** A cartesian node. */
export function cartesianNode(
  left: PlanNode,
  right: PlanNode,
  site: CallSite,
): CartesianNode {
  const state = new NodeState();
  return Object.freeze({ kind: "cartesian", left, right, site, state });
}

/** A node for what the JVM does itself, batch by batch. */
export function jvmTransformNode(
  parent: PlanNode,
  adapt: JvmTransformNode["adapt"],
  site: CallSite,
): JvmTransformNode {
  return Object.freeze({
    kind: "jvmTransform",
    parent,
    adapt,
    site,
    state: new NodeState(),
  });
}

/** A node for a plan that is chosen when an action needs it. */
export function deferredNode(
  plan: Deferred<PlanNode>,
  about: readonly PlanNode[],
  site: CallSite,
): DeferredNode {
  return Object.freeze({
    kind: "deferred",
    plan,
    about,
    site,
    state: new NodeState(),
  });
}
