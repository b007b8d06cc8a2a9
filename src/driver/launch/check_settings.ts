import { closestName } from "../../common/closest_name.ts";
import { SparkError } from "../../common/errors.ts";
import { LOCAL_WORKER } from "../../common/local_worker.ts";
import { INSPECT } from "../../common/worker_inspection.ts";
import { WORKER_PERMISSIONS } from "../../common/worker_permissions.ts";

const OWN = "spark.tspark.";

/** Settings of TSpark's own that a session reads anew for each action. */
export const SESSION_SETTINGS: readonly string[] = [
  "spark.tspark.longs",
  "spark.tspark.timestamps",
  "spark.tspark.dates",
  "spark.tspark.profile",
];

/** All settings of TSpark's own; `docs/settings.md` says what they are. */
const OWN_SETTINGS: readonly string[] = [
  ...SESSION_SETTINGS,
  "spark.tspark.worker",
  WORKER_PERMISSIONS,
  "spark.tspark.packages",
  "spark.tspark.logs",
  INSPECT,
  LOCAL_WORKER,
];

/**
 * Refuses what Spark would find out much later, or never: a master of no kind
 * that there is, and settings of TSpark's own that do not exist.
 *
 * @param conf settings by name
 * @throws SparkError `MASTER_INVALID`, `SETTING_UNKNOWN`
 */
export function checkSettings(conf: Readonly<Record<string, string>>): void {
  Object.keys(conf).forEach(checkOwnSetting);
  const master = conf["spark.master"];
  if (master !== undefined) checkMaster(master);
}

/**
 * Refuses the name of a setting of TSpark's own that does not exist.
 *
 * @param key any setting's name
 * @throws SparkError `SETTING_UNKNOWN`
 */
export function checkOwnSetting(key: string): void {
  if (!key.startsWith(OWN) || OWN_SETTINGS.includes(key)) return;
  const closest = closestName(key, OWN_SETTINGS);
  const remedy = closest === null
    ? `use one of ${OWN_SETTINGS.join(", ")}`
    : `use "${closest}"`;
  throw new SparkError(
    "SETTING_UNKNOWN",
    `Cannot use setting "${key}": TSpark has none of that name; ${remedy}`,
    { key, closest },
  );
}

const LOCAL = /^local(\[(0*[1-9]\d*|\*)(\s*,\s*\d+)?\])?$/;
const LOCAL_CLUSTER = /^local-cluster\[\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\]$/;
const STANDALONE = /^spark:\/\/[^/,:]+:\d+(,[^/,:]+:\d+)*$/;
const IPV6_STANDALONE = /^spark:\/\/\[[\da-fA-F:]+\]:\d+$/;

/** Peer: `SparkContext.createTaskScheduler`, `SparkSubmit.prepareSubmitEnvironment`, Spark 3.5 – 4.3. */
function checkMaster(master: string): void {
  const state = stateOf(master);
  if (state === null) return;
  throw new SparkError(
    "MASTER_INVALID",
    `Cannot use master "${master}": ${state}; use one such as local[2], local[*], spark://host:7077, yarn or k8s://https://host:443`,
    { master },
  );
}

function stateOf(master: string): string | null {
  if (/^local(\[|-cluster|$)/.test(master)) {
    if (LOCAL.test(master) || LOCAL_CLUSTER.test(master)) return null;
    return master.startsWith("local-")
      ? "local-cluster takes numbers of executors, of cores and of MiB, such as local-cluster[2,1,1024]"
      : "local takes a number of threads from 1, or * for all cores";
  }
  if (master.startsWith("spark://")) {
    if (STANDALONE.test(master) || IPV6_STANDALONE.test(master)) return null;
    return "a master of Spark's own needs host and port";
  }
  return /^(local-|yarn|k8s|mesos)/.test(master)
    ? null
    : "Spark knows no master of that kind";
}
