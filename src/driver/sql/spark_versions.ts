// deno-lint-ignore-file camelcase -- functions keep the names that they have in SQL
import { type Dialect, DIALECTS } from "../../protocol/dialect.ts";
import { requireSpark } from "../runtime/jvm_dialect.ts";
import type { CallSite } from "../runtime/call_site.ts";
import { locateError } from "./locate_error.ts";

/** Functions of SQL that are younger than Spark 3.5, by the version that brought them. */
const FUNCTIONS: Readonly<Partial<Record<Dialect, string>>> = {
  "4.0": `
    collate collation dayname from_xml is_valid_utf8 is_variant_null listagg
    listagg_distinct make_valid_utf8 monthname nullifzero parse_json randstr
    schema_of_variant schema_of_variant_agg schema_of_xml session_user
    string_agg string_agg_distinct timestamp_add timestamp_diff
    to_variant_object to_xml try_make_interval try_make_timestamp
    try_make_timestamp_ltz try_make_timestamp_ntz try_mod try_parse_json
    try_parse_url try_reflect try_url_decode try_validate_utf8
    try_variant_get uniform validate_utf8 variant_get zeroifnull
  `,
  "4.1": `
    bitmap_and_agg current_time kll_merge_agg_bigint
    kll_merge_agg_double kll_merge_agg_float kll_sketch_agg_bigint
    kll_sketch_agg_double kll_sketch_agg_float kll_sketch_get_n_bigint
    kll_sketch_get_n_double kll_sketch_get_n_float
    kll_sketch_get_quantile_bigint kll_sketch_get_quantile_double
    kll_sketch_get_quantile_float kll_sketch_get_rank_bigint
    kll_sketch_get_rank_double kll_sketch_get_rank_float
    kll_sketch_merge_bigint kll_sketch_merge_double kll_sketch_merge_float
    kll_sketch_to_string_bigint kll_sketch_to_string_double
    kll_sketch_to_string_float make_time quote st_asbinary st_geogfromwkb
    st_geomfromwkb st_setsrid st_srid theta_difference theta_intersection
    theta_intersection_agg theta_sketch_agg theta_sketch_estimate
    theta_union theta_union_agg time_diff time_trunc to_time try_to_date try_to_time
  `,
  "4.2": `
    current_path is_valid_variant time_bucket time_from_micros
    time_from_millis time_from_seconds time_to_micros time_to_millis
    time_to_seconds tuple_difference_double tuple_difference_integer
    tuple_difference_theta_double tuple_difference_theta_integer
    tuple_intersection_agg_double tuple_intersection_agg_integer
    tuple_intersection_double tuple_intersection_integer
    tuple_intersection_theta_double tuple_intersection_theta_integer
    tuple_sketch_agg_double tuple_sketch_agg_integer
    tuple_sketch_estimate_double tuple_sketch_estimate_integer
    tuple_sketch_summary_double tuple_sketch_summary_integer
    tuple_sketch_theta_double tuple_sketch_theta_integer
    tuple_union_agg_double tuple_union_agg_integer tuple_union_double
    tuple_union_integer tuple_union_theta_double tuple_union_theta_integer
    vector_avg vector_cosine_similarity vector_inner_product
    vector_l2_distance vector_norm vector_normalize vector_sum
  `,
  "4.3": `
    collect_union counter_diff from_base32 hmac jaro_winkler_similarity
    timestamp_nanos to_base32 try_variant_array_append try_variant_insert
    try_variant_set unix_nanos variant_array_append variant_delete
    variant_insert variant_set variant_strip_nulls
  `,
};

/** Functions that take other numbers of arguments since a version. */
const ARGUMENTS: Readonly<Record<string, Readonly<Record<number, Dialect>>>> = {
  instr: { 3: "4.3", 4: "4.3" },
  make_timestamp: { 2: "4.1", 3: "4.1" },
  make_timestamp_ntz: { 2: "4.1" },
  max_by: { 3: "4.2" },
  min_by: { 3: "4.2" },
  mode: { 2: "4.0" },
  shuffle: { 2: "4.0" },
  st_asbinary: { 2: "4.2" },
  st_geomfromwkb: { 2: "4.2" },
  try_make_timestamp: { 2: "4.1", 3: "4.1" },
  try_make_timestamp_ntz: { 2: "4.1" },
  uuid: { 1: "4.1" },
};

