import type {
  DayTimeIntervalType,
  YearMonthIntervalType,
} from "./plain_type.ts";

/** The fields of each kind of interval, the largest first. */
const FIELDS = [
  ["year_month_interval", ["year", "month"]],
  ["day_time_interval", ["day", "hour", "minute", "second"]],
] as const;

/** The type of a text such as `interval day to second`, in small letters; undefined where there is none. */
export function intervalType(
  text: string,
): YearMonthIntervalType | DayTimeIntervalType | undefined {
  const found = /^interval ([a-z]+)(?: to ([a-z]+))?$/.exec(text);
  if (found === null) return undefined;
  const [, start = "", end = start] = found;
  for (const [kind, fields] of FIELDS) {
    const names: readonly string[] = fields;
    const from = names.indexOf(start);
    const to = names.indexOf(end);
    // A range of one field is written without `to`.
    if (from < 0 || to < from || (to === from && found[2] !== undefined)) {
      continue;
    }
    return Object.freeze(
      { kind, startField: fields[from], endField: fields[to] } as
        | YearMonthIntervalType
        | DayTimeIntervalType,
    );
  }
  return undefined;
}
