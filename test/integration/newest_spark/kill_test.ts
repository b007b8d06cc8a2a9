import assert from "node:assert/strict";
import { withTimeout } from "../../../src/common/deadline.ts";
import { startEndlessDriver } from "../endless_driver.ts";
import { ended, parentOf } from "../processes.ts";

const DEADLINE_MS = 60_000;

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  Deno.test(`a driver that ${signal} ends in the middle of a task leaves no process`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const { driver, below } = await startEndlessDriver(folder);
      driver.kill(signal);
      const all = ended([driver.pid, ...below]);
      await driver.status;
      assert.ok(
        await withTimeout(DEADLINE_MS, all) !== undefined,
        `left: ${below.filter((pid) => parentOf(pid) !== null)}`,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
