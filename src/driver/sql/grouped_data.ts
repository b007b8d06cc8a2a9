import { printBy } from "../../common/inspect.ts";
import { callSite } from "../runtime/call_site.ts";
import type { Table } from "../../serde/arrow/arrow_table.ts";
import { aggregateInStages } from "../udf/aggregate_in_stages.ts";
import { isAggregatorColumn } from "../udf/aggregator.ts";
import type {
  GroupState,
  GroupStateOptions,
  GroupStatesOptions,
} from "../streaming/group_state.ts";
import { mapGroupsWithState } from "../streaming/map_groups_with_state.ts";
import type {
  StatefulProcessorMaker,
  TransformWithStateOptions,
} from "../streaming/stateful_processor.ts";
import { transformWithState } from "../streaming/transform_with_state.ts";
import { mapGroups } from "../udf/row_functions.ts";
import type {
  AnySchema,
  RowFor,
  RowsFor,
  RowsOf,
  SchemaText,
  TableFor,
  TablesFor,
} from "../udf/schema_types.ts";
import { CogroupedData } from "./cogrouped_data.ts";
import type { SelectShape } from "./typing/select_shape.ts";
import { chosenColumns } from "./columns_of.ts";
import { DataFrame } from "./data_frame.ts";
import { RELATION, relationOf } from "./frame_relation.ts";
import {
  aggregate,
  type AggregateNames,
  numericAggregate,
  pivot,
} from "./plan/aggregate.ts";
import { type Relation, relation } from "./plan/relation.ts";
import { print } from "./plan/transformations.ts";
import type {
  AggregateShape,
  CountShape,
  NumericName,
  PivotMark,
  ShortcutShape,
} from "./typing/aggregate_shape.ts";
import type { ColumnLike } from "./typing/column_like.ts";
import type { AnyColumn, ColumnsOf } from "./typing/columns_of.ts";
import type { ColumnName } from "./typing/name.ts";
import type { Untyped } from "./typing/untyped.ts";

/**
 * Groups of rows, made by `groupBy()` and its kin, to be aggregated.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 * import { avg, count } from "@tspark/tspark/functions";
 *
 * const byCountry = (people: DataFrame) =>
 *   people.groupBy("country").agg(count("*").as("people"), avg("age").as("age"));
 * ```
 */
export class GroupedData<
  S extends object = Record<string, unknown>,
  K extends readonly unknown[] = readonly AnyColumn[],
