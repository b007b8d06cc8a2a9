import { writeErrorText } from "../../src/common/log.ts";
import {
  type Failure,
  formatFailure,
  parseFailure,
} from "../../src/protocol/failure_text.ts";
import type { TaskPlace } from "../task/describe_error.ts";

/** The variable with the folder in which Spark looks for reports; without it, it does not. */
export const CRASH_REPORT_FOLDER = "PYTHON_FAULTHANDLER_DIR";

const EXITED = "FUNCTION_EXITED";
const SPACE = 0x20;
const TEXT = new TextEncoder();
const NO_TASK: TaskPlace = { partition: -1, stage: -1, attempt: -1 };

/**
 * What a worker leaves behind in case that it ends in the middle of a task,
 * when the JVM would see no more than the end of a connection. The text is
 * written before the task's functions run, since afterwards it is too late:
 * a full heap or a `kill -9` lets nobody speak.
 *
 * Peer: `BasePythonRunner`, which reads the file named by the worker's process
 * id in `PYTHON_FAULTHANDLER_DIR`, Spark 3.5 – 4.3
 * (`spark.python.worker.faulthandler.enabled`).
 */
export class CrashReport {
  readonly #path: string | null;
  readonly #pid: number;
  #file: Deno.FsFile | null = null;
  #size = 0;
  #place: TaskPlace | null = null;
  /** Whether what is said is the last that is to be said. */
  #isLast = false;

  /**
   * @param folder where Spark looks; null when it does not, or when this process may not write there
   * @param target where the process tells of its end: the global object
   * @param pid the worker's process id, as the JVM knows it
   */
  constructor(
    folder: string | null = Deno.env.get(CRASH_REPORT_FOLDER) ?? null,
    target: EventTarget = globalThis,
    pid: number = Deno.pid,
  ) {
    this.#pid = pid;
    this.#path = folder === null ? null : crashReportPath(folder, pid);
    if (this.#path === null) return;
    target.addEventListener("unload", () => {
      if (this.#place !== null) this.#write(exitedFailure(this.#place));
    });
  }

  /** Says which task begins. */
  begin(place: TaskPlace): void {
    this.#place = place;
    this.#write(lostFailure(place, this.#pid));
  }

  /** Says how the task that runs failed: the JVM could not be told, and the process ends. */
  failed(failure: Failure): void {
    this.#place = null;
    this.#isLast = true;
    this.#write(failure);
  }

  /** Says that the task has ended, and how was told to the JVM: the next one has not been read yet. */
  end(): void {
    this.#place = null;
    if (this.#file !== null && !this.#isLast) {
      this.#write(idleFailure(this.#pid));
    }
  }

  /** Removes the file: the process ends as it should. */
  remove(): void {
    this.#place = null;
    if (this.#path === null || this.#file === null) return;
    this.#file.close();
    this.#file = null;
    removeCrashReport(this.#path);
  }

  #write(failure: Failure): void {
    if (this.#path === null) return;
    try {
      this.#file ??= Deno.openSync(this.#path, { write: true, create: true });
      this.#size = writeOver(this.#file, failure, this.#size);
    } catch (error) {
      // The task does not need it; its next worker may have more luck.
      writeErrorText(`Cannot write "${this.#path}": ${error}\n`);
    }
  }
}

/** The file in which Spark looks for a worker's last words. */
export function crashReportPath(folder: string, pid: number): string {
  return `${folder}/${pid}`;
}

/**
 * Changes what a worker has left, on its behalf.
 *
 * @param path the worker's file, which is never made here
 * @param change gets what it says of a task that runs; null leaves it as it is
 */
export function amendCrashReport(
  path: string,
  change: (failure: Failure) => Failure | null,
): void {
  try {
    using file = Deno.openSync(path, { read: true, write: true });
    const failure = parseFailure(readFrom(file));
    // Written whole, or it speaks of no task, or it knows better than we do.
    if (failure === null || failure.partition < 0) return;
    if (failure.condition === EXITED) return;
    const changed = change(failure);
    if (changed !== null) writeOver(file, changed, file.statSync().size);
  } catch {
    // It has served no task yet, or has ended: there is nobody to tell.
  }
}

/** Whether a worker has said that it runs a task. */
export function saysTask(path: string): boolean {
  try {
    const said = parseFailure(Deno.readTextFileSync(path));
    return said !== null && said.partition >= 0;
  } catch {
    return false;
  }
}

/** Removes a worker's last words, where there are any. */
export function removeCrashReport(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Spark removes them too, with the folder at the latest.
  }
}

function readFrom(file: Deno.FsFile): string {
  const bytes = new Uint8Array(file.statSync().size);
  const count = file.readSync(bytes) ?? 0;
  return new TextDecoder().decode(bytes.subarray(0, count));
}

/**
 * Writes from the file's start, and spaces over what is left of a longer text:
 * whoever reads meanwhile finds one text or the other, and to cut a file to
 * length costs more than to write it.
 *
 * @param size bytes that the file has
 * @returns bytes that it has now
 */
function writeOver(file: Deno.FsFile, failure: Failure, size: number): number {
  const bytes = TEXT.encode(formatFailure(failure));
  const padded = new Uint8Array(Math.max(bytes.length, size)).fill(SPACE);
  padded.set(bytes);
  file.seekSync(0, Deno.SeekMode.Start);
  for (let at = 0; at < padded.length;) {
    at += file.writeSync(padded.subarray(at));
  }
  return padded.length;
}

/** What is said of a task whose worker ends without a word. */
export function lostFailure(place: TaskPlace, pid: number): Failure {
  return {
    name: "WorkerError",
    condition: "WORKER_LOST",
    message:
      `Cannot go on with the task: its worker process ${pid} ended without a word, as it does after kill -9, when native code crashes, or when memory is full; look at the executor's stderr, and for memory raise "spark.executor.pyspark.memory" or "spark.executor.memoryOverhead", or use more partitions`,
    stack: "",
    cause: null,
    ...place,
  };
}

/** For a JVM that gives a task to a worker which has ended while it waited for one. */
function idleFailure(pid: number): Failure {
  return {
    name: "WorkerError",
    condition: "WORKER_LOST",
    message:
      `Cannot start the task: its worker process ${pid} had been ended by someone while it waited for a task; run the job again, and look at the executor's stderr if that does not help`,
    stack: "",
    cause: null,
    ...NO_TASK,
  };
}

function exitedFailure(place: TaskPlace): Failure {
  return {
    name: "WorkerError",
    condition: EXITED,
    message:
      `Cannot go on with the task: its function ended the worker process by Deno.exit() or process.exit(); throw an error there instead`,
    stack: "",
    cause: null,
    ...place,
  };
}
