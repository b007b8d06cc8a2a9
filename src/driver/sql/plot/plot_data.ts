import { describeValue } from "../../../common/describe_value.ts";
import { SparkError } from "../../../common/errors.ts";
import { showValue } from "../../../common/show_value.ts";
import type { DataType, StructField } from "../../../types/data_type.ts";
import { isNumeric } from "../../../types/is_numeric.ts";
import { simpleString } from "../../../types/spark_types.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import * as actions from "../actions/mod.ts";
import { type Relation, relation } from "../plan/relation.ts";
import * as plan from "../plan/transformations.ts";

/** How the values of a column are placed along an axis, as Vega-Lite names it. */
export type AxisType = "quantitative" | "temporal" | "nominal";

/** Points of a plot, and where they come from. */
export interface PlotRows {
  /** For each row its values, numbers and texts. */
  readonly rows: readonly (readonly (number | string | null)[])[];
  /** How each column is placed. */
  readonly axes: readonly AxisType[];
  /** What has to be known of the rows; null when they are all. */
  readonly note: string | null;
}

/** Which rows are taken where there are more than a plot shows. */
export type Choice = "first" | "sample";

/**
 * The most points that a plot gets, by `spark.sql.pyspark.plotting.max_rows`.
 *
 * @throws SparkError `SETTING_INVALID` when that is no number from 1 on
 */
export async function maxPoints({ session }: Relation): Promise<number> {
  const text = await session.conf.get(MAX_ROWS, "1000");
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new SparkError(
    "SETTING_INVALID",
    `Cannot use ${MAX_ROWS} = ${
      showValue(text)
    }: it is no whole number from 1 on`,
    { key: MAX_ROWS, value: text },
  );
}

/** Spark's own name of the setting, as PySpark reads it. */
const MAX_ROWS = "spark.sql.pyspark.plotting.max_rows";

/**
 * The values of some columns, of at most as many rows as a plot shows.
 *
 * @param node the frame
 * @param names the columns
 * @param choice which rows
 * @param site where the program asked for the plot
 */
export async function plotRows(
  node: Relation,
  names: readonly string[],
  choice: Choice,
  site: CallSite,
): Promise<PlotRows> {
  const max = await maxPoints(node);
  const fields = await fieldsOf(node, names, site);
  const columns = plan.selectExpr(
    node,
    fields.map((field, i) => `${plainValue(field)} AS c${i}`),
    site,
  );
  const chosen = choice === "first"
    ? relation(columns, "limit", [max + 1], site)
    : sampled(columns, max + 1, site);
  const found = await collect(chosen, site);
  const rows = found.slice(0, max);
  return {
    rows: rows.map((row) => fields.map((_, i) => row[`c${i}`] ?? null)),
    axes: fields.map(({ type }) => axisOf(type)),
    note: found.length <= max
      ? null
      : choice === "first"
      ? `the first ${max} rows`
      : `a sample of ${max} rows`,
  };
}

/** The rows of a small frame: numbers and texts by name. */
export function collect(
  node: Relation,
  site: CallSite,
): Promise<Record<string, number | string | null>[]> {
  return actions.collect(node, site);
}

/**
 * Numeric columns by their names, or all that there are.
 *
 * @param names one, several, or all when undefined
 * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`, or `PLOT_NO_COLUMN` when there is none
 */
export async function numericColumns(
  node: Relation,
  names: string | readonly string[] | undefined,
  site: CallSite,
): Promise<string[]> {
  const { fields } = await actions.schema(node, site);
  if (names === undefined) {
    const all = fields.filter(({ type }) => isNumeric(type));
    if (all.length > 0) return all.map(({ name }) => name);
    throw new SparkError(
      "PLOT_NO_COLUMN",
      `Cannot draw ${site.operation}: no column is a number; cast one, or name one by { column }`,
      { operation: site.operation },
    );
  }
  const wanted = typeof names === "string" ? [names] : names;
  for (const { name, type } of await fieldsOf(node, wanted, site)) {
    if (isNumeric(type)) continue;
    throw new SparkError(
      "PLOT_COLUMN_NOT_NUMERIC",
      `Cannot draw "${name}" in ${site.operation}: it is ${
        simpleString(type)
      }, not a number; cast it, or take another column`,
      { column: name, type: simpleString(type), operation: site.operation },
    );
  }
  return [...wanted];
}

/**
 * Refuses what is no name, of a program that nobody compiles.
 *
 * @throws TypeError for an object with `x` and `y`, a column, and nothing
 */
export function checkNames(
  names: readonly unknown[],
  { operation }: CallSite,
): void {
  for (const name of names) {
    if (typeof name === "string") continue;
    const call = operation.replace(/^plot\.|\(\)$/g, "");
    throw new TypeError(
      `Cannot draw ${operation} of ${
        describeValue(name)
      }: it is no name of a column; give names, as in ${call}("city", "amount")`,
    );
  }
}

/** A name as SQL has it. */
export function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A number as SQL has it, exactly. */
export function doubleText(value: number): string {
  return `DOUBLE('${value}')`;
}

async function fieldsOf(
  node: Relation,
  names: readonly string[],
  site: CallSite,
): Promise<StructField[]> {
  const columns = plan.selectExpr(node, names.map(quoted), site);
  const { fields } = await actions.schema(columns, site);
  return [...fields];
}

/** Some rows at random, in the order that they had. */
function sampled(node: Relation, count: number, site: CallSite): Relation {
  const numbered = plan.selectExpr(node, [
    "*",
    "rand() AS chance",
    "monotonically_increasing_id() AS place",
  ], site);
  const by = (input: Relation, name: string): Relation =>
    plan.sort(input, "sort", [name], {}, site);
  return by(relation(by(numbered, "chance"), "limit", [count], site), "place");
}

/** A column's values as numbers and texts; points in time by the session's clock, without a zone. */
function plainValue({ name, type }: StructField): string {
  const column = quoted(name);
  switch (axisOf(type)) {
    case "quantitative":
      return `CAST(${column} AS DOUBLE)`;
    case "temporal":
      return `date_format(${column}, "yyyy-MM-dd'T'HH:mm:ss.SSS")`;
    case "nominal":
      return `CAST(${column} AS STRING)`;
  }
}

function axisOf(type: DataType): AxisType {
  if (isNumeric(type)) return "quantitative";
  return TEMPORAL.has(type.kind) ? "temporal" : "nominal";
}

const TEMPORAL: ReadonlySet<string> = new Set([
  "date",
  "timestamp",
  "timestamp_ntz",
]);
