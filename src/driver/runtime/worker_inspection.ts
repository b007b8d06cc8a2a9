import {
  INSPECT,
  INSPECT_VARIABLE,
  type InspectMode,
} from "../../common/worker_inspection.ts";
import { WORKER_PERMISSIONS } from "../../common/worker_permissions.ts";
import { isLocalMaster } from "./local_master.ts";
import type { SparkConf } from "./spark_conf.ts";
import { USE_DAEMON, usesDaemon } from "./uses_daemon.ts";

/**
 * Whether a debugger may attach to workers.
 *
 * @param conf the application's settings
 * @returns null where none may
 * @throws RangeError where `spark.tspark.inspect` is none of its values, or
 *   workers are on other machines, confined or without a daemon
 */
export function inspectMode(conf: SparkConf): InspectMode | null {
  const value = conf.get(INSPECT, "off");
  if (value === "off") return null;
  if (value !== "attach" && value !== "wait") {
    throw new RangeError(
      `Cannot use "${value}" for ${INSPECT}: it is none of off, attach, wait; set one of them`,
    );
  }
  const master = conf.get("spark.master", "");
  if (!isLocalMaster(master)) {
    throw refused(
      value,
      `master "${master}" runs workers elsewhere, and who attaches to one may do all that it may; use a master such as local[1]`,
    );
  }
  if (conf.get(WORKER_PERMISSIONS) !== undefined) {
    throw refused(
      value,
      `${WORKER_PERMISSIONS} is set, and a debugger goes around it; set one of the two`,
    );
  }
  if (!usesDaemon(conf)) {
    throw refused(value, `${USE_DAEMON} is false; set it to true`);
  }
  return value;
}

/**
 * The variables that tell the daemon of it.
 *
 * @param mode what {@link inspectMode} gave
 */
export function inspectionVariables(
  mode: InspectMode | null,
): ReadonlyMap<string, string> {
  return new Map(mode === null ? [] : [[INSPECT_VARIABLE, mode]]);
}

function refused(value: InspectMode, state: string): RangeError {
  return new RangeError(`Cannot use "${value}" for ${INSPECT}: ${state}`);
}
