import { platform } from "../../common/platform/deno.ts";
import { DENO_INSPECT, NODE_INSPECT } from "../../common/inspect.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { lastProgress, progressOf, recentProgress } from "./progress_stream.ts";
import {
  ask,
  askAndContinue,
  awaitEnd,
  hasEnded,
  queryError,
  type QueryState,
  stopQuery,
} from "./query_state.ts";
import type {
  StreamingQueryProgress,
  StreamingQueryStatus,
} from "./streaming_query_progress.ts";

/** How long to wait for a query's end. */
export interface AwaitTerminationOptions extends ActionOptions {
  /** Most milliseconds to wait; any number when left out. */
  readonly timeoutMs?: number;
}

/**
 * A query over a stream, which runs until it is stopped or fails:
 * `df.writeStream.start()` gives it. Leaving its block by `await using` stops it.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * async function tick(spark: SparkSession): Promise<void> {
 *   await using query = await spark.readStream.format("rate").load()
 *     .writeStream.format("console").start();
 *   await query.awaitTermination({ timeoutMs: 10_000 });
 * }
 * ```
 */
export class StreamingQuery implements AsyncDisposable {
  readonly #state: QueryState;

  /** @internal */
  constructor(state: QueryState) {
    this.#state = state;
  }

  /** The query's id, which it keeps from start to start by its checkpoint. */
  get id(): string {
    return this.#state.id;
  }

  /** The id of this run. */
  get runId(): string {
    return this.#state.runId;
  }

  /** The name that `queryName()` gave it. */
  get name(): string | null {
    return this.#state.name;
  }

  /** Whether it runs. */
  get isActive(): Promise<boolean> {
    return hasEnded(this.#state).then((ended) => !ended);
  }

  /** What it is about. */
  get status(): Promise<StreamingQueryStatus> {
    const { java } = this.#state;
    return ask(
      this.#state,
      "status",
      async () =>
        JSON.parse(await (await java.callObject("status")).callString("json")),
    );
  }

  /** What its last batch did; null before the first. */
  get lastProgress(): Promise<StreamingQueryProgress | null> {
    return lastProgress(this.#state);
  }

  /** What its last batches did, as many as `spark.sql.streaming.numRecentProgressUpdates` says, oldest first. */
  get recentProgress(): Promise<StreamingQueryProgress[]> {
    return recentProgress(this.#state);
  }

  /**
   * What each batch did, to the query's end: first what Spark still knows, then
   * what comes.
   *
   * @example
   * ```ts
   * import type { StreamingQuery } from "@tspark/tspark";
   *
   * async function follow(query: StreamingQuery): Promise<void> {
   *   for await (const { batchId, numInputRows } of query.progress()) {
   *     console.log(batchId, numInputRows);
   *   }
   * }
   * ```
   */
  progress(): AsyncGenerator<StreamingQueryProgress, void> {
    return progressOf(this.#state);
  }

  /** The error that ended it, as `awaitTermination()` throws it; null when none did. */
  exception(): Promise<unknown> {
    return queryError(this.#state);
  }

  /**
   * Prints the plan of the last batch.
   *
   * @param extended whether the logical plans come too; false by default
   */
  async explain(extended: boolean = false): Promise<void> {
    const { java } = this.#state;
    const text = await askAndContinue(
      this.#state,
      "explain()",
      () => java.callString("explainInternal", extended),
    );
    platform.writeOutput(`${text}\n`);
  }

  /** Waits until all that is there now is processed; for tests. */
  async processAllAvailable(): Promise<void> {
    const { java } = this.#state;
    await askAndContinue(
      this.#state,
      "processAllAvailable()",
      () => java.call("processAllAvailable"),
    );
  }

  /**
   * Waits for the query's end.
   *
   * @param options most milliseconds to wait, and what ends the waiting
   * @returns whether it has ended; false when the time is over
   * @throws StreamingQueryException the error that ended it; WorkerError where a function of the program's failed
   * @throws the signal's reason
   */
  awaitTermination(options: AwaitTerminationOptions = {}): Promise<boolean> {
    return awaitEnd(this.#state, options.timeoutMs ?? null, options);
  }

  /** Stops it, and what is under way in a batch; nothing happens when it has ended. */
  stop(): Promise<void> {
    return stopQuery(this.#state);
  }

  /** Stops it, as {@link StreamingQuery.stop}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** The query in a line, for people. */
  toString(): string {
    return `StreamingQuery(${this.name ?? "without a name"}, id ${this.id})`;
  }

  /**
   * What Deno's console prints.
   *
   * @internal
   */
  [DENO_INSPECT](): string {
    return this.toString();
  }

  /**
   * What Node's console prints.
   *
   * @internal
   */
  [NODE_INSPECT](): string {
    return this.toString();
  }

  /**
   * Why a query stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "a StreamingQuery cannot be used inside a function that runs on the workers: it is the driver's";
  }
}
