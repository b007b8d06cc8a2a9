import { platform } from "../../common/platform/deno.ts";
import { REFUSE_CAPTURE } from "../../protocol/closure_record.ts";
import type { Row } from "../../serde/records/row.ts";
import type { StructType } from "../../types/spark_types.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { sourceNode } from "../rdd/plan/plan_node.ts";
import { type RDD, rddOf } from "../rdd/rdd.ts";
import { type CallSite, callSite } from "../runtime/call_site.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";
import type { SessionState } from "./session_state.ts";
import { collectRows } from "./rows/collect_rows.ts";
import { arrowRdd, DatasetNode, readSchema } from "./dataset.ts";

const SHOWN_CHARACTERS = 20; // of a value, as Spark's show()

/**
 * A table of named columns. Transformations return a new DataFrame at once and
 * compute nothing; actions are asynchronous and run a job.
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
  readonly #session: SessionState;
  readonly #node: DatasetNode;
  #rdd: RDD<Row<S>> | null = null;

  /** @internal */
  constructor(session: SessionState, node: DatasetNode) {
    this.#session = session;
    this.#node = node;
  }

  /**
   * The rows as an RDD: columns as properties (`row.value`) and by position
   * (`row[0]`). It is the same RDD each time, so `df.rdd.cache()` lasts.
   */
  get rdd(): RDD<Row<S>> {
    this.#rdd ??= rddOf({
      runtime: this.#session.runtime,
      node: sourceNode(
        async (runtime) =>
          await arrowRdd(
            this.#session,
            await this.#node.materialize(runtime),
          ),
        callSite("rdd"),
      ),
    });
    return this.#rdd;
  }

  /** The columns' names and types. */
  get schema(): Promise<StructType> {
    return this.#act(
      "schema",
      async (dataset) => (await readSchema(dataset)).schema,
    );
  }

  /** The columns' names, in order. */
  get columns(): Promise<string[]> {
    return this.schema.then((schema) => schema.fieldNames);
  }

  /** Number of rows. */
  async count(): Promise<number> {
    return await this.#act("count()", (dataset) => dataset.callNumber("count"));
  }

  /** All rows. They have to fit into the driver's memory. */
  async collect(): Promise<S[]> {
    return await this.#act(
      "collect()",
      (dataset) => collectRows<S>(this.#session, dataset),
    );
  }

  /**
   * The first rows.
   *
   * @param num how many, at most; 0 or more
   */
  async take(num: number): Promise<S[]> {
    return await this.limit(num).collect();
  }

  /** The first row; null when there is none. */
  async first(): Promise<S | null> {
    const [row] = await this.take(1);
    return row ?? null;
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
  ): Promise<void> {
    const table = await this.#table("show()", n, truncate, vertical);
    platform.writeOutput(`${table}\n`);
  }

  /**
   * What {@link DataFrame.show} prints, without its last line break.
   *
   * @param n how many rows, at most
   * @param truncate most characters of a value; true for 20, false for all
   * @param vertical one line for each value
   */
  async showString(
    n: number = 20,
    truncate: number | boolean = true,
    vertical: boolean = false,
  ): Promise<string> {
    return await this.#table("showString()", n, truncate, vertical);
  }

  /** Prints the columns' names and types as a tree. */
  async printSchema(): Promise<void> {
    const schema = await this.schema;
    platform.writeOutput(`${schema.treeString()}\n`);
  }

  /**
   * Some of the columns.
   *
   * @param columns their names; `*` for all
   */
  select(...columns: readonly string[]): DataFrame {
    const [first = "*", ...others] = columns;
    return this.#derive("select()", async (dataset, { gateway }) => {
      const rest = await gateway.newArray("java.lang.String", others.length);
      for (const [i, name] of others.entries()) {
        await gateway.arraySet(rest, i, name);
      }
      return await dataset.callObject("select", first, rest);
    });
  }

  /**
   * The rows for which a condition holds.
   *
   * @param condition in SQL, such as `age > 21`
   */
  filter(condition: string): DataFrame<S> {
    return this.#derive(
      "filter()",
      (dataset) => dataset.callObject("filter", condition),
    );
  }

  /** The same as {@link DataFrame.filter}. */
  where(condition: string): DataFrame<S> {
    return this.filter(condition);
  }

  /**
   * The first rows, as a DataFrame.
   *
   * @param num how many, at most; 0 or more
   * @throws RangeError for anything else
   */
  limit(num: number): DataFrame<S> {
    if (!Number.isInteger(num) || num < 0 || num >= 2 ** 31) {
      throw new RangeError(
        `Cannot take ${num} rows: give a whole number from 0 on`,
      );
    }
    return this.#derive(
      "limit()",
      (dataset) => dataset.callObject("limit", num),
    );
  }

  /**
   * Gives the DataFrame a name for SQL, as long as the session lasts.
   *
   * @param name the view's name
   */
  async createOrReplaceTempView(name: string): Promise<void> {
    await this.#act(
      "createOrReplaceTempView()",
      (dataset) => dataset.call("createOrReplaceTempView", name),
    );
  }

  /**
   * Why a DataFrame stays out of functions.
   *
   * @internal
   */
  [REFUSE_CAPTURE](): string {
    return "a DataFrame cannot be used inside a function that runs on the workers: transformations and actions are the driver's; collect() or broadcast what the function needs";
  }

  #table(
    operation: string,
    n: number,
    truncate: number | boolean,
    vertical: boolean,
  ): Promise<string> {
    const width = typeof truncate === "number"
      ? truncate
      : truncate
      ? SHOWN_CHARACTERS
      : 0;
    return this.#act(
      operation,
      (dataset) => dataset.callString("showString", n, width, vertical),
    );
  }

  #derive<U extends object>(
    operation: string,
    make: (dataset: JavaObject, runtime: SparkRuntime) => Promise<JavaObject>,
  ): DataFrame<U> {
    const node = new DatasetNode(
      async (runtime) =>
        await make(await this.#node.materialize(runtime), runtime),
      callSite(operation),
    );
    return new DataFrame<U>(this.#session, node);
  }

  #act<T>(
    operation: string,
    body: (dataset: JavaObject) => Promise<T>,
  ): Promise<T> {
    const site: CallSite = callSite(operation);
    return this.#session.action(
      site,
      async () =>
        await body(await this.#node.materialize(this.#session.runtime)),
    );
  }
}
