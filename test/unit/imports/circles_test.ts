import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { FACADES } from "../../../scripts/lint_plugin.ts";
import { findCircles, importsOf, readImports } from "./circles.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Public classes whose methods return one another, so that a file for each
 * cannot be without a circle: `df.rdd()`, `rdd.toDF()`, `df.sparkSession`.
 * ARCHITECTURE.md says why they stay.
 */
const CLASSES_OF_A_CIRCLE = [
  "src/driver/context/spark_context.ts",
  "src/driver/rdd/rdd.ts",
  "src/driver/rdd/rdd_barrier.ts",
  "src/driver/sql/catalog.ts",
  "src/driver/sql/cogrouped_data.ts",
  "src/driver/sql/data_frame.ts",
  "src/driver/sql/data_frame_na_functions.ts",
  "src/driver/sql/data_frame_stat_functions.ts",
  "src/driver/sql/grouped_data.ts",
  "src/driver/sql/io/data_frame_reader.ts",
  "src/driver/sql/session_builder.ts",
  "src/driver/sql/spark_session.ts",
  "src/driver/sql/table_valued_function.ts",
  "src/driver/streaming/data_stream_reader.ts",
  "src/driver/streaming/data_stream_writer.ts",
];

Deno.test("no file of src/ and worker/ imports itself by way of others, except for public classes that return one another", async () => {
  const graph = await readImports(ROOT, ["src", "worker"]);
  assert.ok(graph.size > 250, "the files are there");
  assert.deepEqual(findCircles(graph), [CLASSES_OF_A_CIRCLE]);
  for (const file of CLASSES_OF_A_CIRCLE) assert.ok(FACADES.has(file), file);
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
