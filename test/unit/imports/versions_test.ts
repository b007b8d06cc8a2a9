import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readImports } from "./circles.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A comparison with a version, as `dialect === "3.5"` is one. */
const COMPARISON = /[!=]==? "[34]\.\d"/;

Deno.test("only the dialects compare versions of Spark", async () => {
  const files = (await readImports(ROOT, ["src", "worker"])).keys();
  const comparing: string[] = [];
  for (const file of files) {
    if (file.startsWith("src/protocol/dialects/")) continue;
    const text = await readFile(`${ROOT}/${file}`, "utf8");
    if (COMPARISON.test(text)) comparing.push(file);
  }
  assert.deepEqual(comparing, []);
});
