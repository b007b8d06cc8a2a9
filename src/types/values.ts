/**
 * Values of Spark's types that JavaScript has no type for.
 *
 * @module
 */

/** A value of INTERVAL: months, days and microseconds that are not converted into each other. */
export interface CalendarInterval {
  /** Whole months. */
  readonly months: number;
  /** Whole days. */
  readonly days: number;
  /** Microseconds. */
  readonly microseconds: bigint;
}

/** A value of GEOMETRY or GEOGRAPHY. */
export interface SpatialValue {
  /** Number of its coordinate reference system, such as 4326. */
  readonly srid: number;
  /** The shape as well-known binary. */
  readonly wkb: Uint8Array;
}
