import { type DataType, type Metadata, NO_METADATA } from "./data_type.ts";

/** Where a type keeps, for the compiler only, the TypeScript type of its values. */
export declare const VALUE_TYPE: unique symbol;

/** What carries the TypeScript type of the values that it describes. */
export interface Typed<T> {
  /** Never there: for the compiler only. */
  readonly [VALUE_TYPE]?: T;
}

/** A column's type with what a column has beside it. */
export interface TypedField<T> extends Typed<T> {
  /** The type of its values. */
  readonly type: DataType;
  /** Whether it may be null. */
  readonly nullable: boolean;
  /** What is kept with it. */
  readonly metadata: Metadata;
}

/** A column's type with what a column has beside it. */
export function typedField<T>(
  type: DataType,
  nullable: boolean,
  metadata: Metadata = NO_METADATA,
): TypedField<T> {
  return Object.freeze({ type, nullable, metadata });
}
