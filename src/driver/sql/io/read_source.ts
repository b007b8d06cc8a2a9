import type { StructType } from "../../../types/spark_types.ts";
import { makeArray } from "../../gateway/java_convert.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import { JavaNumber } from "../../gateway/java_value.ts";
import { type CallSite, callSite } from "../../runtime/call_site.ts";
import { activateSession } from "../activate_session.ts";
import { eager } from "../plan/marks.ts";
import { planToJvm } from "../plan/plan_to_jvm.ts";
import { type Relation, source } from "../plan/relation.ts";
import type { SessionState } from "../session_state.ts";
import { requireMethod } from "../spark_versions.ts";
import { tellUnknownOptions } from "./check_options.ts";
import { applyOptions, javaProperties, type SourceOptions } from "./options.ts";

/** What a reader was told so far. */
export interface ReaderProps {
  readonly format: string | null;
  /** The columns in SQL's words, or as Spark's JSON; null for the source's own. */
  readonly schema: { readonly ddl: string } | { readonly json: string } | null;
  readonly options: SourceOptions;
}

/** The columns that a program gave, in SQL's words or as a type. */
export function readerSchema(
  schema: string | StructType,
): Exclude<ReaderProps["schema"], null> {
  return typeof schema === "string" ? { ddl: schema } : { json: schema.json() };
}

/** How a table of a database is split into partitions: by ranges of a numeric or date column. */
export interface JdbcRange {
  /** The column. */
  readonly column: string;
  /** Where the first range ends up to; no row is left out. */
  readonly lowerBound: number | bigint;
  /** Where the last range starts; no row is left out. */
  readonly upperBound: number | bigint;
  /** Number of partitions. */
  readonly numPartitions: number;
}

/** What reading a table of a database takes. */
export interface JdbcReadOptions {
  /** What the driver is told, such as `user` and `password`. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Partitions by ranges of a column; one partition when left out. */
  readonly range?: JdbcRange;
  /** Partitions by conditions in SQL, one for each. */
  readonly predicates?: readonly string[];
}

/**
 * Files, or what else a format reads.
 *
 * @param operation as the program wrote it
 * @param paths the files and folders
 */
export function loadSource(
  session: SessionState,
  operation: string,
  props: ReaderProps,
  paths: readonly string[],
): Relation {
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    const reader = await openReader(jsession, props);
    const [path] = paths;
    if (paths.length === 1 && path !== undefined) {
      return await reader.callObject("load", path);
    }
    const { gateway } = jsession;
    const list = await makeArray(gateway, "java.lang.String", paths);
    return await reader.callObject("load", list);
  };
  const site = callSite(operation);
  if (operation === "xml()") requireReader(session, "xml", site);
  const args = [props.format ?? "", ...paths];
  tellUnknownOptions(props.format, Object.keys(props.options), site);
  return eager(source(session, "read", args, open, site));
}

/**
 * What a format reads in texts of a frame.
 *
 * Peer: `DataFrameReader.json(Dataset[String])` and its kin.
 *
 * @param texts the frame, of one column of texts
 */
export function readTexts(
  session: SessionState,
  props: ReaderProps,
  format: "json" | "csv" | "xml",
  texts: Relation,
): Relation {
  const site = callSite(`${format}()`);
  if (format === "xml") requireReader(session, "xml", site);
  tellUnknownOptions(format, Object.keys(props.options), site);
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    const reader = await openReader(jsession, props);
    const encoder = await jsession.gateway.callStaticObject(
      "org.apache.spark.sql.Encoders",
      "STRING",
    );
    const dataset = await planToJvm(texts);
    return await reader.callObject(
      format,
      await dataset.callObject("as", encoder),
    );
  };
  return eager(source(session, format, [texts], open, site));
}

/** A table or view, read with a reader's options. */
export function readTable(
  session: SessionState,
  method: "table" | "changes",
  props: ReaderProps,
  name: string,
): Relation {
  const site = callSite(`${method}()`);
  requireReader(session, method, site);
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    const reader = await openReader(jsession, props);
    return await reader.callObject(method, name);
  };
  return eager(source(session, method, [name], open, site));
}

/** A table of a database. Peer: `DataFrameReader.jdbc`, in its three forms. */
export function readJdbc(
  session: SessionState,
  props: ReaderProps,
  url: string,
  table: string,
  { properties = {}, range, predicates }: JdbcReadOptions,
): Relation {
  if (range !== undefined && predicates !== undefined) {
    throw new TypeError(
      `Cannot read the table "${table}" by ranges and by predicates: partitions are made by one of them; leave the other out`,
    );
  }
  const open = async (jsession: JavaObject): Promise<JavaObject> => {
    const reader = await openReader(jsession, props);
    const given = await javaProperties(jsession, properties);
    if (range !== undefined) {
      return await reader.callObject(
        "jdbc",
        url,
        table,
        range.column,
        JavaNumber.long(range.lowerBound),
        JavaNumber.long(range.upperBound),
        range.numPartitions,
        given,
      );
    }
    if (predicates === undefined) {
      return await reader.callObject("jdbc", url, table, given);
    }
    const { gateway } = jsession;
    const list = await makeArray(gateway, "java.lang.String", predicates);
    return await reader.callObject("jdbc", url, table, list, given);
  };
  return eager(source(session, "jdbc", [table], open, callSite("jdbc()")));
}

function requireReader(
  { runtime }: SessionState,
  method: string,
  site: CallSite,
): void {
  requireMethod(runtime.dialect, "DataFrameReader", method, site);
}

/**
 * A reader in the JVM that was told what the program said.
 *
 * @param jsession the session
 * @param props what the program said
 * @param method `read`, or `readStream`
 */
export async function openReader(
  jsession: JavaObject,
  { format, schema, options }: ReaderProps,
  method: "read" | "readStream" = "read",
): Promise<JavaObject> {
  if (format !== null) await activateSession(jsession);
  let reader = await jsession.callObject(method);
  if (format !== null) reader = await reader.callObject("format", format);
  if (schema !== null) {
    reader = await reader.callObject(
      "schema",
      "ddl" in schema ? schema.ddl : await jsession.gateway.callStaticObject(
        "org.apache.spark.sql.types.DataType",
        "fromJson",
        schema.json,
      ),
    );
  }
  return await applyOptions(reader, options);
}
