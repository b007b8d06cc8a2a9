import { callSite } from "../runtime/call_site.ts";
import { JavaNumber } from "../gateway/java_value.ts";
import { DataFrame } from "./data_frame.ts";
import { DatasetNode } from "./dataset.ts";
import type { SessionState } from "./session_state.ts";

/** The result of a query, as a DataFrame. */
export function sqlFrame<S extends object>(
  session: SessionState,
  query: string,
): DataFrame<S> {
  const node = new DatasetNode(
    async () => await (await session.jsession()).callObject("sql", query),
    callSite("sql()"),
  );
  return new DataFrame<S>(session, node);
}

/** Whole numbers in one column, `id`. */
export function rangeFrame(
  session: SessionState,
  start: number,
  end: number,
  step: number,
  numPartitions: number,
): DataFrame<{ id: number }> {
  const node = new DatasetNode(async () => {
    return await (await session.jsession()).callObject(
      "range",
      JavaNumber.long(start),
      JavaNumber.long(end),
      JavaNumber.long(step),
      JavaNumber.int(numPartitions),
    );
  }, callSite("range()"));
  return new DataFrame<{ id: number }>(session, node);
}
