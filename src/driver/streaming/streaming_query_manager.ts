import { callSite } from "../runtime/call_site.ts";
import type { SessionState } from "../sql/session_state.ts";
import { addListener, checkListener } from "./listeners.ts";
import { activeQueries, awaitAny, findQuery, resetEnded } from "./queries.ts";
import {
  type AwaitTerminationOptions,
  StreamingQuery,
} from "./streaming_query.ts";
import type { StreamingQueryListener } from "./streaming_query_listener.ts";

/**
 * The streaming queries of a session: `spark.streams`.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * async function stopAll(spark: SparkSession): Promise<void> {
 *   for (const query of await spark.streams.active) await query.stop();
 * }
 * ```
 */
export class StreamingQueryManager {
  readonly #session: SessionState;

  /** @internal */
  constructor(session: SessionState) {
    this.#session = session;
  }

  /** The queries that run. */
  get active(): Promise<StreamingQuery[]> {
    return activeQueries(this.#session)
      .then((found) => found.map((state) => new StreamingQuery(state)));
  }

  /**
   * The query of an id that runs; null when there is none.
   *
   * @param id the query's id, which it keeps from start to start
   */
  async get(id: string): Promise<StreamingQuery | null> {
    const found = await findQuery(this.#session, id);
    return found === null ? null : new StreamingQuery(found);
  }

  /**
   * Waits until a query has ended since the session began or
   * {@link StreamingQueryManager.resetTerminated} was called.
   *
   * @returns whether one has; false when the time is over
   * @throws StreamingQueryException the error that ended it
   * @throws the signal's reason
   */
  awaitAnyTermination(options: AwaitTerminationOptions = {}): Promise<boolean> {
    return awaitAny(this.#session, options.timeoutMs ?? null, options);
  }

  /** Forgets the queries that have ended, for {@link StreamingQueryManager.awaitAnyTermination}. */
  resetTerminated(): Promise<void> {
    return resetEnded(this.#session);
  }

  /** Has a listener told of all queries of the session, from now on; one that was added twice is told twice. */
  addListener(listener: StreamingQueryListener): Promise<void> {
    const site = callSite("addListener()");
    return this.#session.listeners.add(
      checkListener(listener, site),
      () => addListener(this.#session, listener, site),
    );
  }

  /** Has a listener told no more of the session's queries; nothing happens to one that was not. */
  removeListener(listener: StreamingQueryListener): Promise<void> {
    return this.#session.listeners.remove(listener);
  }
}
