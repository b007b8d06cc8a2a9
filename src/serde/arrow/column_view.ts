import { ProtocolError } from "../../common/errors.ts";
import type { ArrowField } from "./arrow_type.ts";

/** The values of a column as they lie in memory. */
export type ColumnValues =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/**
 * One column of a record batch, over the bytes that came; checked, so that
 * every index below `length` is there.
 */
export interface ColumnView {
  /** The column's name and type in Arrow. */
  readonly field: ArrowField;
  /** Number of values. */
  readonly length: number;
  /** How many of them are null. */
  readonly nullCount: number;
  /** A bit for each value, least significant first: 0 where it is null. Null when none is. */
  readonly validity: Uint8Array | null;
  /**
   * Numbers; the bytes of texts and binaries; the bits of booleans; 32-bit
   * words of decimals and intervals, 4 each; the indices into a dictionary.
   * Empty where values are ranges or fields of `children`.
   */
  readonly values: ColumnValues;
  /** Where each value of a text, binary, list or map begins, and where the last ends; null for other types. */
  readonly offsets: Int32Array | null;
  /** Elements of a list, entries of a map, fields of a struct. */
  readonly children: readonly ColumnView[];
  /** The values that the indices lead to, if there is a dictionary. */
  readonly dictionary: ColumnView | null;
}

/** Columns of one length. */
export interface ArrowBatch {
  /** Number of rows. */
  readonly length: number;
  /** The columns, in the schema's order. */
  readonly columns: readonly ColumnView[];
}

/** Whether a value is there. */
export function isValid(view: ColumnView, index: number): boolean {
  const { validity } = view;
  return validity === null ||
    ((validity[index >> 3] as number) >> (index & 7) & 1) === 1;
}

/**
 * A column within a column.
 *
 * @throws ProtocolError `ARROW_SHAPE_UNEXPECTED` when it has no such
 */
export function childAt(
  children: readonly ColumnView[],
  index: number,
): ColumnView {
  const child = children[index];
  if (child !== undefined) return child;
  throw new ProtocolError(
    "ARROW_SHAPE_UNEXPECTED",
    `Cannot read an Arrow batch: it has ${children.length} columns where the schema has more than ${index}; driver and executors run different Sparks`,
    { columns: children.length, index },
  );
}
