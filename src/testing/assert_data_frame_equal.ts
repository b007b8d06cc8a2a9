import { describeValue } from "../common/describe_value.ts";
import { SparkAssertionError } from "../common/errors.ts";
import { showValue } from "../common/show_value.ts";
import type { DataType, StructType } from "../types/data_type.ts";
import {
  type AssertSchemaEqualOptions,
  requireEqualSchemas,
  requireOneWay,
  SCHEMA_OPTIONS,
} from "./assert_schema_equal.ts";
import { checkOptions } from "../driver/rdd/checks.ts";
import { differenceText } from "./difference_text.ts";
import { exactText } from "./exact_text.ts";
import { namesOf, openRows, rowOf, type Rows, valuesOf } from "./open_rows.ts";
import {
  pairInAnyOrder,
  pairInOrder,
  type RowComparison,
  type RowPair,
} from "./pair_rows.ts";
import { numberText, sameText } from "./same_text.ts";
import { sameValue } from "./same_value.ts";

/** What {@link assertDataFrameEqual} looks at. */
export interface AssertDataFrameEqualOptions extends AssertSchemaEqualOptions {
  /** Whether rows have to be in the same order; false by default. */
  readonly checkRowOrder?: boolean;
  /** How far numbers with fractions may be apart, relative to the expected one; 1e-5 by default. */
  readonly rtol?: number;
  /** How far numbers with fractions may be apart on top of that; 1e-8 by default. */
  readonly atol?: number;
  /** Whether values count as Spark's CAST to STRING has them, numbers by value; false by default. */
  readonly ignoreColumnType?: boolean;
  /** How many rows may differ before comparing ends; no limit by default. */
  readonly maxErrors?: number;
  /** Whether the message leaves out rows that are equal; false by default. */
  readonly showOnlyDiff?: boolean;
}

/**
 * Asserts that two DataFrames have the same columns and rows. Both are
 * collected. Schemas are compared where both are DataFrames.
 *
 * @param actual what is tested
 * @param expected what it should be: a DataFrame, or rows
 * @param options what does not matter, and how near numbers have to be
 * @throws SparkAssertionError `DIFFERENT_SCHEMA` or `DIFFERENT_ROWS`, with what differs
 * @throws SparkError `OPTIONS_EXCLUDE_EACH_OTHER` when neither order nor names of columns are to matter; `STREAM_NOT_COMPARABLE`
 * @throws TypeError for what is neither a DataFrame nor an array of rows, and for options that there are not
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 * import { assertDataFrameEqual } from "@tspark/tspark/testing";
 *
 * async function check(totals: DataFrame): Promise<void> {
 *   await assertDataFrameEqual(totals, [
 *     { city: "Rome", total: 12.5 },
 *     { city: "Oslo", total: 3 },
 *   ]);
 * }
 * ```
 */
export async function assertDataFrameEqual(
  actual: Rows,
  expected: Rows,
  options: AssertDataFrameEqualOptions = {},
): Promise<void> {
  checkGiven(options);
  const there = await openRows(actual, options);
  const wanted = await openRows(expected, options);
  if (there.schema !== null && wanted.schema !== null) {
    requireEqualSchemas(there.schema, wanted.schema, options);
  }
  const schema = there.schema ?? wanted.schema;
  const names = schema?.fieldNames ?? namesOf([...there.rows, ...wanted.rows]);
  const values = ({ rows }: { readonly rows: readonly object[] }) =>
    rows.map((row) => valuesOf(row, names, options.ignoreColumnName === true));
  const pair = options.checkRowOrder === true ? pairInOrder : pairInAnyOrder;
  const columns = comparisonOf(schema, options);
  failOnDifferences(
    pair(values(there), values(wanted), rowComparison(columns)),
    names,
    columns,
    options,
  );
}

const OPTIONS: readonly string[] = [
  ...SCHEMA_OPTIONS,
  "checkRowOrder",
  "rtol",
  "atol",
  "ignoreColumnType",
  "maxErrors",
  "showOnlyDiff",
];

/** Refuses what would have an assertion find nothing. */
function checkGiven(options: AssertDataFrameEqualOptions): void {
  const operation = "assertDataFrameEqual()";
  checkOptions(operation, options, OPTIONS);
  requireOneWay(operation, options);
  const { rtol = 0, atol = 0, maxErrors = 1 } = options;
  for (const [name, value] of Object.entries({ rtol, atol })) {
    if (Number.isFinite(value) && value >= 0) continue;
    throw new TypeError(
      `Cannot run ${operation} with ${name} ${
        describeValue(value)
      }: give a number, 0 or more`,
    );
  }
  if (maxErrors === Infinity) return;
  if (Number.isInteger(maxErrors) && maxErrors > 0) return;
  throw new TypeError(
    `Cannot run ${operation} with maxErrors ${
      describeValue(maxErrors)
    }: give a whole number, 1 or more`,
  );
}

/** How the values of one column are compared. */
interface ColumnComparison {
  readonly same: (
    actual: unknown,
    expected: unknown,
    column: number,
  ) => boolean;
  readonly exactText: (value: unknown, column: number) => string;
}

function comparisonOf(
  schema: StructType | null,
  { rtol = 1e-5, atol = 1e-8, ignoreColumnType }: AssertDataFrameEqualOptions,
): ColumnComparison {
  const tolerance = { rtol, atol };
  if (ignoreColumnType === true) {
    return {
      same: (actual, expected) => sameText(actual, expected, tolerance),
      exactText: numberText,
    };
  }
  const typeOf = (column: number): DataType | undefined =>
    schema?.fields[column]?.type;
  return {
    same: (actual, expected, column) =>
      sameValue(actual, expected, typeOf(column), tolerance),
    exactText: (value, column) => exactText(value, typeOf(column)),
  };
}

function rowComparison(
  { same, exactText }: ColumnComparison,
): RowComparison {
  return {
    same: (actual, expected) =>
      actual.length === expected.length &&
      actual.every((value, i) => same(value, expected[i], i)),
    exactText: (row) => row.map(exactText).join(),
    text: showValue,
  };
}

function failOnDifferences(
  all: readonly RowPair[],
  names: readonly string[],
  { same }: ColumnComparison,
  { maxErrors = Infinity, showOnlyDiff = false }: AssertDataFrameEqualOptions,
): void {
  const pairs = untilErrors(all, maxErrors);
  const wrong = pairs.filter(({ isSame }) => !isSame);
  if (wrong.length === 0) return;
  const isCut = pairs.length < all.length;
  throw new SparkAssertionError(
    "DIFFERENT_ROWS",
    differenceText({
      names,
      pairs,
      total: all.length,
      same,
      showOnlyDiff,
      isCut,
    }),
    { differing: wrong.length, rows: all.length },
    wrong.map(({ actual, expected }) => ({
      actual: rowOf(actual, names),
      expected: rowOf(expected, names),
    })),
  );
}

/** The pairs up to the last difference that counts. */
function untilErrors(pairs: readonly RowPair[], maxErrors: number): RowPair[] {
  const kept: RowPair[] = [];
  let errors = 0;
  for (const pair of pairs) {
    kept.push(pair);
    if (!pair.isSame) errors += 1;
    if (errors >= maxErrors) break;
  }
  return kept;
}
