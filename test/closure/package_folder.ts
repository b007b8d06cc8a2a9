/**
 * A project with packages of every make, as a package manager would leave it.
 *
 * @module
 */

import { join } from "node:path";

const FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    name: "project",
    dependencies: { shapes: "1", "old-style": "1" },
  }),

  // An ES module in two files: classes, an object, functions that make functions.
  "node_modules/shapes/package.json": JSON.stringify({
    name: "shapes",
    version: "1.0.0",
    type: "module",
    exports: "./index.js",
  }),
  "node_modules/shapes/index.js": `
export { Square } from "./square.js";
import { Square } from "./square.js";
export const area = (shape) => shape.area();
const scale = 10;
export const makeScaler = (by) => (x) => x * by * scale;
export class Meter {
  constructor(unit) { this.unit = unit; this.show = (n) => n + " " + this.unit + nested(this)(); }
  read = () => this.show(1);
  copy() { const next = Object.create(Meter.prototype); next.unit = "copy"; next.show = this.show; return next; }
}
const nested = (meter) => { const made = 1; return function () { return [made].map(() => this === undefined ? "!" : "?")[0]; }; };
export const settings = {};
export function words() { return settings.language?.words ?? ["yes"]; }
export const tools = { double: (x) => x * 2, deep: { triple: (x) => x * 3 }, cache: new WeakMap() };
let calls = 0;
export function count() { return ++calls; }
export class Secret { #value = 7; read() { return this.#value; } }
export function fail() { throw new RangeError("out of shape"); }
export default Square;
`,
  "node_modules/shapes/square.js": `
export class Square {
  static unit = new Square(1);
  constructor(side) { this.side = side; }
  area() { return this.side ** 2; }
}
`,

  // CommonJS: a function with others hanging on it, and a package that may be missing.
  "node_modules/old-style/package.json": JSON.stringify({
    name: "old-style",
    version: "1.0.0",
    main: "./main.js",
  }),
  "node_modules/old-style/main.js": `
const os = require("node:os");
let colors = false;
try { colors = require("not-there-at-all"); } catch { colors = null; }
module.exports = function old(x) { return "old " + x + " " + colors + " " + typeof os.EOL; };
module.exports.upper = (x) => x.toUpperCase();
`,
};

/** A folder of its own, removed at the end. */
export async function packageFolder(): Promise<
  AsyncDisposable & { readonly path: string }
> {
  const path = await Deno.realPath(await Deno.makeTempDir());
  for (const [name, text] of Object.entries(FILES)) {
    await Deno.mkdir(join(path, name, ".."), { recursive: true });
    await Deno.writeTextFile(join(path, name), text);
  }
  return {
    path,
    async [Symbol.asyncDispose](): Promise<void> {
      await Deno.remove(path, { recursive: true });
    },
  };
}
