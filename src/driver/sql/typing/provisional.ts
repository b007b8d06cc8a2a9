import type { Column } from "../column.ts";
import type { Untyped } from "./untyped.ts";

/** The name of a column. */
export type Name<S> = keyof S & string;

/** A frame's columns by name, as a function is given them. */
export type ColumnsOf<S> = {
  readonly [K in keyof S & string]: Column<S[K], K>;
};

/** A column of values of any type. */
export type AnyColumn = Column<Untyped, string>;
