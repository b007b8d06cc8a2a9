import { getHeapStatistics } from "node:v8";

import {
  amendCrashReport,
  CRASH_REPORT_FOLDER,
  crashReportPath,
  lostFailure,
  saysTask,
} from "./crash_report.ts";

const LOOK_EVERY_MS = 100;
const NEARLY_FULL = 0.75; // of V8's heap: from here on a sudden end is most likely its doing
const OVER_LOOKS = 3; // garbage that V8 is about to collect is gone by then
const FAR_OVER = 1.25; // of the process's limit: nothing is waited for
const SPILL_SHARE = 0.7; // of the process's limit: spilling itself needs the rest
const OWN_MB = 96; // what a worker holds outside of its heap before it runs any task, and some buffers
const MB = 2 ** 20;
const NO_PLACE = { partition: -1, stage: -1, attempt: -1 };

/** How much memory a worker may hold. */
export interface MemoryLimits {
  /** Bytes of the whole process, buffers included; null when Spark sets no limit. */
  readonly processBytes: number | null;
  /** Bytes of V8's whole heap. */
  readonly heapBytes: number;
}

/**
 * The limits of each worker. V8 is given the process's limit less what lies
 * outside of its heap, so that it collects garbage before the process is over its limit.
 *
 * Peer: `PYSPARK_EXECUTOR_MEMORY_MB`, which is `spark.executor.pyspark.memory`
 * shared among the executor's cores, Spark 3.5 – 4.3.
 *
 * @param megabytes the variable's value
 */
export function memoryLimits(
  megabytes: string | undefined = Deno.env.get("PYSPARK_EXECUTOR_MEMORY_MB"),
): MemoryLimits {
  const limit = Number(megabytes);
  if (!(limit > 0)) {
    return {
      processBytes: null,
      heapBytes: getHeapStatistics().heap_size_limit,
    };
  }
  const heap = Math.ceil(Math.max(limit - OWN_MB, limit / 2));
  return { processBytes: limit * MB, heapBytes: heap * MB };
}

/**
 * What a task may hold before its records go to disk: what was asked for, and
 * so much less than the process may hold that spilling finds room.
 *
 * @param bytes what was asked for: `spark.python.worker.memory`
 */
export function budgetWithin(
  { processBytes }: Pick<MemoryLimits, "processBytes">,
  bytes: number,
): number {
  return Math.min(bytes, (processBytes ?? Infinity) * SPILL_SHARE);
}

/** What the watch does to workers. */
export interface WatchedWorkers {
  /** Process ids of those that live. */
  pids(): Iterable<number>;
  /** Stops a worker for good, so that it can no longer write its last words itself. */
  freeze(pid: number): void;
  /** Ends a worker. */
  kill(pid: number): void;
}

/**
 * Whether this worker holds more than it may, so that no other task should
 * begin in it: that one would be ended for what this one has left.
 *
 * @param limits the worker's
 */
export function isOverMemory(
  { processBytes }: Pick<MemoryLimits, "processBytes">,
): boolean {
  return processBytes !== null && residentBytes(Deno.pid) > processBytes;
}

/**
 * Looks at the workers' memory again and again: ends those that hold more than
 * they may, and writes the reason where Spark looks for it. V8 counts no
 * buffers, and a function that never pauses could not look for itself.
 */
export class MemoryWatch {
  readonly #workers: WatchedWorkers;
  readonly #limits: MemoryLimits;
  readonly #folder: string | undefined;
  /** In how many looks in a row a worker was over its limit. */
  readonly #over = new Map<number, number>();
  readonly #full = new Set<number>();

  /**
   * @param workers whom to watch
   * @param limits what each may hold
   * @param folder where Spark looks for last words; undefined when it does not
   */
  constructor(
    workers: WatchedWorkers,
    limits: MemoryLimits,
    folder: string | undefined = Deno.env.get(CRASH_REPORT_FOLDER),
  ) {
    this.#workers = workers;
    this.#limits = limits;
    this.#folder = folder;
  }

  /** Looks until the process ends. */
  start(): void {
    if (residentBytes(Deno.pid) === 0) return; // no /proc: V8's own limit has to do
    Deno.unrefTimer(setInterval(() => this.look(), LOOK_EVERY_MS));
  }

  /**
   * Looks once at every worker.
   *
   * @param held bytes that a process holds; 0 when it has ended
   */
  look(held: (pid: number) => number = residentBytes): void {
    const pids = new Set(this.#workers.pids());
    for (const known of [this.#over, this.#full]) {
      for (const pid of known.keys()) if (!pids.has(pid)) known.delete(pid);
    }
    for (const pid of pids) this.#lookAt(pid, held(pid));
  }

  #lookAt(pid: number, bytes: number): void {
    if (bytes === 0) return; // it has ended, and what was said of it stands
    const { processBytes, heapBytes } = this.#limits;
    if (
      processBytes !== null && this.#isTooLong(pid, bytes, processBytes) &&
      this.#hasTask(pid)
    ) {
      this.#workers.freeze(pid);
      this.#tell(pid, "MEMORY_EXCEEDED", overLimit(bytes, processBytes));
      this.#workers.kill(pid);
    } else if (bytes > heapBytes * NEARLY_FULL) {
      this.#full.add(pid);
      const isLimited = processBytes !== null;
      this.#tell(pid, "HEAP_FULL", heapFull(bytes, heapBytes, isLimited));
    } else if (this.#full.delete(pid)) {
      const { condition, message } = lostFailure(NO_PLACE, pid);
      this.#tell(pid, condition, message);
    }
  }

  /** Whether a worker has been over its limit for longer than garbage explains. */
  #isTooLong(pid: number, bytes: number, limit: number): boolean {
    if (bytes <= limit) {
      this.#over.delete(pid);
      return false;
    }
    const looks = (this.#over.get(pid) ?? 0) + 1;
    this.#over.set(pid, looks);
    return looks >= OVER_LOOKS || bytes > limit * FAR_OVER;
  }

  /** One that waits is left alone: Spark may be about to give it a task, or to let it go. */
  #hasTask(pid: number): boolean {
    return this.#folder === undefined ||
      saysTask(crashReportPath(this.#folder, pid));
  }

  #tell(pid: number, condition: string, message: string): void {
    if (this.#folder === undefined) return;
    const path = crashReportPath(this.#folder, pid);
    amendCrashReport(path, (said) => ({ ...said, condition, message }));
  }
}

function overLimit(bytes: number, limit: number): string {
  return `Cannot go on with the task: its worker process held ${
    inMb(bytes)
  } MB, more than the ${
    inMb(limit)
  } MB that "spark.executor.pyspark.memory" leaves to each worker; raise it, or use more partitions`;
}

function heapFull(bytes: number, limit: number, isLimited: boolean): string {
  const remedy = isLimited ? "raise" : "give more with";
  return `Cannot go on with the task: its worker process ended when it held ${
    inMb(bytes)
  } MB, and its heap may hold ${
    inMb(limit)
  } MB; ${remedy} "spark.executor.pyspark.memory", or use more partitions`;
}

function inMb(bytes: number): number {
  return Math.round(bytes / MB);
}

/** What a process holds in memory, in bytes; 0 when it has ended or nobody can tell. */
function residentBytes(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
