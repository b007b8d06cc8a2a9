/**
 * Peak memory of the workers below an engine, from Linux's `/proc`; elsewhere
 * there is none to tell.
 *
 * @module
 */

/** A process as `/proc/<pid>/stat` tells of it. */
export interface ProcessEntry {
  /** Its id. */
  readonly pid: number;
  /** Its parent's id. */
  readonly parent: number;
  /** Name of its program, cut to 15 characters by Linux. */
  readonly program: string;
}

/**
 * Most memory that one worker held at once since its last reset, in MiB.
 *
 * @param engine process id of the engine
 * @returns undefined when no worker runs
 */
export async function peakWorkerMiB(
  engine: number,
): Promise<number | undefined> {
  const peaks: number[] = [];
  for (const pid of findWorkers(await listProcesses(), engine)) {
    const status = await readProc(`${pid}/status`);
    const kibibytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
    if (kibibytes !== undefined) peaks.push(Number(kibibytes) / 1024);
  }
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

/** Lets the workers' peaks begin at what they hold now. */
export async function resetWorkerPeaks(engine: number): Promise<void> {
  for (const pid of findWorkers(await listProcesses(), engine)) {
    try {
      await Deno.writeTextFile(`/proc/${pid}/clear_refs`, "5");
    } catch {
      // It has ended, or is not ours to reset: its peak then counts from its start.
    }
  }
}

/**
 * Ids of the processes that an engine's JVM has started, and theirs.
 *
 * @param processes all processes
 * @param engine process id of the engine
 */
export function findWorkers(
  processes: readonly ProcessEntry[],
  engine: number,
): number[] {
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const workers: number[] = [];
  const visit = (pid: number, isBelowJvm: boolean): void => {
    for (const child of children.get(pid) ?? []) {
      if (isBelowJvm) workers.push(child.pid);
      visit(child.pid, isBelowJvm || child.program === "java");
    }
  };
  visit(engine, false);
  return workers;
}

/**
 * Reads one line of `/proc/<pid>/stat`.
 *
 * @returns undefined for anything else
 */
export function parseStat(line: string): ProcessEntry | undefined {
  // The program's name may hold blanks and parentheses.
  const [, pid, program, parent] = /^(\d+) \((.*)\) \S (\d+) /s.exec(line) ??
    [];
  if (program === undefined) return undefined;
  return { pid: Number(pid), parent: Number(parent), program };
}

async function listProcesses(): Promise<ProcessEntry[]> {
  const found: ProcessEntry[] = [];
  try {
    for await (const { name } of Deno.readDir("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const entry = parseStat(await readProc(`${name}/stat`));
      if (entry !== undefined) found.push(entry);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found;
}

/** Text below `/proc`; nothing of a process that has ended meanwhile. */
async function readProc(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(`/proc/${path}`);
  } catch {
    return "";
  }
}
