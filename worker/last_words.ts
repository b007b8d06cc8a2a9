import { writeErrorText } from "../src/common/log.ts";
import { type Failure, formatFailure } from "../src/protocol/failure_text.ts";
import type { TaskPlace } from "./describe_error.ts";

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
export class LastWords {
  readonly #path: string | null;
  #file: Deno.FsFile | null = null;
  #place: TaskPlace | null = null;

  /**
   * @param folder where Spark looks; null when it does not, or when this process may not write there
   * @param target where the process tells of its end: the global object
   */
  constructor(
    folder: string | null = Deno.env.get("PYTHON_FAULTHANDLER_DIR") ?? null,
    target: EventTarget = globalThis,
  ) {
    this.#path = folder === null ? null : lastWordsPath(folder, Deno.pid);
    if (this.#path === null) return;
    target.addEventListener("unload", () => {
      if (this.#place !== null) this.#write(exitedFailure(this.#place));
    });
  }

  /** Says which task begins. */
  begin(place: TaskPlace): void {
    this.#place = place;
    this.#write(lostFailure(place, Deno.pid));
  }

  /** Says that the task has ended, and how was told to the JVM. */
  end(): void {
    this.#place = null;
  }

  /** Removes the file: the process ends as it should. */
  remove(): void {
    this.#place = null;
    if (this.#path === null || this.#file === null) return;
    this.#file.close();
    this.#file = null;
    removeLastWords(this.#path);
  }

  #write(failure: Failure): void {
    if (this.#path === null) return;
    try {
      this.#file ??= Deno.openSync(this.#path, { write: true, create: true });
      writeFrom(this.#file, failure);
    } catch (error) {
      // The task does not need it; its next worker may have more luck.
      writeErrorText(`Cannot write "${this.#path}": ${error}\n`);
    }
  }
}

/** The file in which Spark looks for a worker's last words. */
export function lastWordsPath(folder: string, pid: number): string {
  return `${folder}/${pid}`;
}

/** Removes a worker's last words, where there are any. */
export function removeLastWords(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Spark removes them too, with the folder at the latest.
  }
}

function writeFrom(file: Deno.FsFile, failure: Failure): void {
  const bytes = new TextEncoder().encode(formatFailure(failure));
  file.seekSync(0, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  file.truncateSync(bytes.length);
}

function lostFailure(place: TaskPlace, pid: number): Failure {
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

function exitedFailure(place: TaskPlace): Failure {
  return {
    name: "WorkerError",
    condition: "FUNCTION_EXITED",
    message:
      `Cannot go on with the task: its function ended the worker process by Deno.exit() or process.exit(); throw an error there instead`,
    stack: "",
    cause: null,
    ...place,
  };
}
