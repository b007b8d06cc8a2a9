import type { JavaObject } from "../gateway/java_object.ts";
import type { JavaProxy } from "../gateway/java_proxy.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import { activateSession } from "../sql/activate_session.ts";
import { tellUnknownOptions } from "../sql/io/check_options.ts";
import type { WriterCall } from "../sql/io/write_frame.ts";
import { argumentForJvm, planToJvm } from "../sql/plan/plan_to_jvm.ts";
import type { Relation } from "../sql/plan/relation.ts";
import { requireMethod } from "../sql/spark_versions.ts";
import { BATCH_INTERFACE, type BatchFunction } from "./batch_function.ts";
import { runningStream } from "./progress_stream.ts";
import { awaitEnd, openQuery, type QueryState } from "./query_state.ts";
import { type Trigger, triggerForJvm } from "./trigger.ts";

/** What a writer of streams was told so far. */
export interface StreamWriterProps {
  /** Calls of the JVM's writer, in order. */
  readonly calls: readonly WriterCall[];
  readonly trigger: Trigger | null;
  readonly format: string | null;
  readonly optionNames: readonly string[];
  /** Makes what is done with each batch in this program, for one query; null: a sink of Spark's takes it. */
  readonly batch: (() => BatchFunction) | null;
}

const BATCH_HELPER =
  "org.apache.spark.sql.execution.streaming.sources.PythonForeachBatchHelper";

/**
 * Starts a query.
 *
 * Peer: `DataStreamWriter.start` and `toTable`, Spark 3.5 – 4.3.
 *
 * @param node what is written
 * @param props what the writer was told
 * @param method `start` or `toTable`
 * @param target a path or a table's name; null for a sink without
 */
export async function startQuery(
  node: Relation,
  props: StreamWriterProps,
  method: "start" | "toTable",
  target: string | null,
  options?: ActionOptions,
): Promise<QueryState> {
  const site = callSite(`${method}()`);
  const { session } = node;
  const { gateway, dialect } = session.runtime;
  for (const [name] of props.calls) {
    requireMethod(dialect, "DataStreamWriter", name, site);
  }
  tellUnknownOptions(props.format, props.optionNames, site);
  const batch = props.batch?.() ?? null;
  // Made outside of the action, whose connection is not the callbacks'.
  const proxy = batch === null
    ? null
    : await gateway.proxy([BATCH_INTERFACE], batch.methods);
  const query = await session.action(site, async () => {
    const writer = await openWriter(node, props, proxy);
    await activateSession(await session.jsession());
    const started = target === null
      ? await writer.callObject(method)
      : await writer.callObject(method, target);
    const checkpoint = checkpointOf(props.calls);
    return await openQuery(session, started, { site, batch, checkpoint });
  }, options);
  session.runtime.streams.add(runningStream(query));
  if (proxy !== null) void holdOpen(query, proxy);
  return query;
}

/** The place that the program gave last for the query's checkpoint. */
function checkpointOf(calls: readonly WriterCall[]): string | null {
  const [, , place] =
    calls.findLast(([method, name]) =>
      method === "option" && /^checkpointLocation$/i.test(String(name))
    ) ?? [];
  return typeof place === "string" ? place : null;
}

/** A query that calls this program keeps it running to the query's end. */
async function holdOpen(query: QueryState, proxy: JavaProxy): Promise<void> {
  try {
    await awaitEnd(query, null, {});
  } catch {
    // Whoever asks the query is told of its error; without a JVM it has ended, too.
  }
  proxy.release();
}

async function openWriter(
  node: Relation,
  { calls, trigger }: StreamWriterProps,
  proxy: JavaProxy | null,
): Promise<JavaObject> {
  const { session } = node;
  const { gateway } = session.runtime;
  const dataset = await planToJvm(node);
  let writer = await dataset.callObject("writeStream");
  for (const [method, ...args] of calls) {
    const values = [];
    for (const arg of args) values.push(await argumentForJvm(session, arg));
    writer = await writer.callObject(method, ...values);
  }
  if (trigger !== null) {
    writer = await writer.callObject(
      "trigger",
      await triggerForJvm(gateway, trigger),
    );
  }
  if (proxy !== null) {
    // It changes the writer.
    await gateway.callStatic(BATCH_HELPER, "callForeachBatch", writer, proxy);
  }
  return writer;
}
