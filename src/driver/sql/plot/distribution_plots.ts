import { describeValue } from "../../../common/describe_value.ts";
import { SparkError } from "../../../common/errors.ts";
import { showValue } from "../../../common/show_value.ts";
import { checkOptions } from "../../rdd/checks.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import { type Relation, relation } from "../plan/relation.ts";
import * as plan from "../plan/transformations.ts";
import { labelsBelow } from "./axis_labels.ts";
import {
  collect,
  doubleText,
  maxPoints,
  numericColumns,
  quoted,
} from "./plot_data.ts";
import {
  FITTED,
  PLOT_OPTIONS,
  type PlotOptions,
  seriesColor,
  stackOf,
  vegaLite,
  type VegaLiteSpec,
} from "./vega_lite.ts";

/** Which columns a plot of distributions shows. */
export interface DistributionOptions extends PlotOptions {
  /** A numeric column, or several; all that are numeric by default. */
  readonly column?: string | readonly string[];
}

/** Which columns are wanted; a program that nobody compiles may give their names alone. */
function columnOf(
  options: DistributionOptions,
  { operation }: CallSite,
  more: readonly string[],
): DistributionOptions["column"] {
  const given: unknown = options;
  if (typeof given === "object" && given !== null && !Array.isArray(given)) {
    checkOptions(operation, options, ["column", ...more, ...PLOT_OPTIONS]);
    return options.column;
  }
  throw new TypeError(
    `Cannot draw ${operation} by ${
      describeValue(given)
    }: it is no object with options; write { column: "amount" }`,
  );
}

/**
 * How many values of each column lie in each of some ranges of equal width.
 * Spark counts them; nulls and NaN are left out.
 *
 * @param bins how many ranges
 */
export async function histogram(
  node: Relation,
  options: DistributionOptions,
  bins: number,
  site: CallSite,
): Promise<VegaLiteSpec> {
  const column = columnOf(options, site, ["bins"]);
  const max = await maxPoints(node);
  checkCount(site, "bins", bins, max);
  const names = await numericColumns(node, column, site);
  const edges = linspace(await extent(node, names, 0, site), bins + 1);
  const counts = names.flatMap((name, c) =>
    edges.slice(0, -1).map((start, i) => {
      const value = `CAST(${quoted(name)} AS DOUBLE)`;
      const end = edges[i + 1] ?? start;
      const below = i + 2 === edges.length ? "<=" : "<";
      return `count_if(${value} >= ${doubleText(start)} AND ${value} ${below} ${
        doubleText(end)
      }) AS c${c * bins + i}`;
    })
  );
  const [row = {}] = await collect(plan.selectExpr(node, counts, site), site);
  const points = names.flatMap((series, c) =>
    edges.slice(0, -1).map((start, i) => ({
      start,
      end: edges[i + 1],
      count: Number(row[`c${c * bins + i}`] ?? 0),
      series,
    }))
  );
  const { transform, encoding } = stackOf(names, [
    { field: "start", type: "quantitative" },
    { field: "end", type: "quantitative" },
    { field: "count", type: "quantitative" },
  ]);
  return vegaLite(points, {
    ...(transform && { transform }),
    mark: { type: "bar", tooltip: true },
    encoding: {
      x: { field: "start", bin: "binned", title: axisTitle(names) },
      x2: { field: "end" },
      y: { field: "count", type: "quantitative", title: "count" },
      ...seriesColor(names),
      ...encoding,
    },
  }, options);
}

/**
 * The density of each column's values, by Gaussian kernels that Spark sums up.
 *
 * @param bandwidth the kernels' standard deviation
 * @param ind where the density is computed: points, or how many of them
 */
