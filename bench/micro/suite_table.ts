import type { RowTimes, Timing } from "./suite.ts";

/**
 * Formats the times of a suite as a table that is also Markdown: the time for
 * each item with its relative deviation, and how many times as long as the
 * first variant each other one takes.
 *
 * @param item what an item is, such as "record"
 * @param rows at least one
 */
export function formatSuite(item: string, rows: readonly RowTimes[]): string {
  const names = [
    ...new Set(rows.flatMap(({ variants }) => Object.keys(variants))),
  ];
  const [first = "", ...others] = names;
  const cells = [
    [
      `for each ${item}`,
      ...names,
      ...others.map((other) => `${other} ÷ ${first}`),
    ],
    ...rows.map(({ name, variants }) => [
      name,
      ...names.map((variant) => formatTiming(variants[variant])),
      ...others.map((other) => formatRatio(variants[first], variants[other])),
    ]),
  ];
  const widths = names.concat(others, item).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0))
  );
  const lines = cells.map((row) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

function formatTiming(timing: Timing | undefined): string {
  if (timing === undefined) return "–";
  const { median, deviation } = timing;
  const percent = median === 0 ? 0 : Math.round(100 * deviation / median);
  return `${formatTime(median)} ±${percent}%`;
}

/** Three digits, in the unit that fits. */
function formatTime(nanoseconds: number): string {
  const units = ["ns", "µs", "ms", "s"];
  let value = nanoseconds;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toPrecision(3)} ${units[unit]}`;
}

function formatRatio(
  first: Timing | undefined,
  other: Timing | undefined,
): string {
  if (first === undefined || other === undefined) return "–";
  return (other.median / first.median).toFixed(2);
}
