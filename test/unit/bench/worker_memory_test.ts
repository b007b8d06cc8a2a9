import assert from "node:assert/strict";
import {
  findWorkers,
  parseStat,
  peakWorkerMiB,
} from "../../../bench/harness/worker_memory.ts";

const pure = { permissions: "none" } as const;

Deno.test("parseStat() takes names with blanks and parentheses", pure, () => {
  assert.deepEqual(parseStat("12 (a) (b c) S 7 12 12 0 -1\n"), {
    pid: 12,
    parent: 7,
    program: "a) (b c",
  });
  assert.equal(parseStat(""), undefined);
});

Deno.test(
  "findWorkers() finds what an engine's JVM has started, not the engine's own",
  pure,
  () => {
    const processes = [
      { pid: 1, parent: 0, program: "deno" },
      { pid: 2, parent: 1, program: "java" },
      { pid: 3, parent: 2, program: "deno" },
      { pid: 4, parent: 3, program: "deno" },
      { pid: 5, parent: 1, program: "esbuild" },
      { pid: 6, parent: 0, program: "java" },
      { pid: 7, parent: 6, program: "python3" },
    ];
    assert.deepEqual(findWorkers(processes, 1), [3, 4]);
    assert.deepEqual(findWorkers(processes, 4), []);
  },
);

Deno.test("peakWorkerMiB() is undefined where no worker runs", async () => {
  assert.equal(await peakWorkerMiB(Deno.pid), undefined);
});