/** Methods that are younger than Spark 3.5, by the class that programs call them on and the version that brought them. */
const METHODS = {
  Catalog: {
    "4.2": `
      analyzeTable createDatabase dropDatabase dropTable dropView
      getCreateTableString getTableProperties listPartitions listViews
      truncateTable
    `,
  },
  Column: { "4.0": "outer try_cast" },
  DataFrame: {
    "4.0": `
      asTable exists groupingSets lateralJoin mergeInto scalar transpose
    `,
    "4.1": "repartitionById",
    "4.2": "nearestByJoin zipWithIndex",
    "4.3": "zip",
  },
  DataFrameReader: { "4.0": "xml", "4.2": "changes" },
  DataStreamReader: { "4.0": "xml", "4.2": "name changes" },
  DataStreamWriter: { "4.0": "clusterBy" },
  DataFrameWriter: { "4.0": "clusterBy xml", "4.3": "withSchemaEvolution" },
  DataFrameWriterV2: { "4.0": "clusterBy", "4.3": "withSchemaEvolution" },
  MergeIntoWriter: {},
  SparkSession: {
    "4.0": `
      addTag clearTags dataSource interruptAll interruptOperation interruptTag
      removeTag tvf
    `,
  },
  TableValuedFunction: { "4.1": "python_worker_logs" },
} as const satisfies Readonly<
  Record<string, Readonly<Partial<Record<Dialect, string>>>>
>;

/** A class some of whose methods are younger than Spark 3.5. */
export type VersionedClass = keyof typeof METHODS;

const FUNCTION_SINCE = byName(FUNCTIONS);
const METHOD_SINCE: ReadonlyMap<string, ReadonlyMap<string, Dialect>> = new Map(
  Object.entries(METHODS).map(([owner, names]) => [owner, byName(names)]),
);

/** What is younger than the oldest Spark. */
export interface Younger {
  /** The first Spark that has it. */
  readonly since: Dialect;
  /** What it is, such as `max_by() of 3 arguments`. */
  readonly what: string;
}

/**
 * Since when there is a function of SQL.
 *
 * @param name the function's name
 * @param count how many arguments it is given
 * @returns null where every Spark that TSpark speaks to has it
 */
export function functionSince(name: string, count: number): Younger | null {
  const since = FUNCTION_SINCE.get(name);
  const sinceArguments = ARGUMENTS[name]?.[count];
  if (sinceArguments !== undefined) {
    const what = `${name}() of ${count} argument${count === 1 ? "" : "s"}`;
    return { since: sinceArguments, what };
  }
  return since === undefined ? null : { since, what: `${name}()` };
}

/**
 * Since when there is a method.
 *
 * @param owner the class that programs call it on
 * @param method its name
 * @returns null where every Spark that TSpark speaks to has it
 */
export function methodSince(
  owner: VersionedClass,
  method: string,
): Dialect | null {
  return METHOD_SINCE.get(owner)?.get(method) ?? null;
}

/**
 * Refuses a method that the running Spark does not have.
 *
 * @param dialect the Spark that runs
 * @param owner the class that programs call it on
 * @param method its name
 * @param site where the program wrote it, where that is known
 * @throws SparkError `NOT_IN_THIS_SPARK`, which names the version that has it
 */
export function requireMethod(
  dialect: Dialect,
  owner: VersionedClass,
  method: string,
  site?: CallSite,
): void {
  const since = methodSince(owner, method);
  if (since === null) return;
  try {
    requireSpark(dialect, since, `${owner}.${method}()`);
  } catch (error) {
    throw site === undefined ? error : locateError(error, site);
  }
}

/** The version of each name. */
function byName(
  names: Readonly<Partial<Record<Dialect, string>>>,
): ReadonlyMap<string, Dialect> {
  return new Map(
    DIALECTS.flatMap((dialect) =>
      (names[dialect] ?? "").split(/\s+/).filter((name) => name !== "")
        .map((name) => [name, dialect] as const)
    ),
  );
}
