import { checkOptions } from "../../rdd/checks.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { Relation } from "../plan/relation.ts";
import {
  type AxisType,
  checkNames,
  type Choice,
  numericColumns,
  plotRows,
} from "./plot_data.ts";
import {
  PLOT_OPTIONS,
  type PlotOptions,
  seriesColor,
  vegaLite,
  type VegaLiteSpec,
} from "./vega_lite.ts";

/** A plot of columns over another one. */
export type XyKind = "line" | "area" | "bar" | "barh" | "scatter";

/** Which rows each kind shows: bars the first, so that none is missing between them; what has a shape, a sample. */
const CHOICES: Readonly<Record<XyKind, Choice>> = {
  line: "sample",
  area: "sample",
  scatter: "sample",
  bar: "first",
  barh: "first",
};

/**
 * A plot of one or several columns over another one.
 *
 * @param node the frame
 * @param kind what is drawn
 * @param x the column of the horizontal axis
 * @param y the columns of the vertical axis; for `barh` it is the other way round
 * @param options title and size
 * @param site where the program asked for it
 */
export async function xyPlot(
  node: Relation,
  kind: XyKind,
  x: string,
  y: readonly string[],
  options: PlotOptions,
  site: CallSite,
): Promise<VegaLiteSpec> {
  checkOptions(site.operation, options, PLOT_OPTIONS);
  checkNames([x, ...Array.isArray(y) ? y : [y]], site);
  const values = await numericColumns(node, y, site);
  const { rows, axes, note } = await plotRows(
    node,
    [x, ...values],
    CHOICES[kind],
    site,
  );
  const points = values.flatMap((series, i) =>
    rows.map((row) => ({ x: row[0], y: row[i + 1], series }))
  );
  const title = values.length === 1 ? values[0] : "value";
  const [across, along] = [
    axis("x", kind === "bar" || kind === "barh" ? "nominal" : axes[0], x),
    { field: "y", type: "quantitative", title },
  ];
  const isTurned = kind === "barh";
  return vegaLite(
    points,
    {
      mark: { type: MARKS[kind], tooltip: true },
      encoding: {
        x: isTurned ? along : across,
        y: isTurned ? across : along,
        ...seriesColor(values),
      },
    },
    options,
    note,
  );
}

/**
 * A pie of a column's values by the labels of another one.
 *
 * @param node the frame
 * @param x the labels
 * @param y the values
 * @param options title and size
 * @param site where the program asked for it
 */
export async function piePlot(
  node: Relation,
  x: string,
  y: string,
  options: PlotOptions,
  site: CallSite,
): Promise<VegaLiteSpec> {
  checkOptions(site.operation, options, PLOT_OPTIONS);
  checkNames([x, y], site);
  const [value = y] = await numericColumns(node, y, site);
  const { rows, note } = await plotRows(node, [x, value], "first", site);
  return vegaLite(
    rows.map(([label, size]) => ({ x: label, y: size })),
    {
      mark: { type: "arc", tooltip: true },
      encoding: {
        theta: { field: "y", type: "quantitative", stack: true, title: value },
        color: { field: "x", type: "nominal", sort: null, title: x },
      },
    },
    options,
    note,
  );
}

const MARKS: Readonly<Record<XyKind, string>> = {
  line: "line",
  area: "area",
  bar: "bar",
  barh: "bar",
  scatter: "point",
};

/** Names and labels stay in the order of the rows. */
function axis(
  field: string,
  type: AxisType = "nominal",
  title: string,
): object {
  return type === "nominal"
    ? { field, type, title, sort: null }
    : { field, type, title };
}
