/** A picture in the grammar of Vega-Lite: plain JSON. */
export interface VegaLiteSpec {
  /** The grammar's version. */
  readonly $schema: string;
  /** The points. */
  readonly data: { readonly values: readonly object[] };
  /** Everything else. */
  readonly [key: string]: unknown;
}

/** What any plot can be given. */
export interface PlotOptions {
  /** A line above the picture. */
  readonly title?: string;
  /** Width of the picture without its axes, in pixels; 480 by default. */
  readonly width?: number;
  /** Height of the picture without its axes, in pixels; 300 by default. */
  readonly height?: number;
}

/** The names of {@link PlotOptions}. */
export const PLOT_OPTIONS: readonly string[] = ["title", "width", "height"];

/** Pixels, unless a plot is given others. */
export const DEFAULT_SIZE = { width: 480, height: 300 };

/** The version that notebooks know by a media type of its own. */
const SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/**
 * A specification of points and what is drawn of them.
 *
 * @param values the points
 * @param drawing marks, encodings or layers
 * @param options title and size
 * @param note what has to be known of the points, such as that they are a sample
 */
export function vegaLite(
  values: readonly object[],
  drawing: Readonly<Record<string, unknown>>,
  { title, width = DEFAULT_SIZE.width, height = DEFAULT_SIZE.height }:
    PlotOptions,
  note: string | null = null,
): VegaLiteSpec {
  const text = title ?? (note === null ? undefined : "");
  return {
    $schema: SCHEMA,
    ...(text === undefined
      ? {}
      : { title: { text, ...(note === null ? {} : { subtitle: note }) } }),
    width,
    height,
    data: { values },
    ...drawing,
  };
}

/** An axis that fits its values; Vega-Lite's begin at zero, as only lengths have to. */
export const FITTED = { scale: { zero: false } };

/** The color of several series in one picture; nothing for a single one. */
export function seriesColor(names: readonly string[]): object {
  return names.length < 2
    ? {}
    : { color: { field: "series", type: "nominal", sort: names, title: null } };
}

/** What has series stand on one another. */
export interface Stack {
  /** Numbers the series. */
  readonly transform?: readonly object[];
  /** Orders them by that, and keeps it out of what a pointer is told. */
  readonly encoding?: { readonly order: object; readonly tooltip: object[] };
}

/**
 * Has series stand on one another in their order, the first below: Vega-Lite
 * goes by their names, backward.
 *
 * @param names of the series; nothing for a single one
 * @param told what a pointer at a mark is told beside its series
 */
export function stackOf(
  names: readonly string[],
  told: readonly object[],
): Stack {
  if (names.length < 2) return {};
  const calculate = `indexof(${JSON.stringify(names)}, datum.series)`;
  return {
    transform: [{ calculate, as: "place" }],
    encoding: {
      order: { field: "place", type: "quantitative" },
      tooltip: [...told, { field: "series", type: "nominal" }],
    },
  };
}
