import { withTimeout } from "../../common/deadline.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { isJvmGone } from "../gateway/lost_connection.ts";

const STOP_MS = 60_000; // a scheduler that is busy without end never hears of it

/**
 * Stops the JVM's context, and waits for that as long as it may reasonably
 * take: the end of the JVM does the rest. A JVM that is gone has none.
 *
 * @param jsc the context
 * @param timeoutMs longest wait
 */
export async function stopContext(
  jsc: Pick<JavaObject, "call">,
  timeoutMs: number = STOP_MS,
): Promise<void> {
  try {
    await withTimeout(timeoutMs, jsc.call("stop"));
  } catch (error) {
    if (!isJvmGone(error)) throw error;
  }
}
