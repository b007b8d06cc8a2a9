import { dirname, extname } from "node:path";
import { dataProperty } from "../../../common/describe_value.ts";
import { SparkError } from "../../../common/errors.ts";
import { JUPYTER_DISPLAY } from "../../../common/inspect.ts";
import { platform } from "../../../common/platform/deno.ts";
import { renderPng, renderSvg } from "./render_plot.ts";
import type { VegaLiteSpec } from "./vega_lite.ts";

/**
 * A picture of a DataFrame: a specification in Vega-Lite with the points in
 * it. Notebooks show it when it ends a cell.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 *
 * async function draw(sales: DataFrame<{ day: Date; amount: number }>): Promise<void> {
 *   const plot = await sales.plot.line("day", "amount");
 *   await plot.save("sales.svg");
 * }
 * ```
 */
export class Plot {
  /** What is drawn, as JSON that Vega-Lite and its editors read. */
  readonly spec: VegaLiteSpec;

  /**
   * Takes a specification.
   *
   * @param spec what is drawn
   */
  constructor(spec: VegaLiteSpec) {
    this.spec = spec;
  }

  /**
   * The picture as SVG. Needs the packages vega and vega-lite, which Deno
   * fetches by itself.
   *
   * @throws SparkError `PACKAGE_MISSING`
   */
  async toSVG(): Promise<string> {
    return await renderSvg(this.spec);
  }

  /**
   * The picture as PNG. Needs the package @napi-rs/canvas too.
   *
   * @param scale how many pixels a unit of length has; 2 by default
   * @throws SparkError `PACKAGE_MISSING`
   */
  async toPNG(scale: number = 2): Promise<Uint8Array> {
    return await renderPng(this.spec, scale);
  }

  /**
   * The picture as a page that needs nothing else, with its specification in it.
   *
   * @throws SparkError `PACKAGE_MISSING`
   */
  async toHTML(): Promise<string> {
    const json = JSON.stringify(this.spec).replaceAll("<", "\\u003c");
    return `<!doctype html>
<meta charset="utf-8">
<title>Plot</title>
${await this.toSVG()}
<script type="application/vnd.vegalite.v5+json">${json}</script>
`;
  }

  /**
   * Writes the picture into a file.
   *
   * @param path ends with .svg, .png, .html, or .json for the specification
   * @throws SparkError `PLOT_FORMAT_UNKNOWN` for another ending; `PLOT_FOLDER_MISSING`; `PACKAGE_MISSING`
   */
  async save(path: string): Promise<void> {
    const content = await this.#content(path);
    try {
      await platform.writeAtomically(path, content, 0o644);
    } catch (cause) {
      throw isNotThere(cause) ? folderMissing(path, cause) : cause;
    }
  }

  async #content(path: string): Promise<string | Uint8Array> {
    switch (extname(path)) {
      case ".svg":
        return await this.toSVG();
      case ".png":
        return await this.toPNG();
      case ".html":
        return await this.toHTML();
      case ".json":
        return JSON.stringify(this.spec, null, 2);
      default:
        throw new SparkError(
          "PLOT_FORMAT_UNKNOWN",
          `Cannot save a plot as "${path}": its ending names no format; use .svg, .png, .html or .json`,
          { path },
        );
    }
  }

  /**
   * What a notebook shows.
   *
   * @internal
   */
  [JUPYTER_DISPLAY](): Record<string, string | object> {
    return {
      "application/vnd.vegalite.v5+json": this.spec,
      "text/plain": `Plot of ${this.spec.data.values.length} points`,
    };
  }
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && dataProperty(error, "code") === "ENOENT";
}

function folderMissing(path: string, cause: unknown): SparkError {
  const folder = dirname(path);
  return new SparkError(
    "PLOT_FOLDER_MISSING",
    `Cannot save a plot as "${path}": there is no folder "${folder}"; make it first`,
    { path, folder },
    { cause },
  );
}
