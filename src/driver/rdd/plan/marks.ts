/**
 * What users mark an RDD with; the JVM hears of it at the next action.
 *
 * @module
 */
import type { StorageLevel } from "../storage_level.ts";
import type { PlanNode } from "./plan_node.ts";

/**
 * Notes that an RDD is to be kept.
 *
 * @throws RangeError when it is kept at another level already
 */
export function markPersisted({ state }: PlanNode, level: StorageLevel): void {
  if (state.storageLevel !== null && state.storageLevel !== level) {
    throw new RangeError(
      "Cannot change the storage level of an RDD: it is kept at another level already; call unpersist() first",
    );
  }
  state.storageLevel = level;
}
