import { makeTemporaryFolder } from "../../common/temporary_folder.ts";
import type { JavaObject } from "../gateway/java_object.ts";

/**
 * Makes a folder for files that the JVM reads, where this program's temporary
 * files go: it has no right to write where the JVM's do. The JVM removes it when
 * it ends, so it stays behind neither after an error nor without `stop()`.
 *
 * Peer: `ShutdownHookManager.registerShutdownDeleteDir`, as `Utils.createTempDir` calls it.
 *
 * @param gateway the JVM's
 * @returns its path; only this user may enter it
 */
export async function makeJvmFolder(
  gateway: JavaObject["gateway"],
): Promise<string> {
  const path = await makeTemporaryFolder("jvm");
  await gateway.scope(async () => {
    await gateway.callStatic(
      "org.apache.spark.util.ShutdownHookManager",
      "registerShutdownDeleteDir",
      await gateway.construct("java.io.File", path),
    );
  });
  return path;
}
