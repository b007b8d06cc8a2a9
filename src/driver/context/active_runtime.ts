import { writeErrorText } from "../../common/log.ts";
import {
  type Broadcast,
  findNotebook,
} from "../../common/platform/find_notebook.ts";
import type { SparkConf } from "../runtime/spark_conf.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import type { CallSite } from "../runtime/call_site.ts";
import { isLocalMaster } from "../runtime/local_master.ts";
import { startRuntime } from "../runtime/start_runtime.ts";
import { SessionState } from "../sql/session_state.ts";
import { showProgress } from "./console_progress.ts";
import {
  interruptWithCells,
  NotebookProgress,
  showInCell,
} from "./notebook.ts";
import { internalsOf } from "../runtime/worker_logs.ts";

/** An application and its first session. */
export interface Application {
  readonly runtime: SparkRuntime;
  readonly session: SessionState;
}

/**
 * The one application of this program, as Spark has one SparkContext for each
 * JVM: what lets `getOrCreate` find it from anywhere. The only state of this
 * package that belongs to no object.
 */
let active: Promise<Application> | null = null;
let running: Application | null = null;

/** The program's application; null before it has started, and after it was stopped. */
export function activeApplication(): Application | null {
  return running;
}

/**
 * The program's application, started if there is none. A start that fails
 * half-way leaves nothing behind.
 *
 * @param conf settings, which an application that runs already does not take over
 * @param site where the program asked for it
 * @returns the application, and whether this call started it
 */
export async function getOrStartApplication(
  conf: SparkConf,
  site: CallSite,
): Promise<Application & { isNew: boolean }> {
  if (active !== null) return { ...await active, isNew: false };
  const starting = startApplication(conf, site, () => {
    if (active !== starting) return;
    active = null;
    running = null;
  });
  active = starting;
  try {
    running = await starting;
    return { ...running, isNew: true };
  } catch (error) {
    active = null;
    throw error;
  }
}

async function startApplication(
  conf: SparkConf,
  site: CallSite,
  onStop: () => void,
): Promise<Application> {
  const onEnd: (() => unknown)[] = [onStop];
  const notebook = findNotebook();
  // There the executors' log is at another place than the cells.
  const settings = notebook === null
    ? conf
    : conf.setIfMissing("spark.tspark.logs", "driver");
  const runtime = await startRuntime(settings, site, () => {
    for (const end of onEnd) end();
  });
  try {
    onEnd.unshift(...await faceUser(runtime, notebook));
    return { runtime, session: new SessionState(runtime) };
  } catch (error) {
    await runtime.stop();
    throw error;
  }
}

/** Shows progress and logs to who started the program, and takes interruptions of cells; gives what ends each. */
async function faceUser(
  runtime: SparkRuntime,
  notebook: Broadcast | null,
): Promise<(() => unknown)[]> {
  if (notebook === null) {
    // In this JVM the executor's log is the program's own terminal.
    if (!isLocalMaster(runtime.conf.get("spark.master", ""))) {
      internalsOf(runtime.logs).showBy(writeErrorText);
    }
    return [await showProgress(runtime, null)];
  }
  internalsOf(runtime.logs).showBy((text, level) =>
    void showInCell(notebook, text, level === "warn" || level === "error")
  );
  return [
    await showProgress(runtime, new NotebookProgress(notebook)),
    interruptWithCells(runtime.actions),
  ];
}
