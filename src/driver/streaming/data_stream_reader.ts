import type { DdlText } from "../../types/ddl_shape.ts";
import type { ReadShape } from "../../types/shape_of.ts";
import type { StructType } from "../../types/spark_types.ts";
import { DataFrame } from "../sql/data_frame.ts";
import type {
  CsvReadOptions,
  JsonReadOptions,
  OrcReadOptions,
  ParquetReadOptions,
  TextReadOptions,
  XmlReadOptions,
} from "../sql/io/format_options.ts";
import { definedOptions, type SourceOptions } from "../sql/io/options.ts";
import { readerSchema } from "../sql/io/read_source.ts";
import type { SessionState } from "../sql/session_state.ts";
import type { FrameReadByDdl } from "../sql/typing/ddl.ts";
import { openStream, type StreamReaderProps } from "./stream_source.ts";

const NOTHING: StreamReaderProps = {
  format: null,
  schema: null,
  options: {},
  name: null,
};

/**
 * Describes a source that never ends, and reads it as a DataFrame:
 * `spark.readStream`. Each setting returns a new reader. `S` is the shape of
 * the rows, which a schema in SQL's words tells.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * const orders = (spark: SparkSession) =>
 *   spark.readStream.schema("id BIGINT, name STRING").json("incoming");
 * ```
 */
export class DataStreamReader<S extends object = Record<string, unknown>> {
  readonly #session: SessionState;
  readonly #props: StreamReaderProps;

  /** @internal */
  constructor(session: SessionState, props: StreamReaderProps = NOTHING) {
    this.#session = session;
    this.#props = props;
  }

  /** Sets the format, such as `json`, `rate`, `socket` or `kafka`. */
  format(name: string): DataStreamReader<S> {
    return this.#with({ format: name });
  }

  /** Sets the columns by a type; sources of files need them. */
  schema<T extends object>(
    schema: StructType<T>,
  ): DataStreamReader<
    object extends T ? Record<string, unknown> : ReadShape<T>
  >;
  /** Sets the columns in SQL's words, as in `id BIGINT, name STRING`; readers of files drop NOT NULL. */
  schema<const D extends string>(
    ddl: D & DdlText<D>,
  ): DataStreamReader<FrameReadByDdl<D>>;
  schema(schema: string | StructType): DataStreamReader<never> {
    return this.#with({ schema: readerSchema(schema) });
  }

  /** Sets one option of the format, such as `maxFilesPerTrigger`. */
  option(
    key: string,
    value: string | number | bigint | boolean,
  ): DataStreamReader<S> {
    return this.options({ [key]: value });
  }

  /** Sets options of the format. */
  options(options: SourceOptions): DataStreamReader<S> {
    return this.#with({ options: { ...this.#props.options, ...options } });
  }

  /** Names the source, so that a checkpoint finds it when the query changes. Spark 4.2 and later. */
  name(name: string): DataStreamReader<S> {
    return this.#with({ name });
  }

  /**
   * Reads from the source.
   *
   * @param path a folder; left out for sources without
   */
  load<T extends object = S>(path: string | null = null): DataFrame<T> {
    return new DataFrame<T>(
      openStream(this.#session, "load", this.#props, path, "load()"),
    );
  }

  /** Reads lines of text of the files that come into a folder: one column, `value`. */
  text(
    path: string,
    options: TextReadOptions = {},
  ): DataFrame<{ value: string }> {
    return this.#files("text", path, options);
  }

  /** Reads the JSON files that come into a folder. */
  json<T extends object = S>(
    path: string,
    options: JsonReadOptions = {},
  ): DataFrame<T> {
    return this.#files("json", path, options);
  }

  /** Reads the CSV files that come into a folder. */
  csv<T extends object = S>(
    path: string,
    options: CsvReadOptions = {},
  ): DataFrame<T> {
    return this.#files("csv", path, options);
  }

  /** Reads the Parquet files that come into a folder. */
  parquet<T extends object = S>(
    path: string,
    options: ParquetReadOptions = {},
  ): DataFrame<T> {
    return this.#files("parquet", path, options);
  }

  /** Reads the ORC files that come into a folder. */
  orc<T extends object = S>(
    path: string,
    options: OrcReadOptions = {},
  ): DataFrame<T> {
    return this.#files("orc", path, options);
  }

  /** Reads the XML files that come into a folder. Spark 4.0 and later. */
  xml<T extends object = S>(
    path: string,
    options: XmlReadOptions = {},
  ): DataFrame<T> {
    return this.#files("xml", path, options);
  }

  /** Reads what is added to a table. */
  table<T extends object = S>(name: string): DataFrame<T> {
    return new DataFrame<T>(
      openStream(this.#session, "table", this.#props, name, "table()"),
    );
  }

  /** Reads the changes of a table that records them. Spark 4.2 and later. */
  changes<T extends object = S>(name: string): DataFrame<T> {
    return new DataFrame<T>(
      openStream(this.#session, "changes", this.#props, name, "changes()"),
    );
  }

  #with<T extends object>(
    changes: Partial<StreamReaderProps>,
  ): DataStreamReader<T> {
    return new DataStreamReader<T>(this.#session, {
      ...this.#props,
      ...changes,
    });
  }

  #files<T extends object>(
    format: string,
    path: string,
    options: object,
  ): DataFrame<T> {
    const { options: before } = this.#props;
    const props = {
      ...this.#props,
      format,
      options: { ...before, ...definedOptions(options) },
    };
    return new DataFrame<T>(
      openStream(this.#session, "load", props, path, `${format}()`),
    );
  }
}
