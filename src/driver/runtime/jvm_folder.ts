import { chmod } from "node:fs/promises";
import type { JavaObject } from "../gateway/java_object.ts";

/**
 * Makes a folder for files that the JVM reads. The JVM removes it when it ends,
 * so it stays behind neither after an error nor without `stop()`.
 *
 * Peer: `Utils.createTempDir`, as `SparkContext._do_init` of PySpark calls it.
 *
 * @param conf the JVM's `SparkConf`, which says where temporary files go
 * @returns its path; only this user may enter it
 */
export async function makeJvmFolder(conf: JavaObject): Promise<string> {
  const { gateway } = conf;
  return await gateway.scope(async () => {
    const utils = "org.apache.spark.util.Utils";
    const root = await gateway.callStatic(utils, "getLocalDir", conf);
    const folder = await gateway.callStaticObject(
      utils,
      "createTempDir",
      root,
      "tspark",
    );
    const path = await folder.callString("getAbsolutePath");
    await chmod(path, 0o700);
    return path;
  });
}
