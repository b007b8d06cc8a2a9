/**
 * Questions about an RDD that the JVM answers without a job, and jobs under a
 * group of their own.
 *
 * @module
 */
import type { JavaObject } from "../../gateway/java_object.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import { callSite } from "../../runtime/call_site.ts";
import { JOB_PROPERTY } from "../../runtime/job_properties.ts";
import { countPartitions, materialize } from "../plan/materialize.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";
import { collectRecords } from "./collect.ts";

/** Number of partitions. */
export async function askPartitions(
  { runtime, node }: RddPlan,
): Promise<number> {
  return await runtime.action(
    callSite("getNumPartitions()"),
    () => countPartitions(runtime, node),
  );
}

/** What the `JavaRDD` says of itself. */
export async function askRdd<A>(
  { runtime, node }: RddPlan,
  operation: string,
  question: (java: JavaObject) => Promise<A>,
): Promise<A> {
  return await runtime.action(
    callSite(operation),
    async () => await question((await materialize(runtime, node)).java),
  );
}

/** The folder of a checkpoint; null before there is one. */
export async function askCheckpointFile(
  plan: RddPlan,
): Promise<string | null> {
  return await askRdd(plan, "getCheckpointFile()", async (java) => {
    const file = await java.callObject("getCheckpointFile");
    const isThere = await file.callBoolean("isPresent");
    return isThere ? await file.callString("get") : null;
  });
}

/** Removes the files of the shuffles that an RDD was computed by. */
export async function cleanShuffleDependencies(
  plan: RddPlan,
  blocking: boolean,
): Promise<void> {
  await askRdd(plan, "cleanShuffleDependencies()", async (java) => {
    const rdd = await java.callObject("rdd");
    await rdd.call("cleanShuffleDependencies", blocking);
  });
}

/** A group of jobs of its own. */
export interface JobGroup {
  readonly groupId: string;
  readonly description: string;
  readonly interruptOnCancel: boolean;
}

/** All records, by a job of a group of its own. */
export async function collectWithJobGroup(
  plan: RddPlan,
  { groupId, description, interruptOnCancel }: JobGroup,
  options?: ActionOptions,
): Promise<unknown[]> {
  const site = callSite("collectWithJobGroup()");
  return await plan.runtime.properties.run({
    [JOB_PROPERTY.GROUP]: groupId,
    [JOB_PROPERTY.DESCRIPTION]: description,
    [JOB_PROPERTY.INTERRUPT]: String(interruptOnCancel),
  }, () => collectRecords(plan, site, options));
}
