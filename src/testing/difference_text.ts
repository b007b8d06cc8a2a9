import { showProperties, showValue } from "../common/show_value.ts";
import type { RowPair, RowValues } from "./pair_rows.ts";

/** Most rows that a message has. */
const MAX_LINES = 200;
/** Most columns that are named of a pair that differs. */
const MAX_COLUMNS = 5;

/** What a message about rows is made of. */
export interface DifferenceParts {
  /** The columns' names. */
  readonly names: readonly string[];
  /** The rows that were compared, side by side. */
  readonly pairs: readonly RowPair[];
  /** How many there are of them in all. */
  readonly total: number;
  /** Whether two values of a column are equal. */
  readonly same: (
    actual: unknown,
    expected: unknown,
    column: number,
  ) => boolean;
  /** Whether rows that are equal are left out. */
  readonly showOnlyDiff: boolean;
  /** Whether rows were left uncompared after so many differences. */
  readonly isCut: boolean;
}

/**
 * The message about rows that differ: how many, and each with what is in its
 * place and the columns in which they differ.
 *
 * @param parts what was found
 */
export function differenceText(parts: DifferenceParts): string {
  const { pairs, total, showOnlyDiff, isCut } = parts;
  const wrong = pairs.filter(({ isSame }) => !isSame).length;
  const share = ((100 * wrong) / total).toFixed(1);
  const blocks = pairs.filter(({ isSame }) => !(isSame && showOnlyDiff))
    .map((pair) => pairText(pair, parts));
  const more = blocks.length - MAX_LINES;
  return [
    `Rows differ: ${
      isCut ? "at least " : ""
    }${wrong} of ${total} (${share} %), "-" is actual, "+" is expected`,
    ...blocks.slice(0, MAX_LINES),
    ...(more > 0 ? [`… ${more} more rows`] : []),
  ].join("\n");
}

function pairText(pair: RowPair, parts: DifferenceParts): string {
  const { actual, expected, isSame } = pair;
  const { names } = parts;
  if (isSame && actual !== null) return `  ${rowText(actual, names)}`;
  const lines: string[] = [];
  if (actual !== null) lines.push(`- ${rowText(actual, names)}`);
  if (expected !== null) lines.push(`+ ${rowText(expected, names)}`);
  if (actual !== null && expected !== null) {
    lines.push(...columnLines(actual, expected, parts));
  }
  return lines.join("\n");
}

/** Where the rows are alike in some columns, those in which they are not. */
function columnLines(
  actual: RowValues,
  expected: RowValues,
  { names, same }: DifferenceParts,
): string[] {
  const told = names.flatMap((name, i) =>
    same(actual[i], expected[i], i)
      ? []
      : [`${name} is ${showValue(actual[i])}, not ${showValue(expected[i])}`]
  );
  return told.length === 0 || told.length === names.length
    ? []
    : [`  (${told.slice(0, MAX_COLUMNS).join("; ")})`];
}

function rowText(row: RowValues, names: readonly string[]): string {
  return showProperties(row.map((value, i) => ({
    name: names[i] ?? `${i}`,
    text: showValue(value),
  })));
}