export async function density(
  node: Relation,
  options: DistributionOptions,
  bandwidth: number,
  ind: number | readonly number[],
  site: CallSite,
): Promise<VegaLiteSpec> {
  const column = columnOf(options, site, ["bwMethod", "ind"]);
  if (!(bandwidth > 0 && bandwidth < Infinity)) {
    throw new RangeError(
      `Cannot draw ${site.operation} with a bandwidth of ${
        showValue(bandwidth)
      }: give a number above 0`,
    );
  }
  const max = await maxPoints(node);
  const names = await numericColumns(node, column, site);
  if (typeof ind === "number") checkCount(site, "ind", ind, max);
  else checkCount(site, "the number of points", ind.length, max);
  const points = typeof ind === "number"
    ? linspace(await extent(node, names, 0.5, site), ind)
    : [...ind];
  const scale = 1 / (bandwidth * Math.sqrt(2 * Math.PI));
  const results = names.map((name, c) => {
    const at = points.map((point) => {
      const distance = `(CAST(${quoted(name)} AS DOUBLE) - ${
        doubleText(point)
      }) / ${doubleText(bandwidth)}`;
      return `avg(exp(-0.5D * pow(${distance}, 2)))`;
    });
    return `array(${at.join(", ")}) AS c${c}`;
  });
  const [row = {}] = await collect(plan.selectExpr(node, results, site), site);
  const values = names.flatMap((series, c) => {
    const sums: unknown = row[`c${c}`];
    return points.map((x, i) => ({
      x,
      density: Array.isArray(sums) ? scale * Number(sums[i]) : null,
      series,
    }));
  });
  return vegaLite(values, {
    mark: { type: "line", tooltip: true },
    encoding: {
      x: { field: "x", type: "quantitative", title: axisTitle(names) },
      y: { field: "density", type: "quantitative", title: "density" },
      ...seriesColor(names),
    },
  }, options);
}

/** What a box plot may be given. */
export interface BoxOptions extends DistributionOptions {
  /** How far whiskers reach at most, in heights of the box; 1.5 by default. */
  readonly whis?: number;
  /** How far off quartiles may be, as a share of all rows; 0.01 by default. */
  readonly precision?: number;
}

/**
 * Quartiles of each column as a box, with whiskers to the last value within
 * 1.5 times its height, and the outliers that are farthest off.
 */
export async function box(
  node: Relation,
  options: BoxOptions,
  site: CallSite,
): Promise<VegaLiteSpec> {
  const column = columnOf(options, site, ["whis", "precision"]);
  const { whis = 1.5, precision = 0.01 } = options;
  const names = await numericColumns(node, column, site);
  const quartiles = await quartilesOf(node, names, precision, site);
  const most = Math.floor(await maxPoints(node) / names.length);
  const values: object[] = [];
  for (const [i, series] of names.entries()) {
    const [q1, median, q3] = quartiles[i] ?? [];
    if (q1 === undefined || median === undefined || q3 === undefined) continue;
    const reach = whis * (q3 - q1);
    const inside = [q1 - reach, q3 + reach] as const;
    const all = plan.selectExpr(
      node,
      [`CAST(${quoted(series)} AS DOUBLE) AS v`],
      site,
    );
    const [low, high] = await whiskers(all, inside, site);
    values.push({ series, q1, median, q3, low, high });
    for (const outlier of await outliers(all, inside, median, most, site)) {
      values.push({ series, outlier });
    }
  }
  const labels = labelsBelow(names, options.width);
  return vegaLite(values, { layer: boxLayers(labels) }, options);
}

const upTo = (field: string): object => ({
  field,
  type: "quantitative",
  title: "value",
  ...FITTED,
});

/** @param axis how the columns' names stand */
function boxLayers(axis: object): object[] {
  const x = { field: "series", type: "nominal", title: null, sort: null, axis };
  return [
    {
      mark: { type: "rule", tooltip: true },
      encoding: { x, y: upTo("low"), y2: { field: "high" } },
    },
    {
      mark: { type: "bar", size: 30, tooltip: true },
      encoding: { x, y: upTo("q1"), y2: { field: "q3" } },
    },
    {
      mark: { type: "tick", color: "white", size: 30 },
      encoding: { x, y: upTo("median") },
    },
    {
      mark: { type: "point", tooltip: true },
      encoding: { x, y: upTo("outlier") },
    },
  ];
}

