/** How values come that JavaScript has more than one form for. */
export interface ArrowOptions {
  /** How 64-bit integers come: `number` refuses those beyond 2^53. */
  readonly longs: "number" | "bigint";
  /**
   * How timestamps come: as `Date` in milliseconds, or of Temporal's types in
   * microseconds (`Instant`; `PlainDateTime` without a zone, `PlainTime`).
   */
  readonly timestamps: "date" | "instant";
  /** How dates come: as `Date` at midnight UTC, or as `Temporal.PlainDate`. */
  readonly dates: "date" | "plainDate";
}

/** What rows, and structs within them, are made as. */
export type RowForm =
  /** Plain objects, of which none has two columns of one name. */
  | "plain"
  /** Instances of `Row`: by name, by position and in order. */
  | "row";

/** The forms that lose nothing, as values have them on their way between two tables. */
export const EXACT_FORMS = {
  longs: "bigint",
  timestamps: "instant",
  dates: "plainDate",
  rows: "plain",
} as const satisfies ArrowOptions & { readonly rows: RowForm };
