import { SparkError } from "../../common/errors.ts";
import { LOCAL_WORKER } from "../../common/local_worker.ts";
import { platform } from "../../common/platform/deno.ts";
import { INSPECT } from "../../common/worker_inspection.ts";
import { WORKER_PERMISSIONS } from "../../common/worker_permissions.ts";
import { LOCAL_WORKER_VARIABLE } from "../../protocol/local_worker_link.ts";
import { isLocalMaster } from "./local_master.ts";
import type { LocalWorkers } from "./local_workers.ts";
import type { SparkConf } from "./spark_conf.ts";
import { USE_DAEMON, usesDaemon } from "./uses_daemon.ts";

/**
 * Whether functions run in the driver's own process.
 *
 * @param conf the application's settings
 * @param isDeno whether Deno runs this program
 * @throws SparkError `LOCAL_WORKER_REFUSED` where `spark.tspark.localWorker` is
 *   neither true nor false, or something else forbids it
 */
export function hasLocalWorker(
  conf: SparkConf,
  isDeno: boolean = platform.runtime === "deno",
): boolean {
  const value = conf.get(LOCAL_WORKER, "false");
  if (value === "false") return false;
  const state = refusalOf(value, conf, isDeno);
  if (state === null) return true;
  throw new SparkError(
    "LOCAL_WORKER_REFUSED",
    `Cannot use "${value}" for ${LOCAL_WORKER}: ${state}`,
    { value },
  );
}

/** The variables that tell daemons of it. */
export function localWorkerVariables(
  workers: Pick<LocalWorkers, "addressFile"> | null,
): ReadonlyMap<string, string> {
  return new Map(
    workers === null ? [] : [[LOCAL_WORKER_VARIABLE, workers.addressFile]],
  );
}

function refusalOf(
  value: string,
  conf: SparkConf,
  isDeno: boolean,
): string | null {
  if (value !== "true") {
    return "it is neither true nor false; set one of them";
  }
  const master = conf.get("spark.master", "");
  if (!isLocalMaster(master)) {
    return `master "${master}" runs functions on other machines or in other JVMs; use a master such as local[1]`;
  }
  if (!isDeno) {
    return `the program runs on Node.js, and functions run on Deno; run it with deno run, or set ${INSPECT} to wait`;
  }
  if (conf.get(WORKER_PERMISSIONS) !== undefined) {
    return `${WORKER_PERMISSIONS} is set, and the program itself is not confined; set one of the two`;
  }
  if (conf.get(INSPECT, "off") !== "off") {
    return `${INSPECT} is set, and opens processes in which no function runs then; set one of the two`;
  }
  return usesDaemon(conf) ? null : `${USE_DAEMON} is false; set it to true`;
}
