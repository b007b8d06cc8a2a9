import { type WindowColumns, WindowSpec } from "./window_spec.ts";

const EMPTY: WindowSpec = new WindowSpec(
  Object.freeze({ kind: "window", partitionBy: [], orderBy: [], frame: null }),
);

/**
 * Makes windows for aggregate and window functions.
 *
 * @example
 * ```ts
 * import { Window } from "@tspark/tspark";
 * import { row_number } from "@tspark/tspark/functions";
 *
 * const rank = row_number().over(Window.partitionBy("country").orderBy("date"));
 * ```
 */
export class Window {
  /** Before all rows of the partition. */
  static readonly unboundedPreceding: number = -Infinity;
  /** After all rows of the partition. */
  static readonly unboundedFollowing: number = Infinity;
  /** The current row. */
  static readonly currentRow: number = 0;

  private constructor() {}

  /** Rows with equal values of these columns belong together. */
  static partitionBy(...columns: WindowColumns): WindowSpec {
    return EMPTY.partitionBy(...columns);
  }

  /** One partition of all rows, in this order. */
  static orderBy(...columns: WindowColumns): WindowSpec {
    return EMPTY.orderBy(...columns);
  }

  /** One partition, and the rows between two places: see {@link WindowSpec.rowsBetween}. */
  static rowsBetween(start: number, end: number): WindowSpec {
    return EMPTY.rowsBetween(start, end);
  }

  /** One partition, and the rows between two distances: see {@link WindowSpec.rangeBetween}. */
  static rangeBetween(
    start: number | bigint,
    end: number | bigint,
  ): WindowSpec {
    return EMPTY.rangeBetween(start, end);
  }
}
