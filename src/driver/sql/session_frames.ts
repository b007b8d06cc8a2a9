import { callSite } from "../runtime/call_site.ts";
import { JavaNumber } from "../gateway/java_value.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import { DataFrame } from "./data_frame.ts";
import { DatasetNode } from "./dataset.ts";

/** The result of a query, as a DataFrame. */
export function sqlFrame<S extends object>(
  runtime: SparkRuntime,
  query: string,
): DataFrame<S> {
  const node = new DatasetNode(
    async () => await (await runtime.sparkSession()).callObject("sql", query),
    callSite("sql()"),
  );
  return new DataFrame<S>(runtime, node);
}

/** Whole numbers in one column, `id`. */
export function rangeFrame(
  runtime: SparkRuntime,
  start: number,
  end: number,
  step: number,
  numPartitions: number,
): DataFrame<{ id: number }> {
  const node = new DatasetNode(async () => {
    const session = await runtime.sparkSession();
    return await session.callObject(
      "range",
      JavaNumber.long(start),
      JavaNumber.long(end),
      JavaNumber.long(step),
      JavaNumber.int(numPartitions),
    );
  }, callSite("range()"));
  return new DataFrame<{ id: number }>(runtime, node);
}
