import { checkOptions } from "../../rdd/checks.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import type { Relation } from "../plan/relation.ts";
import { labelsBelow, timeLabels } from "./axis_labels.ts";
import {
  type AxisType,
  checkNames,
  type Choice,
  numericColumns,
  plotRows,
} from "./plot_data.ts";
import {
  FITTED,
  PLOT_OPTIONS,
  type PlotOptions,
  seriesColor,
  type Stack,
  stackOf,
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
  const isBars = kind === "bar" || kind === "barh";
  const places = rows.map(([place = null]) => place);
  const xs = isBars && axes[0] === "temporal" ? timeLabels(places) : places;
  const points = values.flatMap((series, i) =>
    rows.map((row, r) => ({ x: xs[r], y: row[i + 1], series }))
  );
  const title = values.length === 1 ? values[0] : "value";
  const isTurned = kind === "barh";
  const labels = isTurned ? {} : { axis: labelsBelow(xs, options.width) };
  const fitted = kind === "line" || kind === "scatter" ? FITTED : {};
  const [across, along] = [
    axis("x", isBars ? "nominal" : axes[0], x, labels, fitted),
    { field: "y", type: "quantitative", title, ...fitted },
  ];
  const stack: Stack = isBars || kind === "area"
    ? stackOf(values, [
      { field: "x", type: isBars ? "nominal" : axes[0], title: x },
      along,
    ])
    : {};
  return vegaLite(
    points,
    {
      ...(stack.transform && { transform: stack.transform }),
      mark: {
        type: MARKS[kind],
        tooltip: true,
        ...(isBars && { invalid: null }), // a label without a value keeps its place
      },
      encoding: {
        x: isTurned ? along : across,
        y: isTurned ? across : along,
        ...seriesColor(values),
        ...stack.encoding,
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
  const { rows, axes, note } = await plotRows(node, [x, value], "first", site);
  const names = rows.map(([label = null]) => label);
  const labels = axes[0] === "temporal" ? timeLabels(names) : names;
  const label = { field: "x", type: "nominal", title: x };
  const size = { field: "y", type: "quantitative", title: value };
  return vegaLite(
    rows.map((row, i) => ({ x: labels[i], y: row[1] })),
    {
      transform: [{ window: [{ op: "row_number", as: "place" }] }],
      mark: { type: "arc", tooltip: true },
      encoding: {
        theta: { ...size, stack: true },
        color: { ...label, sort: null },
        order: { field: "place", type: "quantitative" }, // else by labels
        tooltip: [label, size],
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
  labels: object,
  fitted: object,
): object {
  if (type === "nominal") return { field, type, title, sort: null, ...labels };
  return { field, type, title, ...(type === "quantitative" && fitted) };
}
