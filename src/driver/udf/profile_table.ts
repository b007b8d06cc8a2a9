import type { FunctionProfile } from "../runtime/profile_store.ts";

/** Measures of functions as lines of text, or why there are none. */
export function profileTable(profiles: readonly FunctionProfile[]): string {
  if (profiles.length === 0) return NOTHING;
  const rows = profiles.map(
    ({ id, name, site, calls, rows, milliseconds }) => [
      String(id),
      name,
      site,
      String(calls),
      String(rows),
      milliseconds.toFixed(1),
      rows === 0 ? "" : (1000 * milliseconds / rows).toFixed(3),
    ],
  );
  const all = [TITLES, ...rows];
  const widths = TITLES.map((_, at) =>
    Math.max(...all.map((row) => row[at]?.length ?? 0))
  );
  return all.map((row) =>
    row.map((cell, at) =>
      NUMBERS_FROM <= at || at === 0
        ? cell.padStart(widths[at] ?? 0)
        : cell.padEnd(widths[at] ?? 0)
    ).join("  ").trimEnd()
  ).join("\n");
}

const NOTHING =
  'Nothing was measured: set spark.tspark.profile to "time" or "cpu" before a function is called in a query, and run the query';
const TITLES = ["id", "function", "made by", "calls", "rows", "ms", "µs/row"];
const NUMBERS_FROM = 3;
