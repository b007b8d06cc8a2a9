import { DataFrame, SparkSession, type StructType } from "../../../mod.ts";
import type { Engine } from "./engine.ts";
import { findStringArgument, type OpenCall } from "./string_argument.ts";

/** What Tab offers: whole words, and what of them was typed. */
export type Completions = [words: string[], typed: string];

/** Methods that take names of columns. */
const TAKE_COLUMNS: ReadonlySet<string> = new Set([
  ...["agg", "approxQuantile", "avg", "col", "colRegex", "corr", "cov"],
  ...["count", "crosstab", "cube", "describe", "drop", "dropDuplicates"],
  ...["dropDuplicatesWithinWatermark", "dropna", "fill", "fillna", "freqItems"],
  ...["groupBy", "join", "max", "mean", "melt", "metadataColumn", "min"],
  ...["orderBy", "partitionBy", "pivot", "repartition", "repartitionByRange"],
  ...["replace", "rollup", "sampleBy", "select", "sort"],
  ...["sortWithinPartitions", "sum", "unpivot", "withColumn", "withColumns"],
  ...["withColumnRenamed", "withColumnsRenamed", "withMetadata"],
  "withWatermark",
]);

/** Methods that take SQL, in which columns are words. */
const TAKE_SQL: ReadonlySet<string> = new Set([
  "expr",
  "filter",
  "selectExpr",
  "where",
]);

/** Methods of `spark.conf` that take the key of a setting. */
const TAKE_SETTINGS: ReadonlySet<string> = new Set([
  "get",
  "isModifiable",
  "set",
  "unset",
]);

/**
 * What may follow in a string: names of columns in an argument of a frame's
 * method, names of tables in one of `spark.table()`, keys of settings in one of
 * `spark.conf.get()`.
 *
 * @param text all that was typed up to the cursor
 * @param engine looks at what stands before the method, without running anything
 * @returns null where neither fits
 */
export async function completeString(
  text: string,
  engine: Engine,
): Promise<Completions | null> {
  const argument = findStringArgument(text);
  if (argument === null) return null;
  const [innermost] = argument.calls;
  if (innermost?.method === "table") {
    const spark = await valueOf(innermost, isSession, engine);
    if (spark !== null) return await tables(spark, argument.typed);
  }
  if (innermost !== undefined && TAKE_SETTINGS.has(innermost.method)) {
    const [receiver = ""] = innermost.receivers;
    const spark = /\.\s*conf$/.test(receiver)
      ? await valueOf(innermost, isSession, engine)
      : null;
    if (spark !== null) return await settings(spark, argument.typed);
  }
  for (const call of argument.calls) {
    const isSql = TAKE_SQL.has(call.method);
    if (!isSql && !TAKE_COLUMNS.has(call.method)) continue;
    const frame = await valueOf(call, isFrame, engine);
    if (frame === null) continue;
    // Of SQL it is the last word that goes on.
    const typed = isSql || innermost?.method === "expr"
      ? /[\p{L}\p{N}_.]*$/u.exec(argument.typed)?.[0] ?? ""
      : argument.typed;
    return await columns(frame, typed);
  }
  return null;
}

/** What a method is called on; of `df.groupBy("a")`, which is of another kind and not looked at, it is `df`. */
async function valueOf<T>(
  call: OpenCall,
  isWanted: (value: unknown) => value is T,
  engine: Engine,
): Promise<T | null> {
  for (const receiver of call.receivers) {
    const found = await engine.look(receiver);
    if (found !== null && isWanted(found.value)) return found.value;
  }
  return null;
}

function isSession(value: unknown): value is SparkSession {
  return value instanceof SparkSession;
}

function isFrame(value: unknown): value is DataFrame {
  return value instanceof DataFrame;
}

/** Columns, and fields of those before a dot. */
async function columns(frame: DataFrame, typed: string): Promise<Completions> {
  const dot = typed.lastIndexOf(".") + 1;
  const names = startingWith(typed, [
    ...await frame.columns,
    ...(dot === 0 ? [] : fields(await frame.schema, typed.slice(0, dot))),
  ]);
  if (names.length > 0) return [names, typed];
  const last = typed.slice(dot); // of `people.na`, where `people` is an alias
  return [startingWith(last, await frame.columns), last];
}

/**
 * The fields of a column, and of the structs in it, as a query names them.
 *
 * @param path the column, with the dots behind it and each struct
 */
function fields(schema: StructType, path: string): string[] {
  let { fields } = schema;
  for (const name of path.split(".").slice(0, -1)) {
    let type = fields.find((field) => field.name === name)?.type;
    while (type?.kind === "array") type = type.elementType;
    if (type?.kind !== "struct") return [];
    fields = type.fields;
  }
  return fields.map(({ name }) => `${path}${name}`);
}

/** Keys that are set, and those of SQL that Spark knows. */
async function settings(
  spark: SparkSession,
  typed: string,
): Promise<Completions> {
  const set = await spark.conf.getAll();
  const known = await spark.sql("SET -v").select("key").collect();
  const keys = [...set.keys(), ...known.map(({ key }) => String(key))];
  return [startingWith(typed, keys).toSorted(), typed];
}

async function tables(
  spark: SparkSession,
  typed: string,
): Promise<Completions> {
  const dot = typed.lastIndexOf(".");
  const database = dot < 0 ? undefined : typed.slice(0, dot);
  const prefix = database === undefined ? "" : `${database}.`;
  const found = await spark.catalog.listTables(database);
  return [
    startingWith(typed, found.map(({ name }) => `${prefix}${name}`)),
    typed,
  ];
}

function startingWith(typed: string, words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word.startsWith(typed));
}
