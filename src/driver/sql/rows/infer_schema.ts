import { describeValue } from "../../../common/describe_value.ts";
import { SparkError } from "../../../common/errors.ts";
import { StructType } from "../../../types/spark_types.ts";
import { refuseStraysOfArray } from "./stray_values.ts";
import { StructGuess, TypeGuess } from "./type_guess.ts";

/**
 * Finds a schema for rows, from all their values: whole numbers are BIGINT,
 * with a fraction among them DOUBLE; bigints BIGINT, or DECIMAL(38,0) where
 * one is beyond 64 bits; `Date`, `Temporal.Instant` and
 * `Temporal.ZonedDateTime` TIMESTAMP, other types of Temporal what they are;
 * `Uint8Array` BINARY; arrays ARRAY, `Map` MAP, other objects STRUCT. Columns
 * are those of all rows, in the order in which they first come; all may be
 * null, and one that always is has type VOID. A schema that is given takes
 * what it names; one that is found loses nothing, so properties that no column
 * is for are refused: those named by symbols, and those of arrays.
 *
 * @param rows objects with the columns by name, or arrays with all values
 * @param names of the columns of arrays; `_1`, `_2` and so on where they are left out
 * @throws SparkError `TYPE_NOT_INFERRED` with the rows and values that go
 *   together with no type; `ROW_INVALID` for what is no row
 */
export function inferSchema(
  rows: readonly unknown[],
  names: readonly string[] | null = null,
): StructType {
  const [first] = rows;
  if (Array.isArray(first)) return inferArrays(rows, names);
  const guess = new StructGuess();
  rows.forEach((row, at) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw noRow(row, at, "give objects with the columns by name");
    }
    guess.add(row, at);
  });
  return guess.struct();
}

function inferArrays(
  rows: readonly unknown[],
  names: readonly string[] | null,
): StructType {
  const columns = names ??
    (rows[0] as unknown[]).map((_, i) => `_${i + 1}`);
  const guesses = columns.map((name) => new TypeGuess(name));
  rows.forEach((row, at) => {
    if (!Array.isArray(row) || row.length !== columns.length) {
      throw noRow(row, at, `give arrays of ${columns.length} values`);
    }
    refuseStraysOfArray(row, "", at);
    for (let i = 0; i < guesses.length; i++) guesses[i]?.add(row[i], at);
  });
  return new StructType(
    guesses.map((guess, i) => ({
      name: columns[i] as string,
      type: guess.type(),
    })),
  );
}

function noRow(row: unknown, index: number, remedy: string): SparkError {
  return new SparkError(
    "ROW_INVALID",
    `Cannot infer a schema: row ${index} is ${
      describeValue(row)
    }; ${remedy}, or give a schema`,
    { row: index },
  );
}