async function quartilesOf(
  node: Relation,
  names: readonly string[],
  precision: number,
  site: CallSite,
): Promise<(readonly number[])[]> {
  if (!(precision > 0 && precision < 1)) {
    throw new RangeError(
      `Cannot draw ${site.operation} with a precision of ${
        showValue(precision)
      }: give a share between 0 and 1, such as 0.01`,
    );
  }
  const accuracy = Math.floor(1 / precision);
  const texts = names.map((name, i) =>
    `percentile_approx(CAST(${
      quoted(name)
    } AS DOUBLE), array(0.25D, 0.5D, 0.75D), ${accuracy}) AS c${i}`
  );
  const [row = {}] = await collect(plan.selectExpr(node, texts, site), site);
  return names.map((_, i) => {
    const found: unknown = row[`c${i}`];
    return Array.isArray(found) ? found.map(Number) : [];
  });
}

/** The outermost values within the fences. */
async function whiskers(
  node: Relation,
  [from, to]: readonly [number, number],
  site: CallSite,
): Promise<[low: number | null, high: number | null]> {
  const inside = `CASE WHEN v BETWEEN ${doubleText(from)} AND ${
    doubleText(to)
  } THEN v END`;
  const texts = [`min(${inside}) AS low`, `max(${inside}) AS high`];
  const [row = {}] = await collect(plan.selectExpr(node, texts, site), site);
  return [Number(row["low"]), Number(row["high"])];
}

/** The values beyond the fences that are farthest from the median. */
async function outliers(
  node: Relation,
  [from, to]: readonly [number, number],
  median: number,
  most: number,
  site: CallSite,
): Promise<number[]> {
  const beyond = plan.filter(
    node,
    `v < ${doubleText(from)} OR v > ${doubleText(to)} AND NOT isnan(v)`,
    site,
  );
  const measured = plan.selectExpr(
    beyond,
    ["v", `abs(v - ${doubleText(median)}) AS d`],
    site,
  );
  const sorted = plan.sort(measured, "sort", ["d"], { ascending: false }, site);
  const rows = await collect(relation(sorted, "limit", [most], site), site);
  return rows.map((row) => Number(row["v"]));
}

/** The smallest and the largest value of some columns, with a margin of a share of what is between them. */
async function extent(
  node: Relation,
  names: readonly string[],
  margin: number,
  site: CallSite,
): Promise<[low: number, high: number]> {
  const finite = names.map((name) => {
    const value = `CAST(${quoted(name)} AS DOUBLE)`;
    return `CASE WHEN abs(${value}) < DOUBLE('Infinity') THEN ${value} END`;
  });
  const texts = finite.flatMap((value, i) => [
    `min(${value}) AS l${i}`,
    `max(${value}) AS h${i}`,
  ]);
  const [row = {}] = await collect(plan.selectExpr(node, texts, site), site);
  const ends = Object.values(row).filter((value) => value !== null).map(Number);
  if (ends.length === 0) {
    throw new SparkError(
      "PLOT_EMPTY",
      `Cannot draw ${site.operation} of ${
        names.map((name) => `"${name}"`).join(", ")
      }: no row has a number there; look at the rows with show()`,
      { operation: site.operation },
    );
  }
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  if (low === high) return [low - 0.5, high + 0.5];
  return [low - margin * (high - low), high + margin * (high - low)];
}

function linspace(
  [low, high]: readonly [number, number],
  count: number,
): number[] {
  return Array.from(
    { length: count },
    (_, i) => i + 1 === count ? high : low + (high - low) * i / (count - 1),
  );
}

function checkCount(
  site: CallSite,
  what: string,
  count: number,
  max: number,
): void {
  if (Number.isInteger(count) && count >= 2 && count <= max) return;
  throw new RangeError(
    `Cannot draw ${site.operation} with ${what} = ${
      showValue(count)
    }: give a whole number from 2 to ${max}, the most points that a plot gets`,
  );
}

function axisTitle(names: readonly string[]): string {
  return names.length === 1 ? names[0] ?? "value" : "value";
}
