import { descendants } from "../integration/processes.ts";

/** What a session holds. */
export interface Holdings {
  /** Descriptors of this process, sockets among them. */
  readonly descriptors: number;
  /** Sockets of the JVM. */
  readonly sockets: number;
  /** Processes below this one. */
  readonly processes: number;
  /** Files, without the blocks that Spark removes when it likes. */
  readonly files: number;
}

/**
 * Counts what this process's session holds now.
 *
 * @param folder where all its files are
 */
export function holdings(folder: string): Holdings {
  const below = descendants(Deno.pid);
  const [jvm] = below;
  return {
    descriptors: [...Deno.readDirSync("/proc/self/fd")].length,
    sockets: jvm === undefined ? 0 : socketsOf(jvm),
    processes: below.length,
    files: filesIn(folder),
  };
}

/** The larger ones of each. */
export function most(a: Holdings, b: Holdings): Holdings {
  return {
    descriptors: Math.max(a.descriptors, b.descriptors),
    sockets: Math.max(a.sockets, b.sockets),
    processes: Math.max(a.processes, b.processes),
    files: Math.max(a.files, b.files),
  };
}

/** What one holds more than the other, in words; null when nothing. */
export function moreThan(now: Holdings, before: Holdings): string | null {
  const more = (Object.keys(now) as (keyof Holdings)[])
    .filter((name) => now[name] > before[name])
    .map((name) => `${now[name] - before[name]} ${name}`);
  return more.length === 0 ? null : more.join(", ");
}

function socketsOf(pid: number): number {
  let count = 0;
  for (const { name } of Deno.readDirSync(`/proc/${pid}/fd`)) {
    try {
      const link = Deno.readLinkSync(`/proc/${pid}/fd/${name}`);
      if (link.startsWith("socket:")) count++;
    } catch {
      // Closed since.
    }
  }
  return count;
}

function filesIn(folder: string): number {
  let count = 0;
  try {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      if (name.startsWith("blockmgr-")) continue;
      count += isDirectory ? filesIn(`${folder}/${name}`) : 1;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return count;
}
