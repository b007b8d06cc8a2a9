import type { SparkConf } from "../runtime/spark_conf.ts";
import { SparkRuntime } from "../runtime/runtime.ts";
import { SessionState } from "../sql/session_state.ts";
import { showProgress } from "./console_progress.ts";

/**
 * The one application of this program, as Spark has one SparkContext for each
 * JVM: what lets `getOrCreate` find it from anywhere. The only state of this
 * package that belongs to no object.
 */
let active: Promise<Application> | null = null;
let running: SparkRuntime | null = null;

/** An application and its first session. */
export interface Application {
  readonly runtime: SparkRuntime;
  readonly session: SessionState;
}

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
): Promise<Application & { isNew: boolean }> {
  if (active !== null) return { ...await active, isNew: false };
  let hideProgress = (): void => {};
  const starting = SparkRuntime.start(conf, () => {
    hideProgress();
    if (active !== starting) return;
    active = null;
    running = null;
  }).then((runtime) => ({ runtime, session: new SessionState(runtime) }));
  active = starting;
  try {
    const application = await starting;
    running = application.runtime;
    hideProgress = await showProgress(running);
    return { ...application, isNew: true };
  } catch (error) {
    active = null;
    throw error;
  }
}
