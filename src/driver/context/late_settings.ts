import { writeErrorText } from "../../common/log.ts";
import { SESSION_SETTINGS } from "../launch/check_settings.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import type { SparkConf } from "../runtime/spark_conf.ts";

/**
 * Whether only an application's start reads a setting, by its name. Spark
 * refuses to change most of those itself.
 *
 * @param key name such as `spark.master`
 */
export function isReadAtStart(key: string): boolean {
  if (SESSION_SETTINGS.includes(key)) return false;
  return key === "spark.master" || key.startsWith("spark.app.") ||
    key.startsWith("spark.executorEnv.") || key.startsWith("spark.tspark.");
}

/**
 * Settings that an application does not have as they were asked for, as far as
 * it tells: it hides secrets.
 */
export function differingSettings(
  running: SparkConf,
  wanted: SparkConf,
): [string, string][] {
  return wanted.getAll().filter(([key, value]) =>
    ![value, REDACTED].includes(running.get(key) ?? "")
  );
}

/** Peer: `Utils.REDACTION_REPLACEMENT_TEXT`. */
const REDACTED = "*********(redacted)";

/**
 * Tells which settings do not count, since the application runs already.
 *
 * @param site where they were asked for
 * @param keys their names; nothing is written when there are none
 */
export function warnOfLateSettings(
  site: CallSite,
  keys: readonly string[],
): void {
  if (keys.length === 0) return;
  const names = keys.map((key) => `"${key}"`).join(", ");
  writeErrorText(
    `Warning: ${
      describeSite(site)
    } found an application that runs already and keeps its own ${names}; set them where it is started, or stop() it first\n`,
  );
}
