/** Where a type keeps, for the compiler only, the TypeScript type of its values. */
export declare const VALUE_TYPE: unique symbol;

/** What carries the TypeScript type of the values that it describes. */
export interface Typed<T> {
  /** Never there: for the compiler only. */
  readonly [VALUE_TYPE]?: T;
}
