import { JUPYTER_DISPLAY } from "../../common/inspect.ts";
import { anySeed } from "../../common/random.ts";
import { platform } from "../../common/platform/deno.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import type { Row } from "../../serde/records/row.ts";
import type { StructType } from "../../types/data_type.ts";
import { type RDD, rddOf } from "../rdd/rdd.ts";
import { checkStorageLevel, type StorageLevel } from "../rdd/storage_level.ts";
import type { ArrowTable } from "./local_frames.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import * as actions from "./actions/mod.ts";
import { Column } from "./column.ts";
import { chosenColumns, columnsOf } from "./columns_of.ts";
import {
  DataFrameNaFunctions,
  type FillValue,
  type ReplaceValue,
} from "./data_frame_na_functions.ts";
import { DataFramePlot } from "./data_frame_plot.ts";
import { DataFrameStatFunctions } from "./data_frame_stat_functions.ts";
import {
  columnOrName,
  EXPRESSION,
  expressionOf,
} from "./expression/to_expression.ts";
import { type HasRelation, RELATION, relationOf } from "./frame_relation.ts";
import { GroupedData } from "./grouped_data.ts";
import { DataStreamWriter } from "../streaming/data_stream_writer.ts";
import { DataFrameWriter } from "./io/data_frame_writer.ts";
import { DataFrameWriterV2 } from "./io/data_frame_writer_v2.ts";
import { MergeIntoWriter } from "./io/merge_into_writer.ts";
import type { Observation } from "./observation.ts";
import type { AggregateNames } from "./plan/aggregate.ts";
import { type Argument, seq } from "./plan/argument.ts";
import { eager, persist, storageArgument, unpersist } from "./plan/marks.ts";
import { type Relation, relation } from "./plan/relation.ts";
import * as plan from "./plan/transformations.ts";
import type { Table } from "../../serde/arrow/arrow_table.ts";
import { mapFrame, type RowsForm } from "../udf/row_functions.ts";
import {
  type AnySchema,
  type RowFor,
  type RowsFor,
  type RowsOf,
  schemaNotName,
  type SchemaText,
  type TablesFor,
  toSchema,
} from "../udf/schema_types.ts";
import { sessionOf, type SparkSession } from "./spark_session.ts";
import { TableArg } from "./table_arg.ts";
import type { AggregateShape } from "./typing/aggregate_shape.ts";
import type { ColumnLike, Loose } from "./typing/column_like.ts";
import type { AnyColumn, ColumnsOf } from "./typing/columns_of.ts";
import type {
  JoinedOn,
  JoinedUsing,
  JoinType,
  UsingName,
} from "./typing/join_shape.ts";
import type {
  ColumnName,
  LastName,
  Name,
  TopName,
  ValueAt,
} from "./typing/name.ts";
import type {
  DroppedNa,
  Filled,
  Named,
  SummaryShape,
  UnpivotShape,
  WithIndex,
} from "./typing/reshape.ts";
import type {
  Dropped,
  Renamed,
  RenamedBy,
  SelectShape,
  WithColumn,
  WithColumns,
} from "./typing/select_shape.ts";
import type { Nullable } from "./typing/shape.ts";
import type {
  UnionCheck,
  UnionMissing,
  UnionShape,
} from "./typing/union_shape.ts";
import type { Untyped } from "./typing/untyped.ts";

/** What a join is on: names of columns that both sides have, or conditions; null for every pair of rows. */
export type JoinOn =
  | string
  | readonly string[]
  | AnyColumn
  | readonly AnyColumn[]
  | null;

/** How `explain()` shows a plan. */
export type ExplainMode =
  | "simple"
  | "extended"
  | "codegen"
  | "cost"
  | "formatted";

/** What decides which rows `dropna()` leaves out. */
export interface DropNaOptions<N extends string = string> {
  /** Rows with any null, or with nulls alone; `any` by default. */
  readonly how?: "any" | "all";
  /** Keeps rows with at least so many values that are not null; wins over `how`. */
  readonly thresh?: number;
  /** The columns that count; all by default. */
  readonly subset?: N | readonly N[];
}

/** How `sample()` takes rows. */
export interface SampleOptions {
  /** Whether a row may be taken again; false by default. */
  readonly withReplacement?: boolean;
  /** Makes the choice repeatable; at random when left out. */
  readonly seed?: number;
}

/**
 * A table of named columns. Transformations return a new DataFrame at once and
 * compute nothing; actions are asynchronous and run a job. `S` is the shape of
 * its rows, as far as it is known.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * await using spark = await SparkSession.builder.master("local[2]").getOrCreate();
 * const people = spark.read.json("people.json");
 * await people.filter("age > 21").select("name").show();
 * ```
 */
export class DataFrame<S extends object = Record<string, unknown>> {
  /** @internal */
  readonly [RELATION]: Relation;
  #rdd: RDD<Row<S>> | null = null;
  #schema: Promise<StructType> | null = null;

  /** @internal */
  constructor(node: Relation) {
    this[RELATION] = node;
  }

  // Written

  /** Writes the rows to files, tables and other sinks. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this);
  }

  /** Writes the rows of a stream, batch by batch: see {@link DataStreamWriter}. */
  get writeStream(): DataStreamWriter<S> {
    return new DataStreamWriter<S>(this);
  }

  /**
   * Writes the rows into a table of a catalog.
   *
   * @param table the table's name
   */
  writeTo(table: string): DataFrameWriterV2 {
    return new DataFrameWriterV2(this, table);
  }

  /**
   * Merges the rows into a table. Spark 4.0 and later.
   *
   * @param table the table's name
   * @param condition when a row of the table matches one of the frame
   */
  mergeInto(table: string, condition: AnyColumn): MergeIntoWriter {
    return new MergeIntoWriter(this, [
      "mergeInto",
      table,
      expressionOf(condition),
    ]);
  }

  // What it is

  /** The columns' names and types; analyzes the plan. */
  get schema(): Promise<StructType> {
    this.#schema ??= actions.schema(this[RELATION], callSite("schema"));
    return this.#schema;
  }

  /** The columns' names, in order. */
  get columns(): Promise<string[]> {
    return this.schema.then((schema) => schema.fieldNames);
  }

