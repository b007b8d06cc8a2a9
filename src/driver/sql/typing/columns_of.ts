import type { Column } from "../column.ts";
import type { Loose } from "./column_like.ts";
import type { Untyped } from "./untyped.ts";

/** A column of values of any type. */
export type AnyColumn = Column<Untyped, string>;

/** A frame's columns by name, as a function that chooses some is given them; of an open frame, any name. */
export type ColumnsOf<S> = {
  readonly [K in keyof S as K extends string ? K : never]: Column<
    Loose<S[K]>,
    K & string
  >;
};
