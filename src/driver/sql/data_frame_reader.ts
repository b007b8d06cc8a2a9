import { callSite } from "../runtime/call_site.ts";
import type { SessionState } from "./session_state.ts";
import { DataFrame } from "./data_frame.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { eager } from "./plan/marks.ts";
import { source } from "./plan/relation.ts";

/** Options of a data source, by their Spark names. */
export type SourceOptions = Readonly<Record<string, string | number | boolean>>;

interface ReaderProps {
  readonly format: string | null;
  readonly schema: string | null;
  readonly options: SourceOptions;
}

/**
 * Describes a data source, and reads it as a DataFrame. Each setting returns a
 * new reader.
 *
 * @example
 * ```ts
 * import type { SparkSession } from "@tspark/tspark";
 *
 * const orders = (spark: SparkSession) =>
 *   spark.read.option("header", true).schema("id BIGINT, name STRING").csv("orders.csv");
 * ```
 */
export class DataFrameReader {
  readonly #session: SessionState;
  readonly #props: ReaderProps;

  /** @internal */
  constructor(
    session: SessionState,
    props: ReaderProps = { format: null, schema: null, options: {} },
  ) {
    this.#session = session;
    this.#props = props;
  }

  /** Sets the format, such as `json` or `parquet`. */
  format(name: string): DataFrameReader {
    return this.#with({ format: name });
  }

  /** Sets the columns, as in `id BIGINT, name STRING`. */
  schema(ddl: string): DataFrameReader {
    return this.#with({ schema: ddl });
  }

  /** Sets one option of the format. */
  option(key: string, value: string | number | boolean): DataFrameReader {
    return this.options({ [key]: value });
  }

  /** Sets options of the format. */
  options(options: SourceOptions): DataFrameReader {
    return this.#with({ options: { ...this.#props.options, ...options } });
  }

  /**
   * Reads from the source.
   *
   * @param paths files or folders, on any file system that Spark knows; none
   *   for a source that has no path
   */
  load<S extends object = Record<string, unknown>>(
    ...paths: readonly string[]
  ): DataFrame<S> {
    return this.#load("load()", this.#props, paths);
  }

  /** Reads lines of text: one column, `value`. */
  text(...paths: readonly string[]): DataFrame<{ value: string }> {
    return this.#load("text()", { ...this.#props, format: "text" }, paths);
  }

  /** Reads JSON, an object on each line. */
  json<S extends object = Record<string, unknown>>(
    ...paths: readonly string[]
  ): DataFrame<S> {
    return this.#load("json()", { ...this.#props, format: "json" }, paths);
  }

  /** Reads comma-separated values; set the options `header` and `inferSchema` as needed. */
  csv<S extends object = Record<string, unknown>>(
    ...paths: readonly string[]
  ): DataFrame<S> {
    return this.#load("csv()", { ...this.#props, format: "csv" }, paths);
  }

  /** Reads Parquet files. */
  parquet<S extends object = Record<string, unknown>>(
    ...paths: readonly string[]
  ): DataFrame<S> {
    return this.#load(
      "parquet()",
      { ...this.#props, format: "parquet" },
      paths,
    );
  }

  /** Reads ORC files. */
  orc<S extends object = Record<string, unknown>>(
    ...paths: readonly string[]
  ): DataFrame<S> {
    return this.#load("orc()", { ...this.#props, format: "orc" }, paths);
  }

  #with(changes: Partial<ReaderProps>): DataFrameReader {
    return new DataFrameReader(this.#session, { ...this.#props, ...changes });
  }

  #load<S extends object>(
    operation: string,
    { format, schema, options }: ReaderProps,
    paths: readonly string[],
  ): DataFrame<S> {
    const open = async (session: JavaObject): Promise<JavaObject> => {
      const { gateway } = session;
      const reader = await session.callObject("read");
      if (format !== null) await reader.callObject("format", format);
      if (schema !== null) await reader.callObject("schema", schema);
      for (const [key, value] of Object.entries(options)) {
        await reader.callObject("option", key, String(value));
      }
      const [path] = paths;
      if (paths.length === 1 && path !== undefined) {
        return await reader.callObject("load", path);
      }
      const list = await gateway.newArray("java.lang.String", paths.length);
      for (const [i, each] of paths.entries()) {
        await gateway.arraySet(list, i, each);
      }
      return await reader.callObject("load", list);
    };
    const args = [format ?? "", ...paths];
    const node = source(this.#session, "read", args, open, callSite(operation));
    return new DataFrame<S>(eager(node));
  }
}
