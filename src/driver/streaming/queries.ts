import { JavaObject } from "../gateway/java_object.ts";
import { JavaNumber } from "../gateway/java_value.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import type { SessionState } from "../sql/session_state.ts";
import { askManager } from "./ask_jvm.ts";
import { openQuery, type QueryState, waitInTurns } from "./query_state.ts";

const FOUND = { site: null, batch: null, checkpoint: null } as const;

/** The queries of a session that run. */
export function activeQueries(session: SessionState): Promise<QueryState[]> {
  return askManager(session, callSite("active"), async (manager) => {
    const array = await manager.callObject("active");
    const queries: QueryState[] = [];
    for (const query of await session.runtime.gateway.arrayElements(array)) {
      if (query instanceof JavaObject) {
        queries.push(await openQuery(session, query, FOUND));
      }
    }
    return queries;
  });
}

/** The query of an id that runs; null when there is none. */
export function findQuery(
  session: SessionState,
  id: string,
): Promise<QueryState | null> {
  return askManager(session, callSite("get()"), async (manager) => {
    const query = await manager.call("get", id);
    return query instanceof JavaObject
      ? await openQuery(session, query, FOUND)
      : null;
  });
}

/** Waits until a query has ended: see `StreamingQueryManager.awaitAnyTermination`. */
export function awaitAny(
  session: SessionState,
  timeoutMs: number | null,
  options: ActionOptions,
): Promise<boolean> {
  return waitInTurns(
    timeoutMs,
    options,
    (ms) =>
      askManager(
        session,
        callSite("awaitAnyTermination()"),
        (manager) =>
          manager.callBoolean("awaitAnyTermination", JavaNumber.long(ms)),
      ),
  ).finally(() => session.runtime.actions.programContinues());
}

/** Forgets the queries that have ended. */
export function resetEnded(session: SessionState): Promise<void> {
  return askManager(session, callSite("resetTerminated()"), async (manager) => {
    await manager.call("resetTerminated");
  });
}
