/** Name of the program that Spark starts in place of Python, wherever it lies. */
export const WORKER_PROGRAM = "tspark-worker";

/** The worker, as this machine starts it. */
export interface InstalledWorker {
  /** Path of its main module: see `workerArguments`. */
  readonly main: string;
  /** Path of an addon that it would not find by itself; null without one. */
  readonly addon: string | null;
}
