/**
 * What an RDD is before anything runs: a frozen tree of operations. Only
 * {@link NodeState} changes, as Spark users rely on (`rdd.cache()` marks the
 * one RDD that they hold).
 *
 * @module
 */
import type { ClosureRecord } from "../../protocol/closure_record.ts";
import type {
  PartitionRule,
  StageInput,
  Step,
} from "../../protocol/command.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { CallSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import type { StorageLevel } from "./storage_level.ts";

/** A node's RDD in the JVM. */
export interface JvmRdd {
  /** The `JavaRDD`. */
  readonly java: JavaObject;
  /** How its elements are to be read. */
  readonly format: StageInput;
}

/** What changes about a node: marks set by the user, and what was made for it once. */
export class NodeState {
  /** The level at which the user wants the RDD kept; null: not kept. */
  storageLevel: StorageLevel | null = null;
  /** The level that the JVM was told of. */
  appliedLevel: StorageLevel | null = null;
  /** The RDD in the JVM, once an action needed it. */
  jvm: Promise<JvmRdd> | null = null;
  /** The functions of the node's step, as the first action found them. */
  closure: Promise<ClosureRecord | null> | null = null;
}

interface NodeBase {
  readonly site: CallSite;
  readonly state: NodeState;
}

/** Records that come from outside: files, the driver's own data, a DataFrame. */
export interface SourceNode extends NodeBase {
  readonly kind: "source";
  /** Makes the RDD in the JVM. */
  readonly open: (runtime: SparkRuntime) => Promise<JvmRdd>;
}

/** One narrow step over the parent's records; consecutive ones run as one. */
export interface StageNode extends NodeBase {
  readonly kind: "stage";
  readonly parent: PlanNode;
  readonly step: Step<unknown>;
}

/** The parent's records, each in the partition that a rule names. */
export interface ShuffleNode extends NodeBase {
  readonly kind: "shuffle";
  readonly parent: PlanNode;
  /** Number of partitions; null: as Spark chooses. */
  readonly partitions: number | null;
  readonly rule: PartitionRule<unknown>;
}

/** The records of all parents, partition after partition. */
export interface UnionNode extends NodeBase {
  readonly kind: "union";
  readonly parents: readonly PlanNode[];
}

/** The parent's records in fewer partitions, without a shuffle. */
export interface CoalesceNode extends NodeBase {
  readonly kind: "coalesce";
  readonly parent: PlanNode;
  readonly partitions: number;
}

/** One operation of a plan. */
export type PlanNode =
  | SourceNode
  | StageNode
  | ShuffleNode
  | UnionNode
  | CoalesceNode;

/** A stage node over `parent`. */
export function stageNode(
  parent: PlanNode,
  step: Step<unknown>,
  site: CallSite,
): StageNode {
  return Object.freeze({
    kind: "stage",
    parent,
    step: Object.freeze(step),
    site,
    state: new NodeState(),
  });
}

/** A shuffle node over `parent`. */
export function shuffleNode(
  parent: PlanNode,
  rule: PartitionRule<unknown>,
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
  open: (runtime: SparkRuntime) => Promise<JvmRdd>,
  site: CallSite,
): SourceNode {
  return Object.freeze({ kind: "source", open, site, state: new NodeState() });
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

/** A coalesce node. */
export function coalesceNode(
  parent: PlanNode,
  partitions: number,
  site: CallSite,
): CoalesceNode {
  return Object.freeze({
    kind: "coalesce",
    parent,
    partitions,
    site,
    state: new NodeState(),
  });
}
