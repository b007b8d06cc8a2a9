import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import type { SessionState } from "../sql/session_state.ts";
import { askManager } from "./ask_jvm.ts";
import { LISTENER_INTERFACE, listenerMethods } from "./listener_proxy.ts";
import type { StreamingQueryListener } from "./streaming_query_listener.ts";

const WRAPPER =
  "org.apache.spark.sql.streaming.PythonStreamingQueryListenerWrapper";

const METHODS = [
  "onQueryStarted",
  "onQueryProgress",
  "onQueryIdle",
  "onQueryTerminated",
] as const;

/**
 * Refuses what would never be called: a value that is no object, one without a
 * method of a listener, or with a property of that name that is no function.
 *
 * @param listener what the program gave
 * @param site where
 * @throws SparkError `LISTENER_INVALID`
 */
export function checkListener(
  listener: StreamingQueryListener,
  site: CallSite,
): StreamingQueryListener {
  const given: unknown = listener;
  const isObject = typeof given === "object" && given !== null;
  const wrong = isObject
    ? METHODS.find((name) =>
      !/^(undefined|function)$/.test(typeof listener[name])
    )
    : undefined;
  const has = isObject && METHODS.some((name) => listener[name] !== undefined);
  if (has && wrong === undefined) return listener;
  const state = wrong === undefined
    ? `${describeValue(given)} has none of ${METHODS.join(", ")}`
    : `its ${wrong} is ${describeValue(listener[wrong])}`;
  throw new SparkError(
    "LISTENER_INVALID",
    `Cannot add a listener in ${
      describeSite(site)
    }: ${state}; give functions of these names`,
  );
}

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
    listenerMethods(
      listener,
      site,
      () => session.runtime.actions.programContinues(),
    ),
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
