/**
 * What Spark tells of a streaming query's progress, as its JSON has it.
 *
 * @module
 */

/** What a source gave to a batch. */
export interface SourceProgress {
  /** What the source is, such as `FileStreamSource[file:/in]`. */
  readonly description: string;
  /** Where the batch begins, in the source's own words. */
  readonly startOffset: unknown;
  /** Where it ends. */
  readonly endOffset: unknown;
  /** Where the source's data end now. */
  readonly latestOffset: unknown;
  /** Rows that were read. */
  readonly numInputRows: number;
  /** Rows a second that came in; left out where it is unknown. */
  readonly inputRowsPerSecond?: number;
  /** Rows a second that were processed; left out where it is unknown. */
  readonly processedRowsPerSecond?: number;
  /** What the source itself tells. */
  readonly metrics?: Readonly<Record<string, string>>;
}

/** What a sink got of a batch. */
export interface SinkProgress {
  /** What the sink is. */
  readonly description: string;
  /** Rows that were written; -1 where the sink does not tell. */
  readonly numOutputRows: number;
  /** What the sink itself tells. */
  readonly metrics?: Readonly<Record<string, string>>;
}

/** The state that an operator keeps. */
export interface StateOperatorProgress {
  /** What the operator is, such as `stateStoreSave`. */
  readonly operatorName: string;
  /** Keys with state. */
  readonly numRowsTotal: number;
  /** Keys whose state was changed. */
  readonly numRowsUpdated: number;
  /** Milliseconds that these changes took, of all tasks together. */
  readonly allUpdatesTimeMs: number;
  /** Keys whose state was removed. */
  readonly numRowsRemoved: number;
  /** Milliseconds that these removals took, of all tasks together. */
  readonly allRemovalsTimeMs: number;
  /** Milliseconds that writing the state took, of all tasks together. */
  readonly commitTimeMs: number;
  /** Rows that came behind the watermark. */
  readonly numRowsDroppedByWatermark: number;
  /** Bytes of memory that the state takes. */
  readonly memoryUsedBytes: number;
  /** Partitions of the state. */
  readonly numShufflePartitions: number;
  /** State stores that are open. */
  readonly numStateStoreInstances: number;
  /** What the state store itself tells. */
  readonly customMetrics?: Readonly<Record<string, number>>;
}

/** What a batch of a streaming query did. */
export interface StreamingQueryProgress {
  /** The query's id, which it keeps from start to start. */
  readonly id: string;
  /** The id of this run. */
  readonly runId: string;
  /** The query's name, if it has one. */
  readonly name: string | null;
  /** When the batch began, as in `2026-11-29T12:00:00.000Z`. */
  readonly timestamp: string;
  /** The batch's number. */
  readonly batchId: number;
  /** Milliseconds that the batch took. */
  readonly batchDuration: number;
  /** Rows that were read. */
  readonly numInputRows: number;
  /** Rows a second that came in; left out where it is unknown. */
  readonly inputRowsPerSecond?: number;
  /** Rows a second that were processed; left out where it is unknown. */
  readonly processedRowsPerSecond?: number;
  /** Milliseconds that each part of the batch took. */
  readonly durationMs: Readonly<Record<string, number>>;
  /** The watermark and the least, greatest and average event time, where there is a watermark. */
  readonly eventTime?: Readonly<Record<string, string>>;
  /** The operators that keep state. */
  readonly stateOperators: readonly StateOperatorProgress[];
  /** The sources. */
  readonly sources: readonly SourceProgress[];
  /** The sink. */
  readonly sink: SinkProgress;
  /** What `observe()` computed, by its name. */
  readonly observedMetrics?: Readonly<Record<string, unknown>>;
}

/** What a streaming query is about. */
export interface StreamingQueryStatus {
  /** In words, such as `Waiting for data to arrive`. */
  readonly message: string;
  /** Whether there are data that no batch has taken. */
  readonly isDataAvailable: boolean;
  /** Whether a batch is under way. */
  readonly isTriggerActive: boolean;
}

/**
 * Reads a progress.
 *
 * @param json Spark's `StreamingQueryProgress.json`
 */
export function parseProgress(json: string): StreamingQueryProgress {
  const progress = JSON.parse(json) as StreamingQueryProgress;
  return { ...progress, name: progress.name ?? null };
}
