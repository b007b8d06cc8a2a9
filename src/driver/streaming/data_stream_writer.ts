import { describeValue } from "../../common/describe_value.ts";
import { printBy } from "../../common/inspect.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import { DataFrame } from "../sql/data_frame.ts";
import { type HasRelation, RELATION } from "../sql/frame_relation.ts";
import {
  definedOptions,
  type OptionName,
  type SourceOptions,
} from "../sql/io/options.ts";
import type { StreamSinks } from "../sql/io/stream_formats.ts";
import type { WriterCall } from "../sql/io/write_frame.ts";
import { seq } from "../sql/plan/argument.ts";
import type { Relation } from "../sql/plan/relation.ts";
import { print } from "../sql/plan/transformations.ts";
import { mapFrame } from "../udf/row_functions.ts";
import { batchFunction } from "./batch_function.ts";
import {
  foreachRows,
  type ForeachWriter,
  foreachWriter,
} from "./foreach_writer.ts";
import { startQuery, type StreamWriterProps } from "./start_query.ts";
import { StreamingQuery } from "./streaming_query.ts";
import { checkTrigger, type Trigger } from "./trigger.ts";

/** Which rows of the result a batch writes: new ones, all of them, or those that changed. */
export type OutputMode = "append" | "complete" | "update";

const NOTHING: StreamWriterProps = {
  calls: [],
  trigger: null,
  format: null,
  optionNames: [],
  batch: null,
};

/**
 * Writes a stream: `df.writeStream`. Each setting returns a new writer;
 * `start()` begins. `O` are the options of the format.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 *
 * const save = (orders: DataFrame) =>
 *   orders.writeStream.format("parquet").option("path", "orders")
 *     .option("checkpointLocation", "orders.checkpoint")
 *     .trigger({ availableNow: true }).start();
 * ```
 */
export class DataStreamWriter<
  S extends object = Record<string, unknown>,
  O extends object = SourceOptions,
> {
  readonly #node: Relation;
  readonly #props: StreamWriterProps;

  /** @internal */
  constructor(df: HasRelation, props: StreamWriterProps = NOTHING) {
    this.#node = df[RELATION];
    this.#props = props;
  }

  static {
    printBy(
      DataStreamWriter.prototype,
      (self) => `DataStreamWriter[${print(self.#node)}]`,
    );
  }

  /** Which rows of the result a batch writes; new ones by default. */
  outputMode(mode: OutputMode): DataStreamWriter<S, O> {
    return this.#called(["outputMode", mode]);
  }

  /** Sets the format, such as `parquet`, `kafka`, `memory`, `console` or `noop`. */
  format<F extends keyof StreamSinks>(
    name: F,
  ): DataStreamWriter<S, StreamSinks[F]>;
  /** Sets the format, of a library. */
  format(name: string): DataStreamWriter<S>;
  format(name: string): DataStreamWriter<S, never> {
    return this.#called(["format", name], { format: name });
  }

  /** Sets one option of the format, such as `checkpointLocation`. */
  option(
    key: OptionName<O>,
    value: string | number | bigint | boolean,
  ): DataStreamWriter<S, O> {
    return this.#called(["option", key, String(value)], {
      optionNames: [...this.#props.optionNames, key],
    });
  }

  /** Sets options of the format. */
  options(options: O): DataStreamWriter<S, O> {
    return Object.entries(definedOptions(options)).reduce<
      DataStreamWriter<S, O>
    >(
      (writer, [key, value]) => writer.option(key, value),
      this,
    );
  }

  /** Puts rows of equal values of these columns into folders of their own. */
  partitionBy(...columns: readonly string[]): DataStreamWriter<S, O> {
    return this.#called(["partitionBy", seq(columns)]);
  }

  /** Keeps rows of near values of these columns together. Spark 4.0 and later. */
  clusterBy(...columns: readonly string[]): DataStreamWriter<S, O> {
    return this.#called(["clusterBy", seq(columns)]);
  }

  /** Names the query; the name of the table of the format `memory`. */
  queryName(name: string): DataStreamWriter<S, O> {
    return this.#called(["queryName", name]);
  }

  /**
   * When the query takes new data; as soon as it has done with the last ones by default.
   *
   * @throws SparkError `TRIGGER_INVALID`; `NOT_IN_THIS_SPARK` for real time before Spark 4.2
   */
  trigger(trigger: Trigger): DataStreamWriter<S, O> {
    const { dialect } = this.#node.session.runtime;
    const checked = checkTrigger(trigger, dialect, callSite("trigger()"));
    return this.#with({ trigger: checked });
  }

  /**
   * Hands each batch to a function of this program, as a DataFrame with which
   * it may do what it likes. A batch may come again after a failure, with the
   * same number.
   *
   * @param f is given the batch and its number; what it throws ends the query
   *
   * @example
   * ```ts
   * import type { DataFrame } from "@tspark/tspark";
   *
   * const save = (orders: DataFrame) =>
   *   orders.writeStream.foreachBatch(async (batch, batchId) => {
   *     await batch.write.mode("overwrite").parquet(`orders/batch=${batchId}`);
   *   }).start();
   * ```
   */
  foreachBatch(
    f: (batch: DataFrame<S>, batchId: number) => void | Promise<void>,
  ): DataStreamWriter<S, O> {
    requireFunction("foreachBatch()", f);
    const site = callSite("foreachBatch()");
    const bind = (batch: Relation, batchId: number): () => unknown =>
      f.bind(null, new DataFrame<S>(batch), batchId);
    return this.#with({ batch: () => batchFunction(this.#node, bind, site) });
  }

  /**
   * Hands each row to a function, or to a writer that is also told where a
   * partition of a batch begins and ends, on the workers. Rows may come again
   * after a failure, with the same batch's number.
   *
   * @param writer the function, or the writer
   */
  foreach(
    writer: ((row: S) => void | Promise<void>) | ForeachWriter<S>,
  ): DataStreamWriter<S, O> {
    const rows = mapFrame(this.#node, {
      form: "mapPartition",
      f: foreachRows(foreachWriter(writer)),
      name: "foreach",
      schema: "nothing BOOLEAN",
      site: callSite("foreach()"),
    });
    return new DataStreamWriter<S, O>({ [RELATION]: rows }, this.#props)
      .format("noop");
  }

  /**
   * Starts the query.
   *
   * @param path where to; left out for formats without
   * @throws AnalysisException where the stream cannot be written like that
   */
  async start(
    path: string | null = null,
    options?: ActionOptions,
  ): Promise<StreamingQuery> {
    return new StreamingQuery(
      await startQuery(this.#node, this.#props, "start", path, options),
    );
  }

  /** Starts the query, which adds its rows to a table; the table is made where it is not there. */
  async toTable(
    name: string,
    options?: ActionOptions,
  ): Promise<StreamingQuery> {
    return new StreamingQuery(
      await startQuery(this.#node, this.#props, "toTable", name, options),
    );
  }

  #called<P extends object = O>(
    call: WriterCall,
    changes: Partial<StreamWriterProps> = {},
  ): DataStreamWriter<S, P> {
    return this.#with({ ...changes, calls: [...this.#props.calls, call] });
  }

  #with<P extends object = O>(
    changes: Partial<StreamWriterProps>,
  ): DataStreamWriter<S, P> {
    return new DataStreamWriter<S, P>({ [RELATION]: this.#node }, {
      ...this.#props,
      ...changes,
    });
  }
}

function requireFunction(operation: string, f: unknown): void {
  if (typeof f === "function") return;
  throw new TypeError(
    `Cannot write a stream by ${operation}: ${
      describeValue(f)
    } is no function; give one`,
  );
}
