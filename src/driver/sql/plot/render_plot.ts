import process from "node:process";
import { SparkError } from "../../../common/errors.ts";
import { importModule } from "../../closure/import_module.ts";
import type { VegaLiteSpec } from "./vega_lite.ts";

/** Packages that only pictures in files need, with the versions that are tried. */
export const PLOT_PACKAGES = {
  "vega": "^6.2.0",
  "vega-lite": "^6.4.0",
  "@napi-rs/canvas": "^1.1.1",
} as const;

interface Vega {
  parse(spec: unknown): unknown;
  readonly View: new (
    runtime: unknown,
    options: { readonly renderer: "none" },
  ) => { toSVG(scale: number): Promise<string>; finalize(): unknown };
}

interface VegaLite {
  compile(spec: unknown): { readonly spec: unknown };
}

interface CanvasPackage {
  loadImage(svg: Uint8Array): Promise<Image>;
  createCanvas(width: number, height: number): {
    getContext(kind: "2d"): Context;
    toBuffer(type: "image/png"): Uint8Array;
  };
}

interface Image {
  readonly width: number;
  readonly height: number;
}

interface Context {
  fillStyle: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  drawImage(image: Image, x: number, y: number): void;
}

/**
 * Draws a plot as SVG, by the packages vega and vega-lite.
 *
 * @param spec what is drawn
 * @param scale how many pixels a unit of length has
 * @throws SparkError `PACKAGE_MISSING` when they are not installed
 */
export async function renderSvg(
  spec: VegaLiteSpec,
  scale: number = 1,
): Promise<string> {
  const { compile } = await optionalPackage("vega-lite") as VegaLite;
  const { parse, View } = await optionalPackage("vega") as Vega;
  const { spec: drawn } = compile(structuredClone(spec)); // they write into the points
  const view = new View(parse(drawn), { renderer: "none" });
  try {
    return await view.toSVG(scale);
  } finally {
    view.finalize();
  }
}

/**
 * Draws a plot as PNG on white, by the package @napi-rs/canvas on top of those
 * for SVG.
 *
 * @param spec what is drawn
 * @param scale how many pixels a unit of length has
 * @throws SparkError `PACKAGE_MISSING` when one of them is not installed
 */
export async function renderPng(
  spec: VegaLiteSpec,
  scale: number,
): Promise<Uint8Array> {
  const svg = await renderSvg(spec, scale);
  const { createCanvas, loadImage } = await optionalPackage(
    "@napi-rs/canvas",
  ) as CanvasPackage;
  const image = await loadImage(new TextEncoder().encode(svg));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, image.width, image.height);
  context.drawImage(image, 0, 0);
  return canvas.toBuffer("image/png");
}

/** Deno fetches a package when it is asked for; Node has what is installed. */
async function optionalPackage(
  name: keyof typeof PLOT_PACKAGES,
): Promise<unknown> {
  const isDeno = "deno" in process.versions;
  const version = PLOT_PACKAGES[name];
  try {
    return await importModule(isDeno ? `npm:${name}@${version}` : name);
  } catch (cause) {
    throw new SparkError(
      "PACKAGE_MISSING",
      `Cannot draw the plot: the package "${name}" cannot be loaded; install it with npm install vega vega-lite @napi-rs/canvas, or use the plot's spec`,
      { package: name },
      { cause },
    );
  }
}
