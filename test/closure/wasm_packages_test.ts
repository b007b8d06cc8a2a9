// deno-lint-ignore-file no-import-prefix -- nothing but this test uses these packages
import assert from "node:assert/strict";
import initSqlJs from "npm:sql.js@1.17.0";
import { SourceMapConsumer } from "npm:source-map@0.8.0";
import { get_encoding } from "npm:tiktoken@1.0.22";
import { Parser } from "npm:web-tree-sitter@0.27.2";
import { encode } from "npm:@jsquash/png@3.1.1";
import { bundleByDeno } from "../../src/driver/closure/bundle_by_deno.ts";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { describe } from "./parcel.ts";
import { runBundled } from "./run_bundled.ts";
import type { Cases } from "./run_cases.ts";

/** By package: functions that need its WebAssembly. */
const CASES: Cases = {
  "tiktoken: a tokenizer": () =>
    get_encoding("cl100k_base").encode("What a lovely day"),
  "sql.js: a database": async () => {
    const { Database } = await initSqlJs();
    return new Database().exec("SELECT 1 + 2 AS three");
  },
  "brotli-wasm: a codec": async () => {
    const { default: loading } = await import("npm:brotli-wasm@3.0.1");
    const brotli = await loading;
    const text = new TextEncoder().encode("a".repeat(1000));
    return brotli.decompress(brotli.compress(text)).length;
  },
  "source-map: a reader": async () => {
    const map = {
      version: 3,
      file: "a.js",
      sources: ["a.ts"],
      names: [],
      mappings: "AAAA",
    };
    const reader = await new SourceMapConsumer(map);
    return reader.originalPositionFor({ line: 1, column: 0 });
  },
  "web-tree-sitter: a parser": async () => {
    await Parser.init();
    return new Parser().parse === Parser.prototype.parse;
  },
  "@jsquash/png: an image": async () => {
    const image = new ImageData(new Uint8ClampedArray([1, 2, 3, 255]), 1, 1);
    return (await encode(image)).byteLength > 50;
  },
};

Deno.test("packages travel with the WebAssembly that they load", async (t) => {
  using capturer = new ClosureCapturer();
  const outcomes = await runBundled(capturer, CASES, bundleByDeno);
  for (const [at, [what, f]] of Object.entries(CASES).entries()) {
    await t.step(what, async () => {
      assert.equal(outcomes[at]?.stack, "");
      assert.equal(outcomes[at]?.result, describe(await f()));
    });
  }
});
