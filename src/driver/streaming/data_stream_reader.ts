import { printBy } from "../../common/inspect.ts";
import type { DdlText } from "../../types/ddl_shape.ts";
import type { ReadShape } from "../../types/shape_of.ts";
import type { StructType } from "../../types/spark_types.ts";
import { checkPath } from "../rdd/checks.ts";
import { DataFrame } from "../sql/data_frame.ts";
import type {
  CsvReadOptions,
  JsonReadOptions,
  OrcReadOptions,
  ParquetReadOptions,
  TextReadOptions,
  XmlReadOptions,
} from "../sql/io/format_options.ts";
import {
  definedOptions,
  type OptionName,
  type SourceOptions,
} from "../sql/io/options.ts";
import { readerSchema } from "../sql/io/read_source.ts";
import type {
  FileStreamOptions,
  StreamSources,
} from "../sql/io/stream_formats.ts";
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
 * the rows, which the format or a schema tells, `O` are the format's options.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * const orders = (spark: SparkSession) =>
 *   spark.readStream.schema("id BIGINT, name STRING").json("incoming");
 * const ticks = (spark: SparkSession) =>
 *   spark.readStream.format("rate").options({ rowsPerSecond: 10 }).load();
 * ```
 */
export class DataStreamReader<
  S extends object = Record<string, unknown>,
  O extends object = SourceOptions,
> {
  readonly #session: SessionState;
  readonly #props: StreamReaderProps;

  /** @internal */
  constructor(session: SessionState, props: StreamReaderProps = NOTHING) {
    this.#session = session;
    this.#props = props;
  }

  static {
    printBy(
      DataStreamReader.prototype,
      (self) =>
        `DataStreamReader[${self.#props.format ?? "the default format"}]`,
    );
  }

  /** Sets the format, such as `json`, `rate`, `socket` or `kafka`. */
  format<F extends keyof StreamSources<S>>(
    name: F,
  ): DataStreamReader<StreamSources<S>[F][0], StreamSources<S>[F][1]>;
  /** Sets the format, of a library. */
  format(name: string): DataStreamReader<S>;
  format(name: string): DataStreamReader<never, never> {
    return this.#with({ format: name });
  }

  /** Sets the columns by a type; sources of files need them. */
  schema<T extends object>(
    schema: StructType<T>,
  ): DataStreamReader<
    object extends T ? Record<string, unknown> : ReadShape<T>,
    O
  >;
  /** Sets the columns in SQL's words, as in `id BIGINT, name STRING`; readers of files drop NOT NULL. */
  schema<const D extends string>(
    ddl: D & DdlText<D>,
  ): DataStreamReader<FrameReadByDdl<D>, O>;
  schema(schema: string | StructType): DataStreamReader<never, O> {
    return this.#with({ schema: readerSchema(schema) });
  }

  /** Sets one option of the format, such as `maxFilesPerTrigger`. */
  option(
    key: OptionName<O>,
    value: string | number | bigint | boolean,
  ): DataStreamReader<S, O> {
    const { options } = this.#props;
    return this.#with({ options: { ...options, [key]: value } });
  }

  /** Sets options of the format. */
  options(options: O): DataStreamReader<S, O> {
    const { options: before } = this.#props;
    return this.#with({ options: { ...before, ...definedOptions(options) } });
  }

  /** Names the source, so that a checkpoint finds it when the query changes. Spark 4.2 and later. */
  name(name: string): DataStreamReader<S, O> {
    return this.#with({ name });
  }

  /**
   * Reads from the source.
   *
   * @param path a folder; left out for sources without
   */
  load<T extends object = S>(path: string | null = null): DataFrame<T> {
    if (path !== null) checkPath("load()", path, "incoming");
    return new DataFrame<T>(
      openStream(this.#session, "load", this.#props, path, "load()"),
    );
  }

  /** Reads lines of text of the files that come into a folder: one column, `value`. */
  text(
    path: string,
    options: FileStreamOptions & TextReadOptions = {},
  ): DataFrame<{ value: string }> {
    return this.#files("text", path, options);
  }

  /** Reads the JSON files that come into a folder. */
  json<T extends object = S>(
    path: string,
    options: FileStreamOptions & JsonReadOptions = {},
  ): DataFrame<T> {
    return this.#files("json", path, options);
  }

  /** Reads the CSV files that come into a folder. */
  csv<T extends object = S>(
    path: string,
    options: FileStreamOptions & CsvReadOptions = {},
  ): DataFrame<T> {
    return this.#files("csv", path, options);
  }

  /** Reads the Parquet files that come into a folder. */
  parquet<T extends object = S>(
    path: string,
    options: FileStreamOptions & ParquetReadOptions = {},
  ): DataFrame<T> {
    return this.#files("parquet", path, options);
  }

  /** Reads the ORC files that come into a folder. */
  orc<T extends object = S>(
    path: string,
    options: FileStreamOptions & OrcReadOptions = {},
  ): DataFrame<T> {
    return this.#files("orc", path, options);
  }

  /** Reads the XML files that come into a folder. Spark 4.0 and later. */
  xml<T extends object = S>(
    path: string,
    options: FileStreamOptions & XmlReadOptions = {},
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

  #with<T extends object, P extends object>(
    changes: Partial<StreamReaderProps>,
  ): DataStreamReader<T, P> {
    return new DataStreamReader<T, P>(this.#session, {
      ...this.#props,
      ...changes,
    });
  }

  #files<T extends object>(
    format: string,
    path: string,
    options: object,
  ): DataFrame<T> {
    checkPath(`${format}()`, path, "incoming");
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
