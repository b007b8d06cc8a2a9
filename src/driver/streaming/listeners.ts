import type { CallSite } from "../runtime/call_site.ts";
import type { SessionState } from "../sql/session_state.ts";
import { askManager } from "./ask_jvm.ts";
import { LISTENER_INTERFACE, listenerMethods } from "./listener_proxy.ts";
import type { StreamingQueryListener } from "./streaming_query_listener.ts";

const WRAPPER =
  "org.apache.spark.sql.streaming.PythonStreamingQueryListenerWrapper";

/**
 * Has a listener told of all queries of a session.
 *
 * Peer: `PythonStreamingQueryListenerWrapper`, Spark 3.5 – 4.3.
 *
 * @param session the session
 * @param listener the program's
 * @param site where the program added it
 * @returns ends that
 */
export async function addListener(
  session: SessionState,
  listener: StreamingQueryListener,
  site: CallSite,
): Promise<() => Promise<void>> {
  const { gateway } = session.runtime;
  const proxy = await gateway.proxy(
    [LISTENER_INTERFACE],
    listenerMethods(listener, site),
  );
  const wrapper = await askManager(session, site, async (manager) => {
    const made = (await gateway.construct(WRAPPER, proxy)).keep();
    await manager.call("addListener", made);
    return made;
  });
  return async () => {
    await askManager(
      session,
      site,
      (manager) => manager.call("removeListener", wrapper),
    );
    wrapper.release();
    proxy.release();
  };
}
