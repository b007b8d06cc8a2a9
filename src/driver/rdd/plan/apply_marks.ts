import { profileToJava } from "../resource_profile.ts";
import type { SparkRuntime } from "../../runtime/runtime.ts";
import type { JvmRdd, PlanNode } from "./plan_node.ts";
import type { RddPlan } from "./rdd_plan.ts";

/** Tells the JVM what the user wants of an RDD since the last action: its cut, its resources, its name, its storage level. */
export async function applyMarks(
  runtime: SparkRuntime,
  node: PlanNode,
  rdd: JvmRdd,
): Promise<void> {
  const { state } = node;
  if (state.checkpoint !== null && !state.isCheckpointApplied) {
    const how = state.checkpoint === "local" ? "localCheckpoint" : "checkpoint";
    await (await rdd.java.callObject("rdd")).call(how);
    state.isCheckpointApplied = true;
  }
  if (state.resources !== null && !state.areResourcesApplied) {
    const profile = await profileToJava(state.resources, runtime.gateway);
    await (await rdd.java.callObject("rdd")).call("withResources", profile);
    state.areResourcesApplied = true;
  }
  if (state.name !== state.appliedName) {
    state.appliedName = state.name;
    await rdd.java.call("setName", state.name);
  }
  await applyStorageLevel(runtime, node, rdd);
}

/** Tells the JVM of a storage level that was set or dropped since the last action. */
export async function applyStorageLevel(
  runtime: SparkRuntime,
  { state }: PlanNode,
  rdd: JvmRdd,
  blocking: boolean = false,
): Promise<void> {
  const wanted = state.storageLevel;
  if (wanted === state.appliedLevel) return;
  const isKept = state.appliedLevel !== null;
  state.appliedLevel = wanted;
  if (isKept) await rdd.java.callObject("unpersist", blocking);
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

/** Lets go of what is kept: now where the JVM knows of it, in the background. */
export function dropStorageLevel(
  { runtime, node }: RddPlan,
  blocking: boolean,
): void {
  const { state } = node;
  state.storageLevel = null;
  const { jvm } = state;
  if (jvm === null) return;
  runtime.inBackground(async () => {
    await applyStorageLevel(runtime, node, await jvm, blocking);
  });
}
