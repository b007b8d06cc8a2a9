import type { SparkConf } from "../runtime/spark_conf.ts";
import { SparkRuntime } from "../runtime/runtime.ts";
import { showProgress } from "./console_progress.ts";

/**
 * The one application of this program, as Spark has one SparkContext for each
 * JVM: what lets `getOrCreate` find it from anywhere. The only state of this
 * package that belongs to no object.
 */
let active: Promise<SparkRuntime> | null = null;
let running: SparkRuntime | null = null;

/** The program's application; null before it has started, and after it was stopped. */
export function activeRuntime(): SparkRuntime | null {
  return running;
}

/**
 * The program's application, started if there is none.
 *
 * @param conf settings, which an application that runs already does not take over
 * @returns the application, and whether this call started it
 */
export async function getOrStartRuntime(
  conf: SparkConf,
): Promise<{ runtime: SparkRuntime; isNew: boolean }> {
  if (active !== null) return { runtime: await active, isNew: false };
  let hideProgress = (): void => {};
  const starting = SparkRuntime.start(conf, () => {
    hideProgress();
    if (active !== starting) return;
    active = null;
    running = null;
  });
  active = starting;
  try {
    running = await starting;
    hideProgress = await showProgress(running);
    return { runtime: running, isNew: true };
  } catch (error) {
    active = null;
    throw error;
  }
}