> {
  /** @internal */
  readonly [RELATION]: Relation;

  /** @internal */
  constructor(node: Relation) {
    this[RELATION] = node;
  }

  static {
    printBy(GroupedData.prototype, String);
  }

  /**
   * Aggregates of each group, beside its keys.
   *
   * @param aggregates columns such as `sum("amount").as("total")` or of aggregators made by `udaf()`, one object of names such as `{ age: "max" }`, or a function that is given the columns by name
   */
  agg<const A extends readonly ColumnLike[]>(
    pick: (columns: ColumnsOf<S>) => A,
  ): DataFrame<AggregateShape<S, K, A>>;
  /** Aggregates of each group, by the names of columns and functions. */
  agg(names: AggregateNames): DataFrame;
  /** Aggregates of each group, one by one. */
  agg<const A extends readonly ColumnLike[]>(
    ...aggregates: A
  ): DataFrame<AggregateShape<S, K, A>>;
  agg(...aggregates: readonly unknown[]): DataFrame<Untyped> {
    const chosen = chosenColumns<never>("agg()", aggregates);
    const make = chosen.some(isAggregatorColumn)
      ? aggregateInStages
      : aggregate;
    return new DataFrame(make(this[RELATION], chosen, callSite("agg()")));
  }

  /** The operations that made the groups, as far as the driver knows them. */
  toString(): string {
    return `GroupedData[${print(this[RELATION])}]`;
  }

  /** Number of rows of each group, as the column `count`. */
  count(): DataFrame<CountShape<S, K>> {
    return new DataFrame(
      relation(this[RELATION], "count", [], callSite("count()")),
    );
  }

  /** Averages of columns; of all numeric ones when none is named. */
  avg<const N extends readonly NumericName<S>[]>(
    ...columns: N
  ): DataFrame<ShortcutShape<S, K, "avg", N>> {
    return this.#numeric("avg", columns);
  }

  /** The same as {@link GroupedData.avg}. */
  mean<const N extends readonly NumericName<S>[]>(
    ...columns: N
  ): DataFrame<ShortcutShape<S, K, "avg", N>> {
    return this.#numeric("mean", columns);
  }

  /** Greatest values of columns; of all numeric ones when none is named. */
  max<const N extends readonly NumericName<S>[]>(
    ...columns: N
  ): DataFrame<ShortcutShape<S, K, "max", N>> {
    return this.#numeric("max", columns);
  }

  /** Least values of columns; of all numeric ones when none is named. */
  min<const N extends readonly NumericName<S>[]>(
    ...columns: N
  ): DataFrame<ShortcutShape<S, K, "min", N>> {
    return this.#numeric("min", columns);
  }

  /** Sums of columns; of all numeric ones when none is named. */
  sum<const N extends readonly NumericName<S>[]>(
    ...columns: N
  ): DataFrame<ShortcutShape<S, K, "sum", N>> {
    return this.#numeric("sum", columns);
  }

  /**
   * Makes a column's values columns of their own: what follows aggregates each.
   *
   * @param column the column whose values become columns
   * @param values which values; all when left out, which takes a job to find them
   */
  pivot(
    column: ColumnName<S> | AnyColumn,
    values: readonly unknown[] | null = null,
  ): GroupedData<S, readonly [...K, PivotMark]> {
    return new GroupedData<S, readonly [...K, PivotMark]>(
      pivot(this[RELATION], column, values, callSite("pivot()")),
    );
  }

  /**
   * The rows that a function makes of each group.
   *
   * @param f is given the group's key, as an object of its columns, and its rows in turn; it gives any number of rows
   * @param schema the columns of the rows that it gives
   *
   * @example
   * ```ts
   * import type { DataFrame } from "@tspark/tspark";
   *
   * const longest = (words: DataFrame<{ letter: string; word: string }>) =>
   *   words.groupBy("letter").flatMapGroups(function* ({ letter }, rows) {
   *     let best = "";
   *     for (const { word } of rows) if (word.length > best.length) best = word;
   *     yield { letter, best };
   *   }, "letter STRING, best STRING");
   * ```
   */
  flatMapGroups<const D extends AnySchema>(
    f: (key: SelectShape<S, K>, rows: IterableIterator<S>) => RowsFor<D>,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("flatMapGroups()");
    return new DataFrame(
      mapGroups(this[RELATION], {
        form: "groupRows",
        f,
        schema: schema as AnySchema,
        site,
      }),
    );
  }

  /**
   * What a function makes of each group as a table of apache-arrow.
   *
   * @param f is given the group's rows, and its key as an object of its columns; it gives a table with the columns of the schema
   * @param schema the columns that it gives
   */
  applyInArrow<const D extends AnySchema>(
    f: (table: Table, key: SelectShape<S, K>) => TableFor,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("applyInArrow()");
    return new DataFrame(
      mapGroups(this[RELATION], {
        form: "groupBatches",
        f,
        schema: schema as AnySchema,
        site,
      }),
    );
  }

  /**
   * What a function makes of the batches of each group, one after the other, so
   * that a group may be larger than memory: from Spark 4.1 on. Up to Spark 4.0 a
   * group comes as one batch.
   *
   * @param f is given the group's key, as an object of its columns, and tables of apache-arrow in turn; it gives any number of tables with the columns of the schema
   * @param schema the columns that it gives
   *
   * @example
   * ```ts
   * import type { DataFrame } from "@tspark/tspark";
   *
   * const first = (clicks: DataFrame<{ user: string; page: string }>) =>
   *   clicks.groupBy("user").flatMapGroupsInArrow(function* (_key, tables) {
   *     for (const table of tables) {
   *       yield table.slice(0, 1);
   *       return;
   *     }
   *   }, "user STRING, page STRING");
   * ```
   */
  flatMapGroupsInArrow<const D extends AnySchema>(
    f: (
      key: SelectShape<S, K>,
      tables: IterableIterator<Table>,
    ) => TablesFor,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("flatMapGroupsInArrow()");
    return new DataFrame(
      mapGroups(this[RELATION], {
        form: "groupTables",
        f,
        schema: schema as AnySchema,
        site,
      }),
    );
  }

  /**
   * The rows that a function makes of each group, with a state that it keeps
   * for the group from batch to batch of a stream. Groups are by columns here, not by
   * expressions.
   *
   * @param f is given the group's key, as an object of its columns, its new rows in turn, and its state; it gives any number of rows
   * @param schema the columns of the rows that it gives
   * @param options the columns of the state, how rows come out, and when a group is looked at that has no new rows
   *
   * @example
   * ```ts
   * import type { DataFrame } from "@tspark/tspark";
   *
   * const counts = (words: DataFrame<{ word: string }>) =>
   *   words.groupBy("word").flatMapGroupsWithState(
   *     ({ word }, rows, state) => {
   *       const count = [...rows].length + (state.getOption()?.count ?? 0);
   *       state.update({ count });
   *       return [{ word, count }];
   *     },
   *     "word STRING, count INT",
   *     { state: "count INT NOT NULL", outputMode: "update" },
   *   );
   * ```
   */
  flatMapGroupsWithState<
    const D extends AnySchema,
    const St extends AnySchema,
  >(
    f: (
      key: SelectShape<S, K>,
      rows: IterableIterator<S>,
      state: GroupState<St>,
    ) => RowsFor<D>,
    schema: SchemaText<D>,
    options: GroupStatesOptions<St>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("flatMapGroupsWithState()");
    return new DataFrame(
      mapGroupsWithState(
        this[RELATION],
        { form: "groupState", f, schema: schema as AnySchema, site },
        options,
      ),
    );
  }

  /**
   * As {@link GroupedData.flatMapGroupsWithState}, of a function that gives
   * one row for each group; it stands in the place of the group's earlier one.
   *
   * @param f is given the group's key, its new rows in turn, and its state; it gives a row
   * @param schema the columns of the rows that it gives
   * @param options the columns of the state, and when a group is looked at that has no new rows
   */
  mapGroupsWithState<const D extends AnySchema, const St extends AnySchema>(
    f: (
      key: SelectShape<S, K>,
      rows: IterableIterator<S>,
      state: GroupState<St>,
    ) => RowFor<D> | PromiseLike<RowFor<D>>,
    schema: SchemaText<D>,
    options: GroupStateOptions<St>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("mapGroupsWithState()");
    return new DataFrame(
      mapGroupsWithState(
        this[RELATION],
        { form: "groupStateRow", f, schema: schema as AnySchema, site },
        options,
      ),
    );
  }

  /**
   * As {@link GroupedData.flatMapGroupsWithState}, of a function over tables of
   * apache-arrow.
   *
   * @param f is given the group's key, its new rows in tables one by one, and its state; it gives any number of tables with the columns of the schema
   * @param schema the columns that it gives
   * @param options the columns of the state, how rows come out, and when a group is looked at that has no new rows
   */
  applyInArrowWithState<const D extends AnySchema, const St extends AnySchema>(
    f: (
      key: SelectShape<S, K>,
      tables: IterableIterator<Table>,
      state: GroupState<St>,
    ) => TablesFor,
    schema: SchemaText<D>,
    options: GroupStatesOptions<St>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("applyInArrowWithState()");
    return new DataFrame(
      mapGroupsWithState(
        this[RELATION],
        { form: "groupStateBatches", f, schema: schema as AnySchema, site },
        options,
      ),
    );
  }

  /**
   * The rows that a processor of the program's makes of each group, with
   * states of several kinds that it keeps for the group from batch to batch,
   * and timers. Spark 4.1 and later, with RocksDB as the state store of streams.
   *
   * @param processor a class of processors, or a function that makes one
   * @param schema the columns of the rows that it gives
   * @param options how rows come out, which time timers go by, an initial state
   *
   * @example
   * ```ts
   * import type { DataFrame, StatefulProcessorHandle, ValueState } from "@tspark/tspark";
   *
   * class Counter {
   *   #count!: ValueState<"count INT NOT NULL">;
   *
   *   init(handle: StatefulProcessorHandle) {
   *     this.#count = handle.getValueState("count", "count INT NOT NULL");
   *   }
   *
   *   handleInputRows({ word }: { word: string }, rows: Iterable<{ word: string }>) {
   *     const count = (this.#count.get()?.count ?? 0) + [...rows].length;
   *     this.#count.update({ count });
   *     return [{ word, count }];
   *   }
   * }
   *
   * const counts = (words: DataFrame<{ word: string }>) =>
   *   words.groupBy("word").transformWithState(Counter, "word STRING, count INT", {
   *     outputMode: "update",
   *   });
   * ```
   */
  transformWithState<
    const D extends AnySchema,
    I extends object = object,
    K2 extends readonly unknown[] = readonly unknown[],
  >(
    processor: StatefulProcessorMaker<SelectShape<S, K>, S, D, I>,
    schema: SchemaText<D>,
    options: TransformWithStateOptions<GroupedData<I, K2>>,
  ): DataFrame<RowsOf<D>> {
    const site = callSite("transformWithState()");
    return new DataFrame(
      transformWithState(
        this[RELATION],
        { processor, schema: schema as AnySchema, site },
        options,
      ),
    );
  }

  /**
   * Pairs of groups, of this frame and another, with equal keys.
   *
   * @param other groups by as many keys of the same types
   */
  cogroup<R extends object, K2 extends readonly unknown[]>(
    other: GroupedData<R, K2>,
  ): CogroupedData<S, R, K> {
    return new CogroupedData(this[RELATION], relationOf(other));
  }

  #numeric<T extends object>(
    name: Parameters<typeof numericAggregate>[1],
    columns: readonly string[],
  ): DataFrame<T> {
    const site = callSite(`${name}()`);
    return new DataFrame(numericAggregate(this[RELATION], name, columns, site));
  }
}
