import assert from "node:assert/strict";
import { withTimeout } from "../../src/common/deadline.ts";
import { descendants } from "./processes.ts";

const PROGRAM = new URL("./programs/endless_job.ts", import.meta.url).pathname;
const DEADLINE_MS = 60_000;

/** A driver in a process of its own, whose one task runs and never ends. */
export interface EndlessDriver {
  /** The driver itself. */
  readonly driver: Deno.ChildProcess;
  /** Process ids of all below it. */
  readonly below: readonly number[];
}

/**
 * Starts such a driver and waits until its task runs.
 *
 * @param folder a folder for word from the worker
 * @param env what its environment has more than this one
 */
export async function startEndlessDriver(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<EndlessDriver> {
  const file = `${folder}/pid`;
  const watch = Deno.watchFs(folder);
  const driver = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", PROGRAM, file],
    env: { ...env },
    stdout: "null",
    stderr: "null",
  }).spawn();
  const started = (async (): Promise<boolean> => {
    for await (const { paths } of watch) {
      if (paths.includes(file)) return true;
    }
    return false;
  })();
  assert.equal(await withTimeout(DEADLINE_MS, started), true);
  const below = descendants(driver.pid);
  const worker = Number(await Deno.readTextFile(file));
  assert.ok(below.includes(worker), `${worker} is not in ${below}`);
  await Deno.remove(file);
  return { driver, below };
}
