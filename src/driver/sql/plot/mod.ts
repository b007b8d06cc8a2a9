/**
 * Pictures of DataFrames.
 *
 * @module
 */
export {
  DataFramePlot,
  type HistogramOptions,
  type KdeOptions,
} from "../data_frame_plot.ts";
export type { BoxOptions, DistributionOptions } from "./distribution_plots.ts";
export { Plot } from "./plot.ts";
export type { PlotOptions, VegaLiteSpec } from "./vega_lite.ts";
