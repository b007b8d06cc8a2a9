import { detached } from "../../common/detached.ts";
import { SparkError } from "../../common/errors.ts";
import type { JavaMethods } from "../gateway/callback_registry.ts";
import { JavaObject, type JavaValue } from "../gateway/java_object.ts";
import { type CallSite, describeSite } from "../runtime/call_site.ts";
import { type Relation, source } from "../sql/plan/relation.ts";
import { SessionState } from "../sql/session_state.ts";
import { batchFailure } from "./query_failure.ts";

/** The interface that the JVM calls with each batch. */
export const BATCH_INTERFACE =
  "org.apache.spark.sql.execution.streaming.sources.PythonForeachBatchFunction";

/** What `StreamExecution.isInterruptionException` takes for the end of a query that was stopped. */
const STOPPED =
  "py4j.protocol.Py4JJavaError: An error occurred while calling the batch function.\n: java.lang.InterruptedException";

/** What a query does with each batch: the program's function. */
export interface BatchFunction {
  /** What the JVM calls. */
  readonly methods: JavaMethods;
  /** Ends the batch that is open: the query was stopped. */
  stop(): void;
}

/**
 * Calls a function with each batch as a plan of the query's own session. What
 * the function asks of the JVM goes over the callback's connection: there, and
 * only there, hold the query's job group and properties.
 *
 * Peer: `PythonForeachBatchFunction.call(Dataset, long)`, Spark 3.5 – 4.3.
 *
 * @param relation the plan that is written; batches are its application's
 * @param bind gives the program's function with what it is called with
 * @param site where the program gave it
 */
export function batchFunction(
  { session }: Relation,
  bind: (batch: Relation, batchId: number) => () => unknown,
  site: CallSite,
): BatchFunction {
  const { runtime } = session;
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = Promise.withResolvers<never>();
  // Nobody may wait for it.
  stopped.promise.catch(() => {});
  const run = async (
    dataset: JavaValue | undefined,
    batchId: JavaValue | undefined,
  ): Promise<void> => {
    if (!(dataset instanceof JavaObject)) {
      throw new TypeError(
        `Cannot call the function of ${
          describeSite(site)
        }: the JVM gave no batch`,
      );
    }
    const jsession = await dataset.callObject("sparkSession");
    const own = new SessionState(runtime, () => Promise.resolve(jsession));
    const batch = source(
      own,
      "foreachBatch",
      [],
      () => Promise.resolve(dataset),
      site,
    );
    runtime.actions.programContinues();
    await detached(bind(batch, Number(batchId)));
    await own.drain();
  };
  return {
    methods: {
      async call(dataset, batchId) {
        try {
          // A function that goes on by itself shall begin nothing more.
          const work = runtime.gateway.interruption.run(
            signal,
            () => runtime.properties.alone(() => run(dataset, batchId)),
          );
          await Promise.race([work, stopped.promise]);
        } catch (error) {
          // What it was doing has been cancelled: that is no failure.
          throw signal.aborted
            ? new Error(STOPPED)
            : batchFailure(Number(batchId), site, error);
        }
      },
    },
    stop() {
      const reason = new SparkError(
        "QUERY_STOPPED",
        `Cannot go on with the batch of ${
          describeSite(site)
        }: its query was stopped`,
      );
      stopping.abort(reason);
      stopped.reject(reason);
    },
  };
}
