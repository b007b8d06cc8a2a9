import { describeValue } from "../common/describe_value.ts";
import { SparkError } from "../common/errors.ts";
import { DataFrame } from "../driver/sql/data_frame.ts";
import { col } from "../driver/sql/functions/mod.ts";
import type { Untyped } from "../driver/sql/typing/untyped.ts";
import { StructType } from "../types/data_type.ts";
import type { RowValues } from "./pair_rows.ts";

/**
 * Rows to compare: a DataFrame, or rows as objects or as arrays of their
 * values. A field that is left out is null.
 */
export type Rows = DataFrame<Untyped> | readonly object[];

/** Rows that are in this process. */
export interface OpenRows {
  /** The columns, where they come from a DataFrame. */
  readonly schema: StructType | null;
  /** The rows: of a DataFrame, arrays of values in the order of the columns. */
  readonly rows: readonly object[];
}

/** What changes how a DataFrame is read. */
export interface OpenOptions {
  readonly ignoreColumnOrder?: boolean;
  readonly ignoreColumnType?: boolean;
}

/**
 * Collects a DataFrame; rows of the program are taken as they are.
 *
 * @throws SparkError `STREAM_NOT_COMPARABLE` for a stream
 * @throws TypeError for what is neither
 */
export async function openRows(
  rows: Rows,
  { ignoreColumnOrder, ignoreColumnType }: OpenOptions,
): Promise<OpenRows> {
  if (!(rows instanceof DataFrame)) return { schema: null, rows: given(rows) };
  if (await rows.isStreaming) {
    throw new SparkError(
      "STREAM_NOT_COMPARABLE",
      `Cannot compare the rows of "${rows}": it is a stream; compare what its query has written`,
    );
  }
  const { fields } = await rows.schema;
  const names = fields.map((_, i) => `c${i}`); // two columns may have one name
  const renamed: DataFrame = rows.toDF(...names);
  const read = ignoreColumnType === true
    ? renamed.select(...names.map((name) => col(name).cast("string").as(name)))
    : renamed;
  const order = fields.map(({ name }, i) => ({ name, i }));
  if (ignoreColumnOrder === true) {
    order.sort((a, b) => a.name < b.name ? -1 : Number(a.name > b.name));
  }
  const types = (await read.schema).fields;
  const collected: object[] = await read.collect();
  return {
    schema: new StructType(
      order.flatMap(({ i, name }) => {
        const field = types[i];
        return field === undefined ? [] : [{ ...field, name }];
      }),
    ),
    rows: collected.map((row) => {
      const values: unknown[] = Object.values(row);
      return order.map(({ i }) => values[i]);
    }),
  };
}

/** Refuses what is no list of rows, in a test that nobody compiled. */
function given(rows: unknown): readonly object[] {
  const isRow = (row: unknown): boolean =>
    typeof row === "object" && row !== null;
  if (Array.isArray(rows) && rows.every(isRow)) return rows;
  throw new TypeError(
    `Cannot compare rows of ${
      describeValue(rows)
    }: it is neither a DataFrame nor an array of rows; await a promise of rows first`,
  );
}

/** The names of fields of rows that say nothing of their columns, in the order in which they come. */
export function namesOf(rows: readonly object[]): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    for (const name of Object.keys(row)) names.add(name);
  }
  return [...names];
}

/**
 * The values of a row: by the columns' names, and behind them what other
 * fields hold, which no column has.
 *
 * @param row an object, or an array of values
 * @param names the columns' names
 * @param byPlace whether fields count by their places
 */
export function valuesOf(
  row: object,
  names: readonly string[],
  byPlace: boolean,
): RowValues {
  if (Array.isArray(row)) return row;
  if (byPlace) return Object.values(row);
  const others = Object.entries(row).filter(([name]) => !names.includes(name));
  return [
    ...names.map((name) => Reflect.get(row, name) ?? null),
    ...others.map(([, value]) => value),
  ];
}

/** A row of the values that {@link valuesOf} gave. */
export function rowOf(
  values: RowValues | null,
  names: readonly string[],
): object | null {
  if (values === null) return null;
  return Object.fromEntries(values.map((value, i) => [names[i] ?? i, value]));
}
