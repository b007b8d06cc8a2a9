import {
  parseWorkerPermissions,
  PERMISSIONS_VARIABLE,
  WORKER_PERMISSIONS,
} from "../../common/worker_permissions.ts";
import type { SparkConf } from "./spark_conf.ts";
import { USE_DAEMON, usesDaemon } from "./uses_daemon.ts";

/**
 * The variables that tell daemons how to hold their workers: the same for
 * all functions of an application, since Spark keeps a daemon for each
 * environment.
 *
 * @param conf the application's settings
 * @throws RangeError where `spark.tspark.worker.permissions` is none, or
 * `spark.python.use.daemon` is false beside it
 */
export function confinementVariables(
  conf: SparkConf,
): ReadonlyMap<string, string> {
  const permissions = conf.get(WORKER_PERMISSIONS);
  if (permissions === undefined) return new Map();
  parseWorkerPermissions(permissions);
  if (!usesDaemon(conf)) {
    throw new RangeError(
      `Cannot use "${permissions}" for ${WORKER_PERMISSIONS}: ${USE_DAEMON} is false, and only the daemon starts workers with fewer rights than its own; set it to true`,
    );
  }
  return new Map([[PERMISSIONS_VARIABLE, permissions]]);
}
