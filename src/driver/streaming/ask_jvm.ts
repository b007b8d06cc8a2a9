import type { JavaObject } from "../gateway/java_object.ts";
import type { CallSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import type { SessionState } from "../sql/session_state.ts";

/**
 * Asks something of the JVM over a connection that no action holds: queries go
 * on beside the program.
 *
 * @param runtime the application
 * @param site whose line an error shows
 * @param body asks
 */
export function askJvm<T>(
  runtime: SparkRuntime,
  site: CallSite,
  body: () => Promise<T>,
): Promise<T> {
  const { gateway } = runtime;
  return gateway.apart(() => gateway.scope(body)).catch((error) => {
    throw runtime.explain(error, site);
  });
}

/** As {@link askJvm}, of a session's `StreamingQueryManager`. */
export function askManager<T>(
  session: SessionState,
  site: CallSite,
  body: (manager: JavaObject) => Promise<T>,
): Promise<T> {
  return askJvm(session.runtime, site, async () => {
    const jsession = await session.jsession();
    return await body(await jsession.callObject("streams"));
  });
}
