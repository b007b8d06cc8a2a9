import type { JavaObject } from "../gateway/java_object.ts";

const DIRECT_RESULT = "spark.task.maxDirectResultSize";
const MOST = "2047m"; // Spark takes the size of an RPC message, where that is less

/** Whether tasks run in the driver's own JVM: `local`, `local[2]`, `local[*,4]`. */
export function isLocalMaster(master: string): boolean {
  return /^local(\[|$)/.test(master);
}

/**
 * Has tasks of a local master hand their results over as they are: Spark would
 * store those over a megabyte and fetch them from itself over TCP.
 *
 * Peer: `Executor.maxDirectResultSize`, `TaskResultGetter`, Spark 3.5 – 4.3.
 *
 * @param conf the `SparkConf` of the context that is going to be made; a size that it has stays
 */
export async function passResultsDirectly(conf: JavaObject): Promise<void> {
  if (!isLocalMaster(await conf.callString("get", "spark.master", ""))) return;
  await conf.callObject("setIfMissing", DIRECT_RESULT, MOST);
}
