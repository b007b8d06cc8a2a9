import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { FACADES } from "../../../scripts/lint_plugin.ts";
import { findCircles, importsOf, readImports } from "./circles.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A type may be a struct, whose class reads and writes types: `StructType` is one of them. */
const TYPES = "src/types/";

Deno.test("no file of src/ and worker/ imports itself by way of others, except for public classes", async () => {
  const graph = await readImports(ROOT, ["src", "worker"]);
  assert.ok(graph.size > 250, "the files are there");
  const isAllowed = (file: string): boolean =>
    FACADES.has(file) || file.startsWith(TYPES);
  const circles = findCircles(graph)
    .filter((circle) => !circle.every(isAllowed));
  assert.deepEqual(circles, []);
});

Deno.test("importsOf() finds every form of import, and none in comments", () => {
  const text = `
    import { a } from "./a.ts";
    import type { B } from "../b.ts";
    import "./c.ts";
    export * from "./d.ts";
    export {
      e,
    } from "./e.ts";
    const f = await import("./f.ts");
    import ms from "ms";
    /** import { x } from "./x.ts"; */
  `;
  assert.deepEqual(importsOf("src/rdd/rdd.ts", text), [
    "src/rdd/a.ts",
    "src/b.ts",
    "src/rdd/c.ts",
    "src/rdd/d.ts",
    "src/rdd/e.ts",
    "src/rdd/f.ts",
  ]);
});

Deno.test("findCircles() finds circles of two and more, and no line", () => {
  const graph = new Map([
    ["a", new Set(["b", "f"])],
    ["b", new Set(["c"])],
    ["c", new Set(["a", "d"])],
    ["d", new Set(["e"])],
    ["e", new Set(["d", "g"])],
    ["f", new Set(["g"])],
    ["g", new Set<string>()],
  ]);
  assert.deepEqual(findCircles(graph).sort(), [["a", "b", "c"], ["d", "e"]]);
});
