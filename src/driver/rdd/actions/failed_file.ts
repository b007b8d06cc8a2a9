import type { JavaError } from "../../../common/errors.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { expectObject } from "../../gateway/expect.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { PlanNode, SourceNode } from "../plan/plan_node.ts";
import type { RddPlan } from "../plan/rdd_plan.ts";

/** Operations that run a task for each partition of a plan, so that a task's number is its partition's. */
const OF_ALL_PARTITIONS: readonly string[] = [
  "aggregate()",
  "collect()",
  "count()",
  "fold()",
  "foreach()",
  "max()",
  "mean()",
  "min()",
  "reduce()",
  "saveAsObjectFile()",
  "saveAsTextFile()",
  "stats()",
  "sum()",
];
const MOST_LAYERS = 4; // of RDDs that the JVM puts over the one that reads
const MOST_TEXT = 200; // characters of a split of many files

/**
 * The one file that a failed task was reading, where that can be told: Hadoop's
 * exceptions seldom name it.
 *
 * Peer: `HadoopPartition` and `NewHadoopPartition`, Spark 3.5 – 4.3.
 *
 * @param plan what the action was over
 * @param site the action
 * @param error what it failed with
 * @returns as Hadoop names it; null where it is not certain, and where the
 *   program names it itself
 */
export async function failedFile(
  plan: RddPlan,
  site: CallSite,
  error: JavaError,
): Promise<string | null> {
  const source = onlySource(plan.node);
  if (source === null) return null;
  const partition = failedPartition(plan.node, site, error);
  if (partition === null) return null;
  try {
    const built = await source.state.jvm;
    if (built === null) return null;
    const file = await splitOf(plan, built.java, partition);
    return file === null || file.endsWith(source.path ?? "") ? null : file;
  } catch {
    return null; // the JVM may be gone: the error that is there says more
  }
}

/** What a plan reads, where each partition of it is read by the task of that number. */
function onlySource(node: PlanNode): SourceNode | null {
  let at = node;
  while (at.kind === "stage" || at.kind === "shuffle") at = at.parent;
  return at.kind === "source" && at.path !== null ? at : null;
}

function hasShuffle(node: PlanNode): boolean {
  let at = node;
  while (at.kind === "stage") at = at.parent;
  return at.kind !== "source";
}

function failedPartition(
  node: PlanNode,
  { operation }: CallSite,
  { message }: JavaError,
): number | null {
  const [, partition] = /\n {2}in partition (\d+) of stage/.exec(message) ?? [];
  if (partition !== undefined) return Number(partition);
  // Of a shuffle's tasks only those run whose output is not there yet.
  if (hasShuffle(node) || !OF_ALL_PARTITIONS.includes(operation)) return null;
  const [, task] = /\n {2}in task (\d+) of stage/.exec(message) ?? [];
  return task === undefined ? null : Number(task);
}

async function splitOf(
  { runtime: { gateway } }: RddPlan,
  java: JavaObject,
  index: number,
): Promise<string | null> {
  let rdd = await java.callObject("rdd");
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const partitions = await (await rdd.callObject("toJavaRDD"))
      .callObject("partitions");
    const partition = await partitions.callObject("get", index);
    for (const method of ["inputSplit", "serializableHadoopSplit"]) {
      const held = await gateway.tryCall(partition, method);
      if (held === undefined || held === null) continue;
      const split = await expectObject(held, method).callObject("value");
      return filesOfSplit(await split.callString("toString"));
    }
    const dependencies = await rdd.callObject("dependencies");
    if (await dependencies.callBoolean("isEmpty")) return null;
    rdd = await (await dependencies.callObject("head")).callObject("rdd");
  }
  return null;
}

/**
 * A split without the bytes that are read: `file:/logs/a.gz:0+18`, and of whole
 * files `Paths:/logs/a:0+4,/logs/b:0+9 Locations:…`.
 *
 * Peer: `FileSplit.toString` and `CombineFileSplit.toString` of Hadoop.
 */
export function filesOfSplit(split: string): string {
  const [, list = split] = /^Paths:(.*) Locations:/.exec(split) ?? [];
  const files = list.split(",").map((file) => file.replace(/:\d+\+\d+$/, ""))
    .join(",");
  return files.length > MOST_TEXT ? `${files.slice(0, MOST_TEXT)}…` : files;
}
