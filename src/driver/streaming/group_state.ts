import type {
  AnySchema,
  RowFor,
  RowsOf,
  SchemaText,
} from "../udf/schema_types.ts";

/**
 * When a group's state is looked at although no row came: never, behind a time
 * of the clock, or behind a time that the watermark has passed.
 */
export type GroupStateTimeout = "none" | "processingTime" | "eventTime";

/** What is to be said of a function with a state for each group. */
export interface GroupStateOptions<D> {
  /** The columns of the state, such as `"count BIGINT, last TIMESTAMP"`. */
  readonly state: SchemaText<D>;
  /** When the function is called for a group without new rows; never by default. */
  readonly timeout?: GroupStateTimeout;
}

/** As {@link GroupStateOptions}, of functions that give any number of rows. */
export interface GroupStatesOptions<D> extends GroupStateOptions<D> {
  /** Whether rows are new ones, or stand in the place of earlier ones. */
  readonly outputMode: "append" | "update";
}

/**
 * The state of one group, which the function of `flatMapGroupsWithState()` and
 * its kin is given. It is good until the function has done with the group.
 */
export interface GroupState<D = AnySchema> {
  /** Whether the group has a state. */
  readonly exists: boolean;
  /** Whether the function is called because the group's timeout has passed: there are no rows then. */
  readonly hasTimedOut: boolean;
  /**
   * The state, as a row of its schema.
   *
   * @throws WorkerError `STATE_NOT_EXISTS` when the group has none
   */
  get(): RowsOf<D>;
  /** The state, as a row of its schema; null when the group has none. */
  getOption(): RowsOf<D> | null;
  /**
   * Sets the state.
   *
   * @param value an object with the state's columns, or an array of their values
   * @throws SparkError `VALUE_TYPE_MISMATCH`, `VALUE_OUT_OF_RANGE`, `NULL_NOT_ALLOWED`
   */
  update(value: RowFor<D>): void;
  /** Takes the state away. */
  remove(): void;
  /**
   * Has the function called again when no row has come for so long. It holds
   * for one call; with the timeout `processingTime`.
   *
   * @param durationMs milliseconds from the beginning of this batch
   * @throws WorkerError `TIMEOUT_NOT_ENABLED`, `VALUE_NOT_POSITIVE`
   */
  setTimeoutDuration(durationMs: number): void;
  /**
   * Has the function called again when the watermark has passed a time. It
   * holds for one call; with the timeout `eventTime`.
   *
   * @param timestamp the time, or its milliseconds since 1970
   * @throws WorkerError `TIMEOUT_NOT_ENABLED`, `VALUE_NOT_POSITIVE`, `INVALID_TIMEOUT_TIMESTAMP`
   */
  setTimeoutTimestamp(timestamp: number | Date): void;
  /**
   * The watermark of this batch, in milliseconds since 1970; 0 in the first one.
   *
   * @throws WorkerError `WATERMARK_MISSING` when the query has none
   */
  getCurrentWatermarkMs(): number;
  /** The time at which this batch began, in milliseconds since 1970. */
  getCurrentProcessingTimeMs(): number;
}
