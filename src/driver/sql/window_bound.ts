const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** Bounds below and above these mean "unbounded", as in PySpark's `Window`. */
const FAR = 2 ** 53 - 1;

/**
 * A bound of a window's frame as a long of Java's.
 *
 * Peer: `pyspark.sql.window.Window.rowsBetween`, 4.3, where whatever lies
 * beyond a threshold is unbounded.
 *
 * @param bound the distance from the current row
 */
export function frameBound(bound: number | bigint): bigint | number {
  if (bound <= -FAR) return LONG_MIN;
  if (bound >= FAR) return LONG_MAX;
  return bound;
}
