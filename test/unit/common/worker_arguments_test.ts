import assert from "node:assert/strict";
import { workerArguments } from "../../../src/common/worker_arguments.ts";

const COMMON = [
  "run",
  "--allow-all",
  "--no-prompt",
  "--quiet",
  "--v8-flags=--expose-gc",
];

Deno.test("the worker among the sources runs by the project's configuration", {
  permissions: "none",
}, () => {
  assert.deepEqual(workerArguments("/a b/worker/main.ts"), [
    ...COMMON,
    "--no-check",
    "--config=/a b/deno.json",
    "/a b/worker/main.ts",
  ]);
});

Deno.test("a bundled worker runs by nothing that lies around it", {
  permissions: "none",
}, () => {
  assert.deepEqual(workerArguments("/a/worker/main.mjs"), [
    ...COMMON,
    "--no-config",
    "--no-lock",
    "--node-modules-dir=none",
    "/a/worker/main.mjs",
  ]);
});
