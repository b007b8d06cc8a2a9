import type { JavaObject } from "../gateway/java_object.ts";
import { SparkConf } from "./spark_conf.ts";

/**
 * All settings of the JVM, by one call: their debug text has a `key=value` line each.
 *
 * @param javaConf the JVM's `SparkConf`
 */
export async function readConf(javaConf: JavaObject): Promise<SparkConf> {
  const text = await javaConf.callString("toDebugString");
  return new SparkConf(
    text.split("\n").filter((line) => line.includes("=")).map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
}