  /** The columns' names and types in SQL's words, in order. */
  get dtypes(): Promise<[name: string, type: string][]> {
    return this.schema.then(actions.dtypes);
  }

  /**
   * The rows as an RDD: columns as properties (`row.value`) and by position
   * (`row[0]`). It is the same RDD each time, so `df.rdd.cache()` lasts.
   */
  get rdd(): RDD<Row<S>> {
    this.#rdd ??= rddOf(actions.rowsPlan(this[RELATION], callSite("rdd")));
    return this.#rdd;
  }

  /** The session that it belongs to. */
  get sparkSession(): SparkSession {
    return sessionOf(this[RELATION].session);
  }

  /** Functions for missing values. */
  get na(): DataFrameNaFunctions<S> {
    return new DataFrameNaFunctions<S>(this);
  }

  /** Statistics. */
  get stat(): DataFrameStatFunctions<S> {
    return new DataFrameStatFunctions<S>(this);
  }

  /** Pictures: lines, bars, histograms and more. */
  get plot(): DataFramePlot<TopName<S>> {
    return new DataFramePlot(this);
  }

  /** Whether `collect()` needs no executors. */
  async isLocal(options?: ActionOptions): Promise<boolean> {
    return await actions.ask(
      this[RELATION],
      "isLocal()",
      (jdf) => jdf.callBoolean("isLocal"),
      options,
    );
  }

  /** Whether its rows come from a stream. */
  get isStreaming(): Promise<boolean> {
    return actions.ask(
      this[RELATION],
      "isStreaming",
      (jdf) => jdf.callBoolean("isStreaming"),
    );
  }

  /** The level at which it is kept; `StorageLevel.NONE` where it is not. */
  get storageLevel(): Promise<StorageLevel> {
    return actions.storageLevel(this[RELATION], callSite("storageLevel"));
  }

  /**
   * Analyzes the plan now, so that its errors come here and not at an action.
   *
   * @throws AnalysisException when Spark cannot make sense of it
   */
  async analyze(options?: ActionOptions): Promise<this> {
    await actions.ask(
      this[RELATION],
      "analyze()",
      () => Promise.resolve(),
      options,
    );
    return this;
  }

  /** Prints the columns' names and types as a tree, down to `level` levels of nesting. */
  async printSchema(level?: number): Promise<void> {
    const tree = await actions.treeString(
      this[RELATION],
      callSite("printSchema()"),
      level,
    );
    platform.writeOutput(`${tree}\n`);
  }

  /**
   * Prints how Spark would compute it.
   *
   * @param mode `simple` for the physical plan, `extended` or true for all plans, `codegen`, `cost`, `formatted`
   */
  async explain(mode: ExplainMode | boolean = "simple"): Promise<void> {
    platform.writeOutput(`${await this.explainString(mode)}\n`);
  }

  /** What {@link DataFrame.explain} prints, without its last line break. */
  async explainString(mode: ExplainMode | boolean = "simple"): Promise<string> {
    return await actions.explain(this[RELATION], callSite("explain()"), mode);
  }

  /** The files that its rows come from, as far as Spark knows. */
  async inputFiles(): Promise<string[]> {
    return await actions.inputFiles(this[RELATION], callSite("inputFiles()"));
  }

  /** Whether both compute the same, by their analyzed plans. */
  async sameSemantics(other: DataFrame<Untyped>): Promise<boolean> {
    return await actions.sameSemantics(
      this[RELATION],
      relationOf(other),
      callSite("sameSemantics()"),
    );
  }

  /** A hash of the analyzed plan: equal for plans that compute the same. */
  async semanticHash(): Promise<number> {
    return await actions.ask(
      this[RELATION],
      "semanticHash()",
      (jdf) => jdf.callNumber("semanticHash"),
    );
  }

  // Columns of it

  /**
   * A column of this frame, also after joins with frames that have one of the same name.
   *
   * @param name the column's name, or a path into structs such as `address.city`
   */
  col<const N extends ColumnName<S>>(
    name: N,
  ): Column<Loose<ValueAt<S, N>>, LastName<N>>;
  col(name: string): AnyColumn {
    return new Column({
      kind: "frameColumn",
      frame: this[RELATION],
      by: "col",
      name,
    });
  }

  /** The columns whose names match a regular expression of Java's, written in backticks. */
  colRegex(pattern: string): AnyColumn {
    return new Column({
      kind: "frameColumn",
      frame: this[RELATION],
      by: "colRegex",
      name: pattern,
    });
  }

  /** A column that the source adds to its rows, such as `_metadata`, by its own name. */
  metadataColumn(name: string): AnyColumn {
    return new Column({
      kind: "frameColumn",
      frame: this[RELATION],
      by: "metadataColumn",
      name,
    });
  }

  // Columns chosen and changed

