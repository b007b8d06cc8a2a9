import type { SparkConf } from "./spark_conf.ts";

/**
 * Where Unix sockets go when Spark uses them in place of TCP; null when it does not.
 *
 * @param conf the application's settings
 */
export function socketFolder(conf: SparkConf): string | null {
  const isOn = conf.get("spark.python.unix.domain.socket.enabled") === "true";
  return isOn ? conf.get("spark.python.unix.domain.socket.dir", "/tmp") : null;
}
