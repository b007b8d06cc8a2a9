import type { ChildOutcome } from "./run_child.ts";

const FOLDER = new URL("record/", import.meta.url);

/** Adds an outcome without findings to today's record, a line of JSON each. */
export async function addToRecord(outcome: ChildOutcome): Promise<void> {
  const { run, seconds, refused, peakBytes } = outcome;
  const date = new Date().toISOString();
  const line = JSON.stringify({
    date,
    commit: await commit(),
    deno: Deno.version.deno,
    ...run,
    seconds: Math.round(seconds),
    refused,
    peakBytes,
  });
  await Deno.mkdir(FOLDER, { recursive: true });
  await Deno.writeTextFile(
    new URL(`${date.slice(0, 10)}.jsonl`, FOLDER),
    `${line}\n`,
    { append: true },
  );
}

/** The commit that was tried, with "+" for changes on top. */
async function commit(): Promise<string> {
  const { stdout } = await new Deno.Command("git", {
    args: ["describe", "--always", "--dirty=+", "--abbrev=9"],
    cwd: import.meta.dirname ?? ".",
  }).output();
  return new TextDecoder().decode(stdout).trim();
}
