/**
 * What the types of frames know of a column: the type of its values and the
 * name that it has as a column. `Column` has both; the types here look at
 * nothing else of it, so that they need not import the class.
 *
 * @module
 */
import type { Typed, VALUE_TYPE } from "../../../types/typed.ts";
import type { Untyped } from "./untyped.ts";

/**
 * Where a column keeps its name, for the compiler only.
 *
 * @ignore
 */
export declare const COLUMN_NAME: unique symbol;

/**
 * A column of values of type `T` and of the name `N`: `string` when it has no name that the compiler knows.
 *
 * @ignore
 */
export interface ColumnLike<T = unknown, N extends string = string>
  extends Typed<T> {
  /** Never there: for the compiler only. */
  readonly [COLUMN_NAME]?: N;
}

/**
 * The type of a column's values, `unknown` where nobody declared it.
 *
 * @ignore
 */
export type ValueOf<C> = C extends { readonly [VALUE_TYPE]?: infer T }
  ? Declared<Exclude<T, undefined>>
  : unknown;

/**
 * The name of a column, `string` where the compiler knows none.
 *
 * @ignore
 */
export type NameOf<C> = C extends { readonly [COLUMN_NAME]?: infer N }
  ? Extract<N, string>
  : never;

/**
 * `unknown` for what is `any` or unknown, as it stands in the shape of a row.
 *
 * @ignore
 */
export type Declared<T> = unknown extends T ? unknown : T;

/**
 * The values of a column as its methods see them: what nobody declared takes every operator.
 *
 * @ignore
 */
export type Loose<T> = unknown extends T ? Untyped : T;
