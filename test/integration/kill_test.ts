import assert from "node:assert/strict";
import { within } from "../../src/common/deadline.ts";
import { descendants, parentOf } from "./processes.ts";

const PROGRAM = new URL("./programs/endless_job.ts", import.meta.url).pathname;
const DEADLINE_MS = 60_000;

/** Resolves when a process is gone. */
async function gone(pid: number): Promise<void> {
  await new Deno.Command("tail", {
    args: [`--pid=${pid}`, "-f", "/dev/null"],
    stdout: "null",
    stderr: "null",
  }).output();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  Deno.test(`a driver that ${signal} ends in the middle of a task leaves no process`, async () => {
    const folder = await Deno.makeTempDir();
    const file = `${folder}/pid`;
    const watch = Deno.watchFs(folder);
    const driver = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", PROGRAM, file],
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      const started = (async (): Promise<boolean> => {
        for await (const { paths } of watch) {
          if (paths.includes(file)) return true;
        }
        return false;
      })();
      assert.equal(await within(DEADLINE_MS, started), true);
      const below = descendants(driver.pid);
      const worker = Number(await Deno.readTextFile(file));
      assert.ok(below.includes(worker), `${worker} is not in ${below}`);
      driver.kill(signal);
      const ended = Promise.all([driver.pid, ...below].map(gone));
      await driver.status;
      assert.ok(
        await within(DEADLINE_MS, ended) !== undefined,
        `left: ${below.filter((pid) => parentOf(pid) !== null)}`,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
