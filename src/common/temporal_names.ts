/**
 * The types of Temporal, by their numbers in records, as long as Temporal is
 * there: Node has none yet, and then no value is of any of them.
 */
export const TEMPORAL_NAMES = [
  "Instant",
  "ZonedDateTime",
  "PlainDate",
  "PlainTime",
  "PlainDateTime",
  "PlainYearMonth",
  "PlainMonthDay",
  "Duration",
] as const;

/** Name of one of Temporal's types. */
export type TemporalName = (typeof TEMPORAL_NAMES)[number];
