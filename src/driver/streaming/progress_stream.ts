import { JavaObject, type JavaValue } from "../gateway/java_object.ts";
import type { RunningStream } from "../runtime/running_streams.ts";
import { callSite } from "../runtime/call_site.ts";
import { addListener } from "./listeners.ts";
import { ask, awaitEnd, hasEnded, type QueryState } from "./query_state.ts";
import { parseProgress } from "./streaming_query_progress.ts";
import type { StreamingQueryProgress } from "./streaming_query_progress.ts";

/**
 * The progress of a query, batch by batch, to its end: first what Spark still
 * knows, then what comes.
 *
 * @param query the query
 */
export async function* progressOf(
  query: QueryState,
): AsyncGenerator<StreamingQueryProgress, void> {
  const { session, runId } = query;
  const waiting: StreamingQueryProgress[] = [];
  let isTold = false;
  let wake = Promise.withResolvers<void>();
  const remove = await addListener(session, {
    onQueryProgress({ progress }) {
      if (progress.runId !== runId) return;
      waiting.push(progress);
      wake.resolve();
    },
    onQueryTerminated(event) {
      if (event.runId !== runId) return;
      isTold = true;
      wake.resolve();
    },
  }, callSite("progress()"));
  const left = new AbortController();
  // A question under way keeps this program running, which waits for events alone.
  void awaitEnd(query, null, { signal: left.signal }).catch(() => {
    // The query's error, which others tell, or the end of this.
  });
  try {
    // The listener may have come too late to be told of the end.
    const isOver = await hasEnded(query);
    let last = "";
    for (const progress of await recentProgress(query)) {
      last = progress.timestamp;
      yield progress;
    }
    for (;;) {
      for (const progress of waiting.splice(0)) {
        if (progress.timestamp > last) yield progress;
      }
      if (isOver || (isTold && waiting.length === 0)) return;
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
  } finally {
    left.abort();
    await remove();
  }
}

/** What Spark still knows of a query's progress, oldest first. */
export function recentProgress(
  query: QueryState,
): Promise<StreamingQueryProgress[]> {
  return ask(query, "recentProgress", async () => {
    const { gateway } = query.session.runtime;
    const array = await query.java.callObject("recentProgress");
    const list: StreamingQueryProgress[] = [];
    for (const element of await gateway.arrayElements(array)) {
      list.push(parseProgress(await objectOf(element).callString("json")));
    }
    return list;
  });
}

/** What the last batch did; null before the first. */
export function lastProgress(
  query: QueryState,
): Promise<StreamingQueryProgress | null> {
  return ask(query, "lastProgress", async () => {
    const last = await query.java.call("lastProgress");
    return last === null
      ? null
      : parseProgress(await objectOf(last).callString("json"));
  });
}

/** The query for those who show how far it is. */
export function runningStream(query: QueryState): RunningStream {
  return {
    name: query.name ?? query.id.slice(0, 8),
    async look() {
      if (await hasEnded(query)) return "ended";
      const last = await lastProgress(query);
      if (last === null) return "waiting";
      const { batchId, numInputRows: rows, processedRowsPerSecond } = last;
      return { batchId, rows, rowsPerSecond: processedRowsPerSecond ?? null };
    },
  };
}

function objectOf(value: JavaValue): JavaObject {
  if (value instanceof JavaObject) return value;
  throw new TypeError("Cannot read a query's progress: it is no object");
}
