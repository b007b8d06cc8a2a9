import type { JavaObject } from "../gateway/java_object.ts";

/**
 * Makes a session that of the JVM's thread: Spark looks there, and nowhere
 * else, for formats that a program has registered.
 *
 * Peer: `DataSource.isUserDefinedDataSource`, Spark 4.0 – 4.3.
 *
 * @param jsession the JVM's session
 */
export async function activateSession(jsession: JavaObject): Promise<void> {
  await jsession.gateway.callStatic(
    "org.apache.spark.sql.SparkSession",
    "setActiveSession",
    jsession,
  );
}
