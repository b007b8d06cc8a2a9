import { callSite } from "../runtime/call_site.ts";
import { JavaNumber } from "../gateway/java_value.ts";
import { eager } from "./plan/marks.ts";
import { type Relation, source } from "./plan/relation.ts";
import type { SessionState } from "./session_state.ts";

/** A table or a view. */
export function tableRelation(session: SessionState, name: string): Relation {
  return eager(source(
    session,
    "table",
    [name],
    (jsession) => jsession.callObject("table", name),
    callSite("table()"),
  ));
}

/** Whole numbers in one column, `id`. */
export function rangeRelation(
  session: SessionState,
  start: number | bigint,
  end: number | bigint,
  step: number | bigint,
  numPartitions: number,
): Relation {
  const bounds = [start, end, step].map((bound) => JavaNumber.long(bound));
  return source(
    session,
    "range",
    [String(start), String(end), String(step), numPartitions],
    async (jsession) => {
      const count = JavaNumber.int(numPartitions);
      const longs = await jsession.callObject("range", ...bounds, count);
      // Its items are Java's longs, which tail() would meet in the place of rows.
      return await longs.callObject("toDF");
    },
    callSite("range()"),
  );
}

/** A frame without rows and columns. */
export function emptyRelation(session: SessionState): Relation {
  return source(
    session,
    "emptyDataFrame",
    [],
    (jsession) => jsession.callObject("emptyDataFrame"),
    callSite("emptyDataFrame"),
  );
}
