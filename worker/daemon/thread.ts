import { parentPort, workerData } from "node:worker_threads";
import { SharedDescriptors } from "../../src/bridge/shared_descriptors.ts";
import { errorMessage } from "../../src/common/error_message.ts";
import type { ThreadData } from "../../src/protocol/local_worker_link.ts";
import { serveHanded } from "./serve.ts";

/**
 * Serves the connection that this thread of the driver's program was started
 * for. What it cannot go on for is told to the program as well, which has the
 * JVM hear of it where the thread has no connection yet.
 */
export async function runThread(): Promise<void> {
  const { connection, descriptors } = workerData as ThreadData;
  try {
    await serveHanded(connection, new SharedDescriptors(descriptors));
  } catch (error) {
    parentPort?.postMessage(errorMessage(error));
    throw error;
  }
}
