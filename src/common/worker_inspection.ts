/**
 * How debuggers get at workers, as `spark.tspark.inspect` says.
 *
 * @module
 */

/** The setting that lets debuggers in. */
export const INSPECT = "spark.tspark.inspect";

/** The variable that tells a daemon of it: `attach` or `wait`. */
export const INSPECT_VARIABLE = "TSPARK_INSPECT";

/** The first port that a debugger finds a worker at: 9229 is the driver's own. */
export const FIRST_INSPECT_PORT = 9230;

/** Whether workers wait for their debugger before they take tasks. */
export type InspectMode = "attach" | "wait";
