/**
 * Rows as lists of texts, as `run_pyspark.py` writes them too: decimals and
 * whole numbers by their digits, dates as ISO writes them, doubles by their
 * shortest digits.
 *
 * @param rows what `collect()` gave
 * @returns in an order that is the same however equal rows came
 */
export function plainRows(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.values(row).map(plainValue)))
    .sort();
}

function plainValue(value: unknown): string | null {
  if (value === null) return null;
  return value instanceof Date
    ? value.toISOString().slice(0, 10)
    : String(value);
}
