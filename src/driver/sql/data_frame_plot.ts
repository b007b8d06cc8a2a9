import { callSite } from "../runtime/call_site.ts";
import { type HasRelation, RELATION } from "./frame_relation.ts";
import type { Relation } from "./plan/relation.ts";
import {
  box,
  type BoxOptions,
  density,
  type DistributionOptions,
  histogram,
} from "./plot/distribution_plots.ts";
import { Plot } from "./plot/plot.ts";
import type { PlotOptions } from "./plot/vega_lite.ts";
import { piePlot, type XyKind, xyPlot } from "./plot/xy_plots.ts";

/**
 * A column, or several.
 *
 * @ignore
 */
type Names<N extends string> = N | readonly N[];

/** What a histogram may be given. */
export interface HistogramOptions extends DistributionOptions {
  /** How many ranges values are counted in; 10 by default. */
  readonly bins?: number;
}

/** What a density plot may be given. */
export interface KdeOptions extends DistributionOptions {
  /** Standard deviation of the Gaussian kernels, in the columns' unit. */
  readonly bwMethod: number;
  /** Where the density is computed: points, or how many of them; 1000 by default. */
  readonly ind?: number | readonly number[];
}

/**
 * Pictures of a DataFrame: `df.plot`. Spark counts, sorts and samples, so that
 * no more points come than `spark.sql.pyspark.plotting.max_rows` says, 1000 by
 * default; where they are not all, the picture says so. `N` are the names of
 * its columns, as far as they are known.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 *
 * async function draw(df: DataFrame<{ city: string; people: number }>): Promise<void> {
 *   const plot = await df.plot.bar("city", "people", { title: "Where people live" });
 *   await plot.save("people.png");
 * }
 * ```
 */
export class DataFramePlot<N extends string = string> {
  readonly #node: Relation;

  /** @internal */
  constructor(df: HasRelation) {
    this.#node = df[RELATION];
  }

  /**
   * Lines, of a sample of the rows.
   *
   * @param x the column of the horizontal axis
   * @param y numeric columns of the vertical axis
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`
   */
  async line(x: N, y: Names<N>, options?: PlotOptions): Promise<Plot> {
    return await this.#xy("line", x, y, options);
  }

  /**
   * Areas on top of one another, of a sample of the rows.
   *
   * @param x the column of the horizontal axis
   * @param y numeric columns of the vertical axis
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`
   */
  async area(x: N, y: Names<N>, options?: PlotOptions): Promise<Plot> {
    return await this.#xy("area", x, y, options);
  }

  /**
   * Upright bars, of the first rows.
   *
   * @param x the column with the bars' labels
   * @param y numeric columns with their heights
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`
   */
  async bar(x: N, y: Names<N>, options?: PlotOptions): Promise<Plot> {
    return await this.#xy("bar", x, y, options);
  }

  /**
   * Lying bars, of the first rows.
   *
   * @param x numeric columns with their lengths
   * @param y the column with the bars' labels
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`
   */
  async barh(x: Names<N>, y: N, options?: PlotOptions): Promise<Plot> {
    return await this.#xy("barh", y, x, options);
  }

  /**
   * Points, of a sample of the rows.
   *
   * @param x the column of the horizontal axis
   * @param y numeric columns of the vertical axis
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`
   */
  async scatter(
    x: N,
    y: Names<N>,
    options?: PlotOptions,
  ): Promise<Plot> {
    return await this.#xy("scatter", x, y, options);
  }

  /**
   * A pie, of the first rows.
   *
   * @param x the column with the labels
   * @param y the numeric column with the sizes
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`
   */
  async pie(
    x: N,
    y: N,
    options: PlotOptions = {},
  ): Promise<Plot> {
    const site = callSite("plot.pie()");
    return new Plot(await piePlot(this.#node, x, y, options, site));
  }

  /**
   * How many values of numeric columns lie in each of some ranges.
   *
   * @param options which columns, and how many ranges
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`, `PLOT_NO_COLUMN`, or `PLOT_EMPTY` without any number
   * @throws RangeError for less than two ranges, or more than a plot has points
   */
  async hist(options: HistogramOptions = {}): Promise<Plot> {
    const site = callSite("plot.hist()");
    const { bins = 10 } = options;
    return new Plot(await histogram(this.#node, options, bins, site));
  }

  /**
   * Quartiles of numeric columns as boxes, with whiskers and outliers.
   *
   * @param options which columns, how far whiskers reach, how exact quartiles are
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC` or `PLOT_NO_COLUMN`
   */
  async box(options: BoxOptions = {}): Promise<Plot> {
    const site = callSite("plot.box()");
    return new Plot(await box(this.#node, options, site));
  }

  /**
   * The density of the values of numeric columns, by Gaussian kernels.
   *
   * @param options which columns, the kernels' width, and where it is computed
   * @throws SparkError `PLOT_COLUMN_NOT_NUMERIC`, `PLOT_NO_COLUMN`, or `PLOT_EMPTY` without any number
   * @throws RangeError for a width that is not above 0
   */
  async kde(options: KdeOptions): Promise<Plot> {
    const site = callSite("plot.kde()");
    const { bwMethod, ind = 1000 } = options;
    return new Plot(await density(this.#node, options, bwMethod, ind, site));
  }

  async #xy(
    kind: XyKind,
    x: string,
    y: string | readonly string[],
    options: PlotOptions = {},
  ): Promise<Plot> {
    const site = callSite(`plot.${kind}()`);
    const names = typeof y === "string" ? [y] : y;
    return new Plot(await xyPlot(this.#node, kind, x, names, options, site));
  }
}
