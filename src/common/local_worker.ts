/**
 * Functions in the driver's own process, as `spark.tspark.localWorker` says.
 *
 * @module
 */

/** The setting that has functions run there. */
export const LOCAL_WORKER = "spark.tspark.localWorker";
