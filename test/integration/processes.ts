import assert from "node:assert/strict";
import { withTimeout } from "../../src/common/deadline.ts";

const DEADLINE_MS = 60_000;

/**
 * Process ids of everything below a process.
 *
 * @param pid the process
 */
export function descendants(pid: number): number[] {
  const children = [...Deno.readDirSync("/proc")].map(({ name }) =>
    Number(name)
  )
    .filter((id) => Number.isInteger(id) && parentOf(id) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** A process's parent; null when it has ended. */
export function parentOf(pid: number): number | null {
  const stat = read(pid, "stat");
  if (stat === null) return null;
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** Resolves when processes have ended. */
export async function ended(pids: readonly number[]): Promise<true> {
  await Promise.all(pids.map((pid) =>
    new Deno.Command("tail", {
      args: [`--pid=${pid}`, "-f", "/dev/null"],
      stdout: "null",
      stderr: "null",
    }).output()
  ));
  return true;
}

/** Resolves when processes are gone, and fails when that takes more than a minute. */
export async function gone(pids: readonly number[]): Promise<void> {
  await withTimeout(DEADLINE_MS, ended(pids));
  assert.deepEqual(pids.filter((pid) => parentOf(pid) !== null), []);
}

/** The processes below this one that have served a task, or are about to. */
export function workers(): number[] {
  return descendants(Deno.pid).filter((pid) =>
    read(pid, "cmdline")?.split("\0").includes("serve") === true
  );
}

/** A process's command, its words with spaces between; null when it has ended. */
export function commandOf(pid: number): string | null {
  return read(pid, "cmdline")?.replaceAll("\0", " ") ?? null;
}

/** What a process holds in memory now, and the most that it ever held, in bytes; zeros when it has ended. */
export function residentBytes(pid: number): { now: number; peak: number } {
  const status = read(pid, "status") ?? "";
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
  return { now: kilobytes("VmRSS") * 1024, peak: kilobytes("VmHWM") * 1024 };
}

/** The secrets of Spark's in a process's environment: of a daemon's connections, of an executor's. */
export function environmentSecrets(pid: number): string[] {
  return [...(read(pid, "environ") ?? "").matchAll(
    /(?:PYTHON_WORKER_FACTORY_SECRET|_SPARK_AUTH_SECRET)=([^\0]+)/g,
  )].map(([, secret = ""]) => secret);
}

function read(pid: number, file: string): string | null {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${file}`);
  } catch {
    return null;
  }
}
