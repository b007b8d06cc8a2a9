/**
 * A project with packages of every make, as a package manager would leave it.
 *
 * @module
 */

import { join } from "node:path";

const FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    name: "project",
    dependencies: { shapes: "1", "old-style": "1", beside: "1" },
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

  // An ES module that reads files beside it, in all ways.
  "node_modules/beside/package.json": JSON.stringify({
    name: "beside",
    version: "1.2.3",
    type: "module",
    exports: "./lib/index.js",
  }),
  "node_modules/beside/data/word.txt": "word",
  "node_modules/beside/data/late.txt": "late",
  "node_modules/beside/data/large.bin": "0123456789",
  "node_modules/beside/lib/index.js": `
import fs, { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path, { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { add } from "./add.wasm";
const here = dirname(fileURLToPath(import.meta.url));
const word = new URL("../data/word.txt", import.meta.url);
export const read = async () => [
  readFileSync(word, "utf8"),
  String(readFileSync(join(here, "..", "data", "word.txt"))),
  await readFile(word, { encoding: "utf8" }),
  await (await import("node:fs/promises")).readFile(word, "utf8"),
  await new Promise((done) => fs.readFile(word, "utf8", (_, text) => done(text))),
  await (await fetch(word)).text(),
];
export const readByDeno = async () => [
  Deno.readTextFileSync(word),
  await Deno.readTextFile(word),
  Deno.readFileSync(word).length,
  (await Deno.readFile(word)).length,
];
export const exists = () => [existsSync(word), existsSync(join(here, "nothing.txt")), path.basename(import.meta.filename), import.meta.dirname === here];
export const version = () => createRequire(import.meta.url)("../package.json").version;
export const late = (name) => readFileSync(join(here, "../data", name), "utf8");
export const addImported = add;
export const addStreaming = async (a, b) => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL("add.wasm", import.meta.url)));
  return instance.exports.add(a, b);
};
`,

  // CommonJS with an addon that was not built, which it does without.
  "node_modules/unbuilt/package.json": JSON.stringify({
    name: "unbuilt",
    version: "1.0.0",
    main: "./main.js",
  }),
  "node_modules/unbuilt/main.js": `
let addon = null;
for (const kind of ["Release", "Debug"]) {
  try { addon = require("./build/" + kind + "/bindings"); } catch { /* not built */ }
}
exports.log = (text) => (addon?.log ?? String)(text);
`,

  // CommonJS: a function with others hanging on it, and a package that may be missing.
  "node_modules/old-style/word.txt": "old word",
  "node_modules/old-style/package.json": JSON.stringify({
    name: "old-style",
    version: "1.0.0",
    main: "./main.js",
  }),
  "node_modules/old-style/main.js": `
const os = require("node:os");
let colors = false;
let write = String;
try { write = require("unbuilt").log; } catch { /* it is quiet */ }
try { colors = require("not-there-at-all"); } catch { colors = null; }
module.exports = function old(x) { return "old " + x + " " + colors + " " + typeof os.EOL; };
const { readFileSync } = require("fs");
module.exports.beside = () => [readFileSync(__dirname + "/word.txt", "utf8"), readFileSync(\`\${__dirname}/word.txt\`, "utf8"), os.EOL.length, __filename.slice(-7)];
module.exports.log = (x) => write(x);
module.exports.upper = (x) => x.toUpperCase();
`,
};

/** `add` of two 32-bit integers. */
const ADD_WASM = Uint8Array.fromBase64(
  "AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=",
);

/** A folder of its own, removed at the end. */
export async function packageFolder(): Promise<
  AsyncDisposable & { readonly path: string }
> {
  const path = await Deno.realPath(await Deno.makeTempDir());
  for (const [name, text] of Object.entries(FILES)) {
    await Deno.mkdir(join(path, name, ".."), { recursive: true });
    await Deno.writeTextFile(join(path, name), text);
  }
  const wasm = join(path, "node_modules/beside/lib/add.wasm");
  await Deno.writeFile(wasm, ADD_WASM);
  return {
    path,
    async [Symbol.asyncDispose](): Promise<void> {
      await Deno.remove(path, { recursive: true });
    },
  };
}
