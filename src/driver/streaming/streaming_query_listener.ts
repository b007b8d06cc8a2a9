import type { StreamingQueryProgress } from "./streaming_query_progress.ts";

/** A query has started. */
export interface QueryStartedEvent {
  /** The query's id, which it keeps from start to start. */
  readonly id: string;
  /** The id of this run. */
  readonly runId: string;
  /** The query's name, if it has one. */
  readonly name: string | null;
  /** When, as in `2026-11-29T12:00:00.000Z`. */
  readonly timestamp: string;
  /** The tags of the query's jobs; left out before Spark 4.0. */
  readonly jobTags?: readonly string[];
}

/** A query has made progress. */
export interface QueryProgressEvent {
  /** What its last batch did. */
  readonly progress: StreamingQueryProgress;
}

/** A query waits for data. */
export interface QueryIdleEvent {
  /** The query's id, which it keeps from start to start. */
  readonly id: string;
  /** The id of this run. */
  readonly runId: string;
  /** When, as in `2026-11-29T12:00:00.000Z`. */
  readonly timestamp: string;
}

/** A query has ended. */
export interface QueryTerminatedEvent {
  /** The query's id, which it keeps from start to start. */
  readonly id: string;
  /** The id of this run. */
  readonly runId: string;
  /** What ended it, where it failed. */
  readonly exception: string | null;
  /** Spark's condition of that error, where it has one. */
  readonly errorClassOnException: string | null;
}

/**
 * Is told what streaming queries do, of all queries of a session: see
 * `StreamingQueryManager.addListener()`. Methods that are left out are not
 * called. They are called in the order of the events, one after another; what
 * one throws is written to stderr and ends nothing.
 *
 * @example
 * ```ts
 * import type { StreamingQueryListener } from "@tspark/tspark";
 *
 * const log: StreamingQueryListener = {
 *   onQueryProgress: ({ progress }) => console.log(progress.batchId, progress.numInputRows),
 * };
 * ```
 */
export interface StreamingQueryListener {
  /** A query has started. */
  onQueryStarted?(event: QueryStartedEvent): void | Promise<void>;
  /** A batch has ended. */
  onQueryProgress?(event: QueryProgressEvent): void | Promise<void>;
  /** There were no new data. */
  onQueryIdle?(event: QueryIdleEvent): void | Promise<void>;
  /** A query was stopped, or failed. */
  onQueryTerminated?(event: QueryTerminatedEvent): void | Promise<void>;
}
