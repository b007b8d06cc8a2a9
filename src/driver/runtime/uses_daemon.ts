import type { SparkConf } from "./spark_conf.ts";

/** The setting that has Spark start workers by a daemon, as it does unless told otherwise. */
export const USE_DAEMON = "spark.python.use.daemon";

/**
 * Whether Spark starts workers by a daemon.
 *
 * @param conf the application's settings
 */
export function usesDaemon(conf: SparkConf): boolean {
  return conf.get(USE_DAEMON) !== "false";
}
