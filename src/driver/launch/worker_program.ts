/** Name of the program that Spark starts in place of Python, wherever it lies. */
export const WORKER_PROGRAM = "tspark-worker";

/** The worker, as this machine starts it. */
export interface InstalledWorker {
  /** Path of its main module: see `workerArguments`. */
  readonly main: string;
  /** Path of an addon that it would not find by itself; null without one. */
  readonly addon: string | null;
}

/**
 * A line of a launcher: a worker that the JVM starts without a daemon would
 * have the JVM's pipe as its standard input, and functions that read it would
 * wait for ever. A daemon is told by it what to do.
 */
export const EMPTY_STDIN =
  'test "${2:-}" != pyspark.worker || exec </dev/null\n';
