/** Name of the program that Spark starts in place of Python, wherever it lies. */
export const WORKER_PROGRAM = "tspark-worker";
