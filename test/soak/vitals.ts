import type { SparkContext } from "../../mod.ts";
import { liveJavaObjects } from "../integration/live_objects.ts";
import { descendants, residentBytes } from "../integration/processes.ts";
import { kindOf } from "./chaos.ts";

/** What a program and all below it hold at a moment. */
export interface Vitals {
  /** Since the start. */
  readonly seconds: number;
  /** Resident memory in MiB: of this program, of the driver's JVM, of the largest executor, daemon and worker. */
  readonly driverMiB: number;
  readonly jvmMiB: number;
  readonly executorMiB: number;
  readonly daemonMiB: number;
  readonly workerMiB: number;
  /** Open descriptors: of this program, of the driver's JVM, of all daemons and workers. */
  readonly driverFds: number;
  readonly jvmFds: number;
  readonly workerFds: number;
  /** Processes below this program. */
  readonly processes: number;
  /** Objects that the JVM holds for this program. */
  readonly javaObjects: number;
  /** Files that TSpark left in the folder for temporary ones. */
  readonly files: number;
}

/**
 * Measures all of it; garbage collected first.
 *
 * @param sc any context
 * @param start `performance.now()` at the start
 */
export async function takeVitals(
  sc: SparkContext,
  start: number,
  folder: string,
): Promise<Vitals> {
  Reflect.get(globalThis, "gc")?.();
  const javaObjects = await liveJavaObjects(sc);
  const below = descendants(Deno.pid);
  const of = (kind: ReturnType<typeof kindOf>): number[] =>
    below.filter((pid) => kindOf(pid) === kind);
  const [jvm = 0] = of("driver's JVM");
  const workers = [...of("daemon"), ...of("worker")];
  return {
    seconds: Math.round((performance.now() - start) / 1000),
    driverMiB: mebibytes([Deno.pid]),
    jvmMiB: mebibytes([jvm]),
    executorMiB: mebibytes(of("executor")),
    daemonMiB: mebibytes(of("daemon")),
    workerMiB: mebibytes(of("worker")),
    driverFds: descriptors([Deno.pid]),
    jvmFds: descriptors([jvm]),
    workerFds: descriptors(workers),
    processes: below.length,
    javaObjects,
    files: [...Deno.readDirSync(folder)].length,
  };
}

/** A file of a process; null when it has ended. */
export function readProc(pid: number, file: string): string | null {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${file}`);
  } catch {
    return null;
  }
}

function mebibytes(pids: readonly number[]): number {
  const most = Math.max(0, ...pids.map((pid) => residentBytes(pid).now));
  return Math.round(most / 2 ** 20);
}

function descriptors(pids: readonly number[]): number {
  let count = 0;
  for (const pid of pids) {
    try {
      count += [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
    } catch {
      // It has ended.
    }
  }
  return count;
}
