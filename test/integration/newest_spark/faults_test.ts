import assert from "node:assert/strict";
import { runFaults } from "../../faults/run_faults.ts";

/** Each once, of those that share a session and take no waiting of Spark's own. */
const QUICK = [
  "worker",
  "frame",
  "exit",
  "recursion",
  "finally",
  "rejection",
  "stdout",
  "loop",
  "take",
  "disk",
];

Deno.test("a fault gives the exact result or a clear error, the next job runs, and nothing is left", async (t) => {
  for (const { name, wrong } of await runFaults(QUICK, 1)) {
    await t.step(name, () => assert.deepEqual(wrong, []));
  }
});

Deno.test("a fault that there is not is refused", async () => {
  await assert.rejects(runFaults(["flood"], 1), {
    message: 'There is no fault "flood"',
  });
});
