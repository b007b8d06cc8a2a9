/**
 * What nodes of a plan tell by themselves.
 *
 * @module
 */
import { isAsyncStep } from "../../../protocol/step.ts";
import type { NodeState, PlanNode, StageNode } from "./plan_node.ts";

/** Whether a step awaits. */
export function isAsync({ step }: StageNode): boolean {
  return typeof step === "object" && isAsyncStep(step);
}

/** A step that awaits is a stage of its own, but may be told how many records are wanted. */
export function isTake({ step }: StageNode, at: number): boolean {
  return at === 0 && typeof step === "object" && step.op === "take";
}

/** Whether an action may make a plan's RDD for itself: it is narrow, and the user neither keeps nor names it. */
export function isOfOneAction({ kind, state }: PlanNode): boolean {
  return (kind === "stage" || kind === "deferred") && state.jvm === null &&
    !isKept(state) && state.name === null;
}

/** Whether the user has Spark keep what a plan gives, or says where it runs. */
export function isKept(state: NodeState): boolean {
  return state.storageLevel !== null || state.checkpoint !== null ||
    state.resources !== null;
}
