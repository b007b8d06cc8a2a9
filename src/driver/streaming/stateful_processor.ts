import type {
  AnySchema,
  RowFor,
  RowsFor,
  RowsOf,
  SchemaText,
} from "../udf/schema_types.ts";

/** Which time timers and lives of values go by: none, the clock's, or the watermark's. */
export type TimeMode = "none" | "processingTime" | "eventTime";

/** How long the values of a state live. */
export interface StateOptions {
  /** Milliseconds that a value lives since it was set; for ever by default. With the time mode `processingTime`. */
  readonly ttlMs?: number;
}

/** A state of one value for each key. */
export interface ValueState<D = AnySchema> {
  /** Whether the key has a value. */
  exists(): boolean;
  /** The value, as a row of the state's schema; null for none. */
  get(): RowsOf<D> | null;
  /** Sets the value: an object with the schema's columns, or an array of their values. */
  update(value: RowFor<D>): void;
  /** Takes the value away. */
  clear(): void;
}

/** A state of a list for each key. */
export interface ListState<D = AnySchema> {
  /** Whether the key has a list. */
  exists(): boolean;
  /** The elements, fetched in parts. */
  get(): IterableIterator<RowsOf<D>>;
  /** Sets the list. */
  put(values: Iterable<RowFor<D>>): void;
  /** Adds an element. */
  appendValue(value: RowFor<D>): void;
  /** Adds elements, in one call of Spark's. */
  appendList(values: Iterable<RowFor<D>>): void;
  /** Takes the list away. */
  clear(): void;
}

/** A state of a map for each key. */
export interface MapState<K = AnySchema, V = AnySchema> {
  /** Whether the key has a map. */
  exists(): boolean;
  /** The value of a key of the map; null for none. */
  getValue(key: RowFor<K>): RowsOf<V> | null;
  /** Whether the map has a key. */
  containsKey(key: RowFor<K>): boolean;
  /** Sets the value of a key of the map. */
  updateValue(key: RowFor<K>, value: RowFor<V>): void;
  /** Keys with their values, fetched in parts. */
  iterator(): IterableIterator<[key: RowsOf<K>, value: RowsOf<V>]>;
  /** The keys, fetched in parts. */
  keys(): IterableIterator<RowsOf<K>>;
  /** The values, fetched in parts. */
  values(): IterableIterator<RowsOf<V>>;
  /** Takes a key of the map away. */
  removeKey(key: RowFor<K>): void;
  /** Takes the map away. */
  clear(): void;
}

/** What a processor is given in `init()`: it declares states there, and sets timers later. */
export interface StatefulProcessorHandle {
  /**
   * Declares a state of one value for each key; in `init()`.
   *
   * @param name the state's name
   * @param schema the columns of the value, such as `"count BIGINT"`
   * @param options how long values live
   */
  getValueState<const D extends AnySchema>(
    name: string,
    schema: SchemaText<D>,
    options?: StateOptions,
  ): ValueState<D>;
  /** Declares a state of a list for each key; in `init()`. */
  getListState<const D extends AnySchema>(
    name: string,
    schema: SchemaText<D>,
    options?: StateOptions,
  ): ListState<D>;
  /** Declares a state of a map for each key; in `init()`. */
  getMapState<const K extends AnySchema, const V extends AnySchema>(
    name: string,
    keySchema: SchemaText<K>,
    valueSchema: SchemaText<V>,
    options?: StateOptions,
  ): MapState<K, V>;
  /** Takes a state of earlier runs away, if there is one; in `init()`. */
  deleteIfExists(name: string): void;
  /**
   * Has `handleExpiredTimer()` called for the key when a time has passed.
   *
   * @param expiryTimestampMs the time, or its milliseconds since 1970
   */
  registerTimer(expiryTimestampMs: number | Date): void;
  /** Takes a timer of the key away. */
  deleteTimer(expiryTimestampMs: number | Date): void;
  /** The timers of the key, in milliseconds since 1970. */
  listTimers(): IterableIterator<number>;
}

/** The times of a batch. */
export interface TimerValues {
  /** When the batch began, in milliseconds since 1970; -1 with the time mode `none`. */
  getCurrentProcessingTimeInMs(): number;
  /** The watermark, in milliseconds since 1970; -1 with the time mode `none`. */
  getCurrentWatermarkInMs(): number;
}

/** A timer that has expired. */
export interface ExpiredTimerInfo {
  /** The time that it was registered for, in milliseconds since 1970. */
  getExpiryTimeInMs(): number;
}

/**
 * What keeps states for each key of a stream, for `transformWithState()`. A new
 * one is made for each task; what it keeps beyond a task belongs into states.
 *
 * @example
 * ```ts
 * import type { StatefulProcessor, StatefulProcessorHandle, ValueState } from "@tspark/tspark";
 *
 * class Counter implements StatefulProcessor<{ word: string }, { word: string }, "word STRING, count INT"> {
 *   #count!: ValueState<"count INT NOT NULL">;
 *
 *   init(handle: StatefulProcessorHandle): void {
 *     this.#count = handle.getValueState("count", "count INT NOT NULL");
 *   }
 *
 *   handleInputRows({ word }: { word: string }, rows: Iterable<{ word: string }>) {
 *     const count = (this.#count.get()?.count ?? 0) + [...rows].length;
 *     this.#count.update({ count });
 *     return [{ word, count }];
 *   }
 * }
 * ```
 */
export interface StatefulProcessor<K, R, D, I = unknown> {
  /** Declares the states. It is called in the program too, before the query starts, and can do nothing else there. */
  init(handle: StatefulProcessorHandle): void | PromiseLike<void>;
  /**
   * Called for each key with new rows.
   *
   * @returns any number of rows
   */
  handleInputRows(
    key: K,
    rows: IterableIterator<R>,
    timerValues: TimerValues,
  ): RowsFor<D> | PromiseLike<RowsFor<D>>;
  /** Called for each timer that has expired. */
  handleExpiredTimer?(
    key: K,
    timerValues: TimerValues,
    timer: ExpiredTimerInfo,
  ): RowsFor<D> | PromiseLike<RowsFor<D>>;
  /** Called in the first batch for each row of the initial state. */
  handleInitialState?(
    key: K,
    initialState: I,
    timerValues: TimerValues,
  ): void | PromiseLike<void>;
  /** Called at the end of a task. */
  close?(): void | PromiseLike<void>;
}

/** A class of processors, or a function that makes one. */
export type StatefulProcessorMaker<K, R, D, I = unknown> =
  | (new () => StatefulProcessor<K, R, D, I>)
  | (() => StatefulProcessor<K, R, D, I>);

/** What is to be said of a processor. */
export interface TransformWithStateOptions<G = unknown> {
  /** Whether rows are new ones, or stand in the place of earlier ones. */
  readonly outputMode: "append" | "update";
  /** Which time timers and lives of values go by; none by default. */
  readonly timeMode?: TimeMode;
  /** Groups of a batch frame, by as many keys of the same types: what `handleInitialState()` is given. */
  readonly initialState?: G;
  /** The column of the result that later operations take as their event time, for the time mode `eventTime`. */
  readonly eventTimeColumn?: string;
}
