/** The values of a row, column by column. */
export type RowValues = readonly unknown[];

/** Two rows that stand side by side; null where one side has none. */
export interface RowPair {
  /** The row that is there. */
  readonly actual: RowValues | null;
  /** The row that should be there. */
  readonly expected: RowValues | null;
  /** Whether they are equal. */
  readonly isSame: boolean;
}

/** How rows are compared. */
export interface RowComparison {
  /** Whether two rows are equal. */
  readonly same: (actual: RowValues, expected: RowValues) => boolean;
  /** A text that equal rows have in common: all of a row that has to be exact. */
  readonly exactText: (row: RowValues) => string;
  /** A text that orders rows. */
  readonly text: (row: RowValues) => string;
}

/** Pairs rows by their places. */
export function pairInOrder(
  actual: readonly RowValues[],
  expected: readonly RowValues[],
  { same }: RowComparison,
): RowPair[] {
  return zip(actual, expected, same);
}

/**
 * Pairs each row with an equal one, wherever that is. What finds none is put
 * side by side in the order of its text, behind all others.
 */
export function pairInAnyOrder(
  actual: readonly RowValues[],
  expected: readonly RowValues[],
  comparison: RowComparison,
): RowPair[] {
  const sides = new Map<string, [actual: RowValues[], expected: RowValues[]]>();
  for (const [side, rows] of [actual, expected].entries()) {
    for (const row of rows) {
      const key = comparison.exactText(row);
      const found = sides.get(key) ?? [[], []];
      sides.set(key, found);
      found[side === 0 ? 0 : 1].push(row);
    }
  }
  const pairs: RowPair[] = [];
  const lonely: [actual: RowValues[], expected: RowValues[]] = [[], []];
  for (const [left, right] of sides.values()) {
    pairs.push(...pairAlike(left, right, comparison, lonely));
  }
  const byText = (a: RowValues, b: RowValues): number =>
    compareTexts(comparison.text(a), comparison.text(b));
  const never = (): boolean => false;
  return [
    ...pairs,
    ...zip(lonely[0].sort(byText), lonely[1].sort(byText), never),
  ];
}

/**
 * Pairs rows that differ in inexact numbers at most: first those that stand at
 * the same place when both sides are in order, then each with the first that
 * is near enough.
 */
function pairAlike(
  actual: RowValues[],
  expected: RowValues[],
  { same }: RowComparison,
  lonely: [actual: RowValues[], expected: RowValues[]],
): RowPair[] {
  actual.sort(compareNumbers);
  expected.sort(compareNumbers);
  const pairs: RowPair[] = [];
  const left: RowValues[] = [];
  // By places: one array may stand for several rows.
  const right = new Map(expected.entries());
  for (const [i, row] of actual.entries()) {
    const other = expected[i];
    if (other !== undefined && same(row, other)) {
      right.delete(i);
      pairs.push({ actual: row, expected: other, isSame: true });
    } else left.push(row);
  }
  for (const row of left) {
    const found = right.entries().find(([, other]) => same(row, other));
    if (found === undefined) {
      lonely[0].push(row);
      continue;
    }
    const [i, other] = found;
    right.delete(i);
    pairs.push({ actual: row, expected: other, isSame: true });
  }
  lonely[1].push(...right.values());
  return pairs;
}

function zip(
  actual: readonly RowValues[],
  expected: readonly RowValues[],
  same: RowComparison["same"],
): RowPair[] {
  const length = Math.max(actual.length, expected.length);
  return Array.from({ length }, (_, i) => {
    const left = actual[i] ?? null;
    const right = expected[i] ?? null;
    const isSame = left !== null && right !== null && same(left, right);
    return { actual: left, expected: right, isSame };
  });
}

function compareNumbers(a: RowValues, b: RowValues): number {
  for (const [i, left] of a.entries()) {
    const difference = Number(toNumber(left)) - Number(toNumber(b[i]));
    if (difference > 0 || difference < 0) return difference;
  }
  return 0;
}

function toNumber(value: unknown): number {
  return typeof value === "object" ? 0 : Number(value);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