  /**
   * Some of the columns, and expressions over them.
   *
   * @param columns names, `*` for all, and columns; or a function that is given the columns by name
   *
   * @example
   * ```ts
   * import type { DataFrame } from "@tspark/tspark";
   *
   * const next = (people: DataFrame<{ name: string; age: number }>) =>
   *   people.select((c) => [c.name, c.age.plus(1).as("next")]);
   * ```
   */
  select<const A extends readonly (Name<S> | ColumnLike)[]>(
    pick: (columns: ColumnsOf<S>) => A,
  ): DataFrame<SelectShape<S, A>>;
  /** Some of the columns, by name, and expressions over them. */
  select<const A extends readonly (Name<S> | ColumnLike)[]>(
    ...columns: A
  ): DataFrame<SelectShape<S, A>>;
  select(...columns: readonly unknown[]): DataFrame<Untyped> {
    const chosen = chosenColumns<plan.NameOrColumn>("select()", columns);
    return this.#to(
      "select()",
      (node, site) => plan.select(node, chosen, site),
    );
  }

  /**
   * Expressions in SQL.
   *
   * @param texts such as `age + 1 AS next`
   */
  selectExpr(...texts: readonly string[]): DataFrame {
    return this.#to(
      "selectExpr()",
      (node, site) => plan.selectExpr(node, texts, site),
    );
  }

  /**
   * One column added, or replaced where there is one of the name.
   *
   * @param name the column's name
   * @param column its value
   */
  withColumn<const N extends string, T>(
    name: N,
    column: Column<T> | ((columns: ColumnsOf<S>) => Column<T>),
  ): DataFrame<WithColumn<S, N, T>> {
    const value = typeof column === "function"
      ? column(columnsOf<S>())
      : column;
    return this.#to(
      "withColumn()",
      (node, site) =>
        relation(node, "withColumn", [name, expressionOf(value)], site),
    );
  }

  /**
   * Columns added or replaced, by name. None sees what another one makes.
   *
   * @param columns the values by name
   */
  withColumns<const C extends Readonly<Record<string, AnyColumn>>>(
    columns: C,
  ): DataFrame<WithColumns<S, C>> {
    const entries = Object.entries<AnyColumn>(columns);
    return this.#to(
      "withColumns()",
      (node, site) => plan.withColumns(node, entries, site),
    );
  }

  /** One column under another name; nothing changes where there is none of the name. */
  withColumnRenamed<const F extends TopName<S>, const T extends string>(
    existing: F,
    name: T,
  ): DataFrame<Renamed<S, F, T>> {
    return this.#to(
      "withColumnRenamed()",
      (node, site) =>
        relation(node, "withColumnRenamed", [String(existing), name], site),
    );
  }

  /** Columns under other names. */
  withColumnsRenamed<
    const M extends Readonly<Partial<Record<TopName<S>, string>>>,
  >(names: M): DataFrame<RenamedBy<S, M>> {
    const map: Argument = {
      kind: "entries",
      as: "java",
      entries: Object.entries<string>(names as Record<string, string>),
    };
    return this.#to(
      "withColumnsRenamed()",
      (node, site) => relation(node, "withColumnsRenamed", [map], site),
    );
  }

  /** A column with other metadata. */
  withMetadata(
    name: string,
    metadata: Readonly<Record<string, unknown>>,
  ): DataFrame<S> {
    const json = JSON.stringify(metadata);
    return this.#to(
      "withMetadata()",
      (node, site) => relation(node, "withMetadata", [name, json], site),
    );
  }

  /**
   * The columns without some.
   *
   * @param columns names, and columns such as `other.col("id")`; unknown ones are ignored
   */
  drop<const A extends readonly (TopName<S> | AnyColumn)[]>(
    ...columns: A
  ): DataFrame<Dropped<S, A>> {
    return this.#to("drop()", (node, site) => plan.drop(node, columns, site));
  }

  /** The same columns under these names, one for each. */
  toDF<const N extends readonly string[]>(
    ...names: N
  ): DataFrame<Named<N[number]>> {
    return this.#to(
      "toDF()",
      (node, site) => relation(node, "toDF", [seq(names)], site),
    );
  }

  /**
   * The frame under a name, so that `col("name.column")` means its columns.
   *
   * @param name the name
   */
  alias(name: string): DataFrame<S> {
    return this.#to(
      "alias()",
      (node, site) => relation(node, "as", [name], site),
    );
  }

  /**
   * The same frame with rows of this type, which is trusted.
   *
   * @example
   * ```ts
   * import type { SparkSession } from "@tspark/tspark";
   *
   * const people = (spark: SparkSession) => spark.table("people").as<{ name: string; age: number }>();
   * ```
   */
  as<T extends object>(): DataFrame<T>;
  /**
   * The frame with these columns, which Spark checks: see {@link DataFrame.to}.
   * A name for the frame is given by {@link DataFrame.alias}.
   *
   * @throws SparkError `DDL_INVALID`
   */
  as<const D extends AnySchema>(schema: SchemaText<D>): DataFrame<RowsOf<D>>;
  as(schema?: AnySchema): DataFrame<Untyped> {
    return schema === undefined
      ? this
      : this.to<AnySchema>(schemaNotName(schema));
  }

  /**
   * The frame with these columns, by name: in this order, without others, in
   * wider types where theirs differ.
   *
   * @param schema the columns, such as `"id BIGINT, name STRING"`
   * @throws AnalysisException at the next action, when a column is missing, may be null against the schema, or would lose values
   */
  to<const D extends AnySchema>(schema: SchemaText<D>): DataFrame<RowsOf<D>> {
    const json = toSchema(schema as AnySchema).json();
    return this.#to(
      "to()",
      (node, site) => relation(node, "to", [{ kind: "type", json }], site),
    );
  }

  /** The frame as an argument of a table function. Spark 4.0 and later. */
  asTable(): TableArg {
    const site = callSite("asTable()");
    return new TableArg(relation(this[RELATION], "asTable", [], site));
  }

  /** What a function makes of the frame. */
  transform<T extends object>(
    f: (df: DataFrame<S>) => DataFrame<T>,
  ): DataFrame<T> {
    return f(this);
  }

  // Functions of the program

  /**
   * What a function makes of each row.
   *
   * @param f gives a row: an object with the columns of the schema, or an array of their values
   * @param schema the columns of the rows that it gives, such as `"id BIGINT, name STRING"`
   *
   * @example
   * ```ts
   * import type { SparkSession } from "@tspark/tspark";
   *
   * const squares = (spark: SparkSession) =>
   *   spark.range(10).map(({ id }) => ({ id, square: id * id }), "id BIGINT, square BIGINT");
   * ```
   */
  map<const D extends AnySchema>(
    f: (row: S) => RowFor<D>,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    return this.#mapped("map()", "mapRow", f, schema as AnySchema);
  }

  /**
   * All rows that a function makes of each row.
   *
   * @param f gives any number of rows
   * @param schema the columns of the rows that it gives
   */
  flatMap<const D extends AnySchema>(
    f: (row: S) => Iterable<RowFor<D>>,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    return this.#mapped("flatMap()", "flatMapRow", f, schema as AnySchema);
  }

  /**
   * What a function makes of the rows of each partition.
   *
   * @param f is given the rows in turn, and gives any number of rows
   * @param schema the columns of the rows that it gives
   */
  mapPartitions<const D extends AnySchema>(
    f: (rows: IterableIterator<S>) => RowsFor<D>,
    schema: SchemaText<D>,
  ): DataFrame<RowsOf<D>> {
    const name = "mapPartitions()";
    return this.#mapped(name, "mapPartition", f, schema as AnySchema);
  }

  /**
   * What a function makes of the batches of each partition.
   *
   * @param f is given tables of apache-arrow, one for each batch, and gives tables or record batches with the columns of the schema
   * @param schema the columns that it gives
   * @param barrier whether all tasks are to run at the same time
   */
  mapInArrow<const D extends AnySchema>(
    f: (batches: IterableIterator<Table>) => TablesFor,
    schema: SchemaText<D>,
    barrier: boolean = false,
  ): DataFrame<RowsOf<D>> {
    const name = "mapInArrow()";
    return this.#mapped(name, "mapBatches", f, schema as AnySchema, barrier);
  }

  // Rows chosen

  /**
   * The rows for which a condition holds.
   *
   * @param condition a column, SQL such as `age > 21`, or a function that is given the columns by name
   */
  filter(
    condition:
      | string
      | Column<boolean | null>
      | Column<boolean>
      | ((columns: ColumnsOf<S>) => Column<boolean | null> | Column<boolean>),
  ): DataFrame<S> {
    const chosen = typeof condition === "function"
      ? condition(columnsOf<S>())
      : condition;
    return this.#to(
      "filter()",
      (node, site) => plan.filter(node, chosen, site),
    );
  }

  /** The same as {@link DataFrame.filter}. */
  where(
    condition:
      | string
      | Column<boolean | null>
      | Column<boolean>
      | ((columns: ColumnsOf<S>) => Column<boolean | null> | Column<boolean>),
  ): DataFrame<S> {
    return this.filter(condition);
  }

  /**
   * The first rows, as a DataFrame.
   *
   * @param num how many, at most; 0 or more
   */
  limit(num: number): DataFrame<S> {
    return this.#to(
      "limit()",
      (node, site) => relation(node, "limit", [actions.rowCount(num)], site),
    );
  }

  /**
   * The rows without the first.
   *
   * @param num how many are left out; 0 or more
   */
  offset(num: number): DataFrame<S> {
    return this.#to(
      "offset()",
      (node, site) => relation(node, "offset", [actions.rowCount(num)], site),
    );
  }

  /** The rows without repetitions. */
  distinct(): DataFrame<S> {
    return this.#to(
      "distinct()",
      (node, site) => relation(node, "distinct", [], site),
    );
  }

  /**
   * One row of those that are equal in some columns.
   *
   * @param subset the columns; all by default
   */
  dropDuplicates(subset?: readonly TopName<S>[]): DataFrame<S> {
    return this.#to(
      "dropDuplicates()",
      (node, site) =>
        plan.dropDuplicates(node, "dropDuplicates", subset ?? null, site),
    );
  }

  /** As {@link DataFrame.dropDuplicates}, in a stream, among rows no further apart than the watermark. */
  dropDuplicatesWithinWatermark(subset?: readonly TopName<S>[]): DataFrame<S> {
    return this.#to(
      "dropDuplicatesWithinWatermark()",
      (node, site) =>
        plan.dropDuplicates(
          node,
          "dropDuplicatesWithinWatermark",
          subset ?? null,
          site,
        ),
    );
  }

  /**
   * A part of the rows, taken at random.
   *
   * @param fraction how likely each row is taken, from 0 to 1; with replacement how often on average
   */
  sample(
    fraction: number,
    options: SampleOptions = {},
  ): DataFrame<S> {
    plan.checkSample(fraction, options);
    const { withReplacement = false, seed = anySeed() } = options;
    return this.#to(
      "sample()",
      (node, site) => plan.sample(node, withReplacement, fraction, seed, site),
    );
  }

  /** A part of the rows for each value of a column: see {@link DataFrameStatFunctions.sampleBy}. */
  sampleBy(
    column: ColumnName<S> | AnyColumn,
    fractions: ReadonlyMap<unknown, number>,
    seed?: number,
  ): DataFrame<S> {
    return this.stat.sampleBy(column, fractions, seed);
  }

  /**
   * The rows dealt out at random over several frames.
   *
   * @param weights each frame's share, in any unit
   * @param seed makes it repeatable; at random when left out
   */
  randomSplit(
    weights: readonly number[],
    seed: number = anySeed(),
  ): DataFrame<S>[] {
    const site = callSite("randomSplit()");
    return plan.randomSplit(this[RELATION], weights, seed, site).map((node) =>
      new DataFrame<S>(node)
    );
  }

  // Frames together

  /**
   * This frame and another, side by side.
   *
   * @param other the right side
   * @param on names of columns that both have, which then come once, or a condition; every pair of rows when left out
   * @param how the kind of join; `inner` by default
   */
  join<
    R extends object,
    const U extends readonly UsingName<S, R>[],
    How extends JoinType = "inner",
  >(
    other: DataFrame<R>,
    on: U,
    how?: How,
  ): DataFrame<JoinedUsing<S, R, How, U[number]>>;
  /** A join on the name of a column that both sides have. */
  join<
    R extends object,
    const U extends UsingName<S, R>,
    How extends JoinType = "inner",
  >(
    other: DataFrame<R>,
    on: U,
    how?: How,
  ): DataFrame<JoinedUsing<S, R, How, U>>;
  /** A join on a condition, or on several that all have to hold. */
  join<R extends object, How extends JoinType = "inner">(
    other: DataFrame<R>,
    on?:
      | Column<boolean | null>
      | Column<boolean>
      | readonly Column<boolean | null>[]
      | null,
    how?: How,
  ): DataFrame<JoinedOn<S, R, How>>;
  join(
    other: DataFrame<Untyped>,
    on: JoinOn = null,
    how: JoinType | null = null,
  ): DataFrame<Untyped> {
    return this.#to(
      "join()",
      (node, site) => plan.join(node, relationOf(other), on, how, site),
    );
  }

  /** Every row of this frame with every row of another. */
  crossJoin<R extends object>(
    other: DataFrame<R>,
  ): DataFrame<JoinedOn<S, R, "cross">> {
    return this.#to(
      "crossJoin()",
      (node, site) => relation(node, "crossJoin", [relationOf(other)], site),
    );
  }

  /**
   * Each row with the rows of a frame that may use its columns by `outer()`. Spark 4.0 and later.
   *
   * @param other the right side
   * @param on a condition; every row of the right side when left out
   * @param how `inner`, `left` or `cross`; `inner` by default
   */
  lateralJoin(
    other: DataFrame<Untyped>,
    on: AnyColumn | null = null,
    how: "inner" | "left" | "cross" | null = null,
  ): DataFrame {
    return this.#to(
      "lateralJoin()",
      (node, site) => plan.lateralJoin(node, relationOf(other), on, how, site),
    );
  }

  /**
   * Each row with those rows of another frame that rank best. Spark 4.2 and later.
   *
   * @param other the right side
   * @param ranking the expression that ranks
   * @param numResults how many rows for each, at most
   * @param mode `exact` or `approx`
   * @param direction whether the least or the greatest is best
   * @param joinType `inner` or `left`; `inner` by default
   */
  nearestByJoin(
    other: DataFrame<Untyped>,
    ranking: AnyColumn,
    numResults: number,
    mode: string,
    direction: string,
    joinType: string = "inner",
  ): DataFrame {
    const args = [
      relationOf(other),
      ranking[EXPRESSION],
      numResults,
      mode,
      direction,
      joinType,
    ];
    return this.#to(
      "nearestByJoin()",
      (node, site) => relation(node, "nearestByJoin", args, site),
    );
  }

  /** Rows of both frames that stand at the same place, side by side. Spark 4.3 and later. */
  zip<R extends object>(
    other: DataFrame<R>,
  ): DataFrame<JoinedOn<S, R>> {
    return this.#to(
      "zip()",
      (node, site) => relation(node, "zip", [relationOf(other)], site),
    );
  }

  /** The rows with their place, from 0, as one more column. Spark 4.2 and later. */
  zipWithIndex<const N extends string = "index">(
    name: N = "index" as N,
  ): DataFrame<WithIndex<S, N>> {
    return this.#to(
      "zipWithIndex()",
      (node, site) => relation(node, "zipWithIndex", [name], site),
    );
  }

  /** The rows of both frames, columns matched by place. */
  union<R extends object>(
    other: DataFrame<R> & UnionCheck<S, R>,
  ): DataFrame<UnionShape<S, R>> {
    return this.#with("union()", "union", other);
  }

  /** The same as {@link DataFrame.union}. */
  unionAll<R extends object>(
    other: DataFrame<R> & UnionCheck<S, R>,
  ): DataFrame<UnionShape<S, R>> {
    return this.#with("unionAll()", "union", other);
  }

  /**
   * The rows of both frames, columns matched by name.
   *
   * @param other the other frame
   * @param allowMissingColumns whether a column may be missing in one of them, and is null there; false by default
   */
  unionByName<R extends object>(
    other: DataFrame<R>,
    allowMissingColumns: true,
  ): DataFrame<UnionMissing<S, R>>;
  /** The rows of both frames, whose columns have the same names. */
  unionByName<R extends object>(
    other: DataFrame<R> & UnionCheck<S, R>,
    allowMissingColumns?: false,
  ): DataFrame<UnionShape<S, R>>;
  unionByName(
    other: DataFrame<Untyped>,
    allowMissingColumns: boolean = false,
  ): DataFrame<Untyped> {
    const args = [relationOf(other), allowMissingColumns];
    return this.#to(
      "unionByName()",
      (node, site) => relation(node, "unionByName", args, site),
    );
  }

  /** The rows that both frames have, once each. */
  intersect(other: DataFrame<Untyped>): DataFrame<S> {
    return this.#with("intersect()", "intersect", other);
  }

  /** The rows that both frames have, as often as both have them. */
  intersectAll(other: DataFrame<Untyped>): DataFrame<S> {
    return this.#with("intersectAll()", "intersectAll", other);
  }

  /** The rows that the other frame does not have, once each. */
  subtract(other: DataFrame<Untyped>): DataFrame<S> {
    return this.#with("subtract()", "except", other);
  }

  /** The rows that the other frame has less often, as many times as that. */
  exceptAll(other: DataFrame<Untyped>): DataFrame<S> {
    return this.#with("exceptAll()", "exceptAll", other);
  }

  // Groups

  /**
   * Rows of equal values together.
   *
   * @param columns names, columns, or places of columns from 1; none for one group of all rows
   */
  groupBy<const K extends readonly (ColumnName<S> | AnyColumn | number)[]>(
    ...columns: K
  ): GroupedData<S, K> {
    return this.#group(
      "groupBy()",
      (node, site) => plan.groupBy(node, "groupBy", columns, site),
    );
  }

  /** Groups by all columns, by all but the last, and so on down to one group of all rows. */
  rollup<const K extends readonly (ColumnName<S> | AnyColumn | number)[]>(
    ...columns: K
  ): GroupedData<Nullable<S>, K> {
    return this.#group(
      "rollup()",
      (node, site) => plan.groupBy(node, "rollup", columns, site),
    );
  }

  /** Groups by every choice of the columns. */
  cube<const K extends readonly (ColumnName<S> | AnyColumn | number)[]>(
    ...columns: K
  ): GroupedData<Nullable<S>, K> {
    return this.#group(
      "cube()",
      (node, site) => plan.groupBy(node, "cube", columns, site),
    );
  }

  /**
   * Groups by each of several sets of columns. Spark 4.0 and later.
   *
   * @param sets the sets
   * @param columns all columns that occur in them
   */
  groupingSets(
    sets: readonly (readonly (string | AnyColumn)[])[],
    ...columns: readonly (string | AnyColumn)[]
  ): GroupedData<Nullable<S>> {
    return this.#group(
      "groupingSets()",
      (node, site) => plan.groupingSets(node, sets, columns, site),
    );
  }

  /** Aggregates of all rows: `groupBy().agg(…)`. */
  agg(names: AggregateNames): DataFrame;
  /** Aggregates of all rows, one by one. */
  agg<const A extends readonly ColumnLike[]>(
    ...aggregates: A
  ): DataFrame<AggregateShape<S, readonly [], A>>;
  agg(...aggregates: readonly unknown[]): DataFrame<Untyped> {
    return this.groupBy().agg(...aggregates as readonly AnyColumn[]);
  }

  /**
   * Columns into rows: each row becomes one for each of the values' columns.
   *
   * @param ids columns that stay
   * @param values columns that become rows; all others when null
   * @param variableColumnName name of the column that holds the names
   * @param valueColumnName name of the column that holds the values
   */
  unpivot<
    const I extends readonly (ColumnName<S> | AnyColumn)[],
    const C extends readonly (ColumnName<S> | AnyColumn)[] | null,
    const N extends string,
    const V extends string,
  >(
    ids: I,
    values: C,
    variableColumnName: N,
    valueColumnName: V,
  ): DataFrame<UnpivotShape<S, I, C, N, V>> {
    const names = [variableColumnName, valueColumnName] as const;
    return this.#to(
      "unpivot()",
      (node, site) => plan.unpivot(node, ids, values, names, site),
    );
  }

  /** The same as {@link DataFrame.unpivot}. */
  melt<
    const I extends readonly (ColumnName<S> | AnyColumn)[],
    const C extends readonly (ColumnName<S> | AnyColumn)[] | null,
    const N extends string,
    const V extends string,
  >(
    ids: I,
    values: C,
    variableColumnName: N,
    valueColumnName: V,
  ): DataFrame<UnpivotShape<S, I, C, N, V>> {
    return this.unpivot(ids, values, variableColumnName, valueColumnName);
  }

  /** Rows into columns: the index column's values become the names. Spark 4.0 and later. */
  transpose(indexColumn?: ColumnName<S> | AnyColumn): DataFrame {
    const args = indexColumn === undefined ? [] : [columnOrName(indexColumn)];
    return this.#to(
      "transpose()",
      (node, site) => relation(node, "transpose", args, site),
    );
  }

  // Order and partitions

  /**
   * The rows in order.
   *
   * @param columns names, columns such as `col("age").desc()`, or places of columns from 1; negative ones for descending order
   */
  sort(
    ...columns: readonly (
      | ColumnName<S>
      | number
      | AnyColumn
      | plan.SortOptions
    )[]
  ): DataFrame<S> {
    const [keys, options] = plan.sortArguments(columns);
    return this.#to(
      "sort()",
      (node, site) => plan.sort(node, "sort", keys, options, site),
    );
  }

  /** The same as {@link DataFrame.sort}. */
  orderBy(
    ...columns: readonly (
      | ColumnName<S>
      | number
      | AnyColumn
      | plan.SortOptions
    )[]
  ): DataFrame<S> {
    return this.sort(...columns);
  }

  /** Each partition's rows in order. */
  sortWithinPartitions(
    ...columns: readonly (
      | ColumnName<S>
      | number
      | AnyColumn
      | plan.SortOptions
    )[]
  ): DataFrame<S> {
    const [keys, options] = plan.sortArguments(columns);
    return this.#to(
      "sortWithinPartitions()",
      (node, site) =>
        plan.sort(node, "sortWithinPartitions", keys, options, site),
    );
  }

  /**
   * Another number of partitions, by the hash of columns where some are given.
   *
   * @param first the number of partitions, or a column
   * @param columns more columns
   */
  repartition(
    first: number | ColumnName<S> | AnyColumn,
    ...columns: readonly (ColumnName<S> | AnyColumn)[]
  ): DataFrame<S> {
    return this.#to(
      "repartition()",
      (node, site) =>
        plan.repartition(node, "repartition", first, columns, site),
    );
  }

  /** As {@link DataFrame.repartition}, by ranges of the columns' values. */
  repartitionByRange(
    first: number | ColumnName<S> | AnyColumn,
    ...columns: readonly (ColumnName<S> | AnyColumn)[]
  ): DataFrame<S> {
    return this.#to(
      "repartitionByRange()",
      (node, site) =>
        plan.repartition(node, "repartitionByRange", first, columns, site),
    );
  }

  /**
   * Each row in the partition that a column names. Spark 4.1 and later.
   *
   * @param numPartitions how many partitions
   * @param partitionId column of the partition's number
   */
  repartitionById(
    numPartitions: number,
    partitionId: ColumnName<S> | AnyColumn,
  ): DataFrame<S> {
    const args = [numPartitions, columnOrName(partitionId)];
    return this.#to(
      "repartitionById()",
      (node, site) => relation(node, "repartitionById", args, site),
    );
  }

  /** Fewer partitions, without a shuffle. */
  coalesce(numPartitions: number): DataFrame<S> {
    return this.#to(
      "coalesce()",
      (node, site) => relation(node, "coalesce", [numPartitions], site),
    );
  }

  /**
   * Advice for Spark's optimizer.
   *
   * @param name such as `broadcast`
   * @param parameters numbers, texts, columns, or lists of these
   */
  hint(name: string, ...parameters: readonly unknown[]): DataFrame<S> {
    return this.#to(
      "hint()",
      (node, site) => plan.hint(node, name, parameters, site),
    );
  }

  // Missing values and statistics

  /** The rows without those that lack values: see {@link DataFrameNaFunctions.drop}. */
  dropna<const O extends DropNaOptions<TopName<S>> = Record<never, never>>(
    options?: O,
  ): DataFrame<DroppedNa<S, O>> {
    return this.na.drop(options);
  }

  /** Values in place of nulls: see {@link DataFrameNaFunctions.fill}. */
  fillna<
    const V extends
      | FillValue
      | Readonly<Partial<Record<TopName<S>, FillValue>>>,
    const N extends TopName<S> = TopName<S>,
  >(value: V, subset?: N | readonly N[]): DataFrame<Filled<S, V, N>> {
    return this.na.fill<V, N>(value, subset);
  }

  /** Values in place of others: see {@link DataFrameNaFunctions.replace}. */
  replace(
    values: ReadonlyMap<ReplaceValue, ReplaceValue>,
    subset?: TopName<S> | readonly TopName<S>[],
  ): DataFrame<S> {
    return this.na.replace(values, subset);
  }

  /** Count, mean, deviation, least and greatest value of columns, as texts; of all numbers and texts when none is named. */
  describe(...columns: readonly TopName<S>[]): DataFrame<SummaryShape> {
    return this.#to(
      "describe()",
      (node, site) => relation(node, "describe", [seq(columns)], site),
    );
  }

  /** Statistics of all columns, as texts: `count`, `mean`, `stddev`, `min`, `max`, percentiles such as `75%`, and more. */
  summary(...statistics: readonly string[]): DataFrame<SummaryShape> {
    return this.#to(
      "summary()",
      (node, site) => relation(node, "summary", [seq(statistics)], site),
    );
  }

  /** Quantiles that are close enough: see {@link DataFrameStatFunctions.approxQuantile}. */
  approxQuantile(
    column: string,
    probabilities: readonly number[],
    relativeError: number,
    options?: ActionOptions,
  ): Promise<number[]>;
  /** Quantiles of several columns, a list for each. */
  approxQuantile(
    columns: readonly string[],
    probabilities: readonly number[],
    relativeError: number,
    options?: ActionOptions,
  ): Promise<number[][]>;
  approxQuantile(
    columns: string | readonly string[],
    probabilities: readonly number[],
    relativeError: number,
    options?: ActionOptions,
  ): Promise<number[] | number[][]> {
    return this.stat.approxQuantile(
      columns as string,
      probabilities,
      relativeError,
      options,
    );
  }

  /** Pearson's correlation of two columns. */
  corr(
    column1: string,
    column2: string,
    options?: ActionOptions,
  ): Promise<number> {
    return this.stat.corr(column1, column2, options);
  }

  /** The covariance of two columns' samples. */
  cov(
    column1: string,
    column2: string,
    options?: ActionOptions,
  ): Promise<number> {
    return this.stat.cov(column1, column2, options);
  }

  /** How often each pair of values occurs: see {@link DataFrameStatFunctions.crosstab}. */
  crosstab(column1: string, column2: string): DataFrame {
    return this.stat.crosstab(column1, column2);
  }

  /** Values that are frequent: see {@link DataFrameStatFunctions.freqItems}. */
  freqItems(columns: readonly string[], support?: number): DataFrame {
    return this.stat.freqItems(columns, support);
  }

  // Kept, cut off, observed

  /** Keeps the rows after the first action that computes them, in memory and on disk. */
  cache(): this {
    persist(this[RELATION], null, callSite("cache()"));
    return this;
  }

  /**
   * Keeps the rows after the first action that computes them.
   *
   * @param level where; in memory and on disk by default
   */
  persist(level?: StorageLevel): this {
    if (level !== undefined) checkStorageLevel(level);
    persist(this[RELATION], level ?? null, callSite("persist()"));
    return this;
  }

  /**
   * Keeps the rows no longer.
   *
   * @param blocking whether the next action waits until they are gone; false by default
   */
  unpersist(blocking: boolean = false): this {
    unpersist(this[RELATION], blocking, callSite("unpersist()"));
    return this;
  }

  /**
   * The rows cut off from how they were computed, written below `sc.setCheckpointDir()`.
   *
   * @param isEager whether they are computed now, in the background; true by default
   */
  checkpoint(isEager: boolean = true): DataFrame<S> {
    return this.#to(
      "checkpoint()",
      (node, site) => eager(relation(node, "checkpoint", [isEager], site)),
    );
  }

  /**
   * As {@link DataFrame.checkpoint}, kept by the executors and lost with them.
   *
   * @param isEager whether the rows are computed now, in the background; true by default
   * @param level where they are kept, which takes Spark 4.0; in memory and on disk by default
   */
  localCheckpoint(isEager: boolean = true, level?: StorageLevel): DataFrame<S> {
    const args = level === undefined
      ? [isEager]
      : [isEager, storageArgument(level)];
    return this.#to(
      "localCheckpoint()",
      (node, site) => eager(relation(node, "localCheckpoint", args, site)),
    );
  }

  /**
   * Measures rows as they pass by.
   *
   * @param observation what gets the metrics, or their name for listeners
   * @param metrics named aggregates
   */
  observe(
    observation: Observation | string,
    ...metrics: readonly AnyColumn[]
  ): DataFrame<S> {
    return this.#to(
      "observe()",
      (node, site) => actions.observe(node, observation, metrics, site),
    );
  }

  /**
   * How late rows of a stream may come.
   *
   * @param eventTime column of the rows' time
   * @param delayThreshold how late, such as `10 minutes`
   */
  withWatermark(eventTime: string, delayThreshold: string): DataFrame<S> {
    return this.#to(
      "withWatermark()",
      (node, site) =>
        relation(node, "withWatermark", [eventTime, delayThreshold], site),
    );
  }

  // Views and subqueries

  /** Gives the frame a name for SQL, as long as the session lasts; fails where there is one of the name. */
  async createTempView(name: string): Promise<void> {
    await actions.createView(
      this[RELATION],
      "createTempView",
      name,
      callSite("createTempView()"),
    );
  }

  /** Gives the frame a name for SQL, as long as the session lasts. */
  async createOrReplaceTempView(name: string): Promise<void> {
    await actions.createView(
      this[RELATION],
      "createOrReplaceTempView",
      name,
      callSite("createOrReplaceTempView()"),
    );
  }

  /** Gives the frame a name for SQL in `global_temp`, for all sessions of the application; fails where there is one of the name. */
  async createGlobalTempView(name: string): Promise<void> {
    await actions.createView(
      this[RELATION],
      "createGlobalTempView",
      name,
      callSite("createGlobalTempView()"),
    );
  }

  /** Gives the frame a name for SQL in `global_temp`, for all sessions of the application. */
  async createOrReplaceGlobalTempView(name: string): Promise<void> {
    await actions.createView(
      this[RELATION],
      "createOrReplaceGlobalTempView",
      name,
      callSite("createOrReplaceGlobalTempView()"),
    );
  }

  /** The frame's one value as a column, for a query around it. Spark 4.0 and later. */
  scalar(): Column<S[keyof S] | null> {
    return new Column({
      kind: "subquery",
      frame: this[RELATION],
      how: "scalar",
    });
  }

  /** Whether the frame has a row, as a column for a query around it. Spark 4.0 and later. */
  exists(): Column<boolean> {
    return new Column({
      kind: "subquery",
      frame: this[RELATION],
      how: "exists",
    });
  }

  // Actions

  /** Number of rows. */
  async count(options?: ActionOptions): Promise<number> {
    return await actions.ask(
      this[RELATION],
      "count()",
      (jdf) => jdf.callNumber("count"),
      options,
    );
  }

  /** Whether there is no row. */
  async isEmpty(options?: ActionOptions): Promise<boolean> {
    return await actions.ask(
      this[RELATION],
      "isEmpty()",
      (jdf) => jdf.callBoolean("isEmpty"),
      options,
    );
  }

  /** All rows. They have to fit into the driver's memory. */
  async collect(options?: ActionOptions): Promise<S[]> {
    return await actions.collect<S>(
      this[RELATION],
      callSite("collect()"),
      options,
    );
  }

  /**
   * The first rows.
   *
   * @param num how many, at most; 0 or more
   */
  async take(num: number, options?: ActionOptions): Promise<S[]> {
    return await actions.take<S>(
      this[RELATION],
      num,
      callSite("take()"),
      options,
    );
  }

  /** The first rows: see {@link DataFrame.take}. Without a number the first row; null when there is none. */
  head(num?: undefined, options?: ActionOptions): Promise<S | null>;
  /** The first rows. */
  head(num: number, options?: ActionOptions): Promise<S[]>;
  async head(
    num?: number,
    options?: ActionOptions,
  ): Promise<S | null | S[]> {
    if (num !== undefined) return await this.take(num, options);
    const [row] = await this.take(1, options);
    return row ?? null;
  }

  /** The first row; null when there is none. */
  async first(options?: ActionOptions): Promise<S | null> {
    const [row] = await this.take(1, options);
    return row ?? null;
  }

  /**
   * The last rows.
   *
   * @param num how many, at most; 0 or more
   */
  async tail(num: number, options?: ActionOptions): Promise<S[]> {
    return await actions.tail<S>(
      this[RELATION],
      num,
      callSite("tail()"),
      options,
    );
  }

  /** All rows as a table of the package apache-arrow, over the bytes that came. */
  async toArrow(options?: ActionOptions): Promise<ArrowTable> {
    return await actions.toArrow(
      this[RELATION],
      callSite("toArrow()"),
      options,
    );
  }

  /**
   * The rows one by one, a partition after the other, each computed when it is
   * asked for: memory is what the largest partition takes.
   *
   * @param prefetches whether the next partition is computed while one is read; false by default
   *
   * @example
   * ```ts
   * import type { DataFrame } from "@tspark/tspark";
   *
   * async function print(df: DataFrame): Promise<void> {
   *   for await (const row of df.toLocalIterator()) console.log(row);
   * }
   * ```
   */
  toLocalIterator(
    prefetches: boolean = false,
    options?: ActionOptions,
  ): AsyncGenerator<S> {
    const site = callSite("toLocalIterator()");
    return actions.iterate<S>(this[RELATION], prefetches, site, options);
  }

  /** The rows as JSON texts, one for each. */
  toJSON(): RDD<string>;
  /** What `JSON.stringify()` writes of a frame, which gives the property's name. */
  toJSON(key: string): string;
  toJSON(key?: string): RDD<string> | string {
    if (key !== undefined) return String(this);
    return rddOf(actions.jsonPlan(this[RELATION], callSite("toJSON()")));
  }

  /**
   * Runs a function on each row, on the executors.
   *
   * @param f the function
   */
  async foreach(
    f: (row: Row<S>) => unknown,
    options?: ActionOptions,
  ): Promise<void> {
    await this.rdd.foreach(f, options);
  }

  /**
   * Runs a function on the rows of each partition, on the executors.
   *
   * @param f the function
   */
  async foreachPartition(
    f: (rows: Iterable<Row<S>>) => void | Promise<void>,
    options?: ActionOptions,
  ): Promise<void> {
    await this.rdd.foreachPartition(f, options);
  }

  /**
   * Prints the first rows as a table.
   *
   * @param n how many rows, at most
   * @param truncate most characters of a value; true for 20, false for all
   * @param vertical one line for each value
   */
  async show(
    n: number = 20,
    truncate: number | boolean = true,
    vertical: boolean = false,
    options?: ActionOptions,
  ): Promise<void> {
    const text = await actions.show(
      this[RELATION],
      callSite("show()"),
      n,
      truncate,
      vertical,
      options,
    );
    platform.writeOutput(`${text}\n`);
  }

  /** What {@link DataFrame.show} prints, without its last line break. */
  async showString(
    n: number = 20,
    truncate: number | boolean = true,
    vertical: boolean = false,
    options?: ActionOptions,
  ): Promise<string> {
    return await actions.show(
      this[RELATION],
      callSite("showString()"),
      n,
      truncate,
      vertical,
      options,
    );
  }

  /** The operations that made the frame, as far as the driver knows them. */
  toString(): string {
    return `DataFrame[${plan.print(this[RELATION])}]`;
  }

  /**
   * What a notebook shows of a frame that ends a cell: its first rows.
   *
   * @internal
   */
  async [JUPYTER_DISPLAY](): Promise<Record<string, string | object>> {
    const site = callSite("display()");
    return await actions.display(this[RELATION], this.toString(), site);
  }

  /** @internal */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /**
   * Why a DataFrame stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "a DataFrame cannot be used inside a function that runs on the workers: transformations and actions are the driver's; collect() or broadcast what the function needs";
  }

  #mapped<T extends object>(
    operation: string,
    form: RowsForm,
    f: unknown,
    schema: AnySchema,
    barrier: boolean = false,
  ): DataFrame<T> {
    return this.#to(
      operation,
      (node, site) => mapFrame(node, { form, f, schema, site }, barrier),
    );
  }

  #to<T extends object>(
    operation: string,
    make: (node: Relation, site: CallSite) => Relation,
  ): DataFrame<T> {
    return new DataFrame<T>(make(this[RELATION], callSite(operation)));
  }

  #with<T extends object>(
    operation: string,
    method: string,
    other: HasRelation,
  ): DataFrame<T> {
    return this.#to(
      operation,
      (node, site) => relation(node, method, [relationOf(other)], site),
    );
  }

  #group<T extends object, K extends readonly unknown[]>(
    operation: string,
    make: (node: Relation, site: CallSite) => Relation,
  ): GroupedData<T, K> {
    return new GroupedData<T, K>(make(this[RELATION], callSite(operation)));
  }
}
