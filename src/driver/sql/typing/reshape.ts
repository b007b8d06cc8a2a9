/**
 * Shapes of frames whose columns come from others' values, names or gaps.
 *
 * @module
 */
import type { Decimal, Long } from "../../../types/type_settings.ts";
import type { LastName, ValueAt } from "./name.ts";
import type { NameOf } from "./column_like.ts";
import type { SelectShape, WithColumn } from "./select_shape.ts";
import type { Flatten, IsOpen, KnownNames, Settled } from "./shape.ts";

/**
 * The shape of `toDF(...names)`: TypeScript's shapes have no order, so the
 * values are those of any column.
 *
 * @ignore
 */
export type Named<N extends string> = Settled<{ [K in N]: unknown }>;

/**
 * The shape with a column of rows' places.
 *
 * @ignore
 */
export type WithIndex<S, N extends string> = WithColumn<S, N, Long>;

/**
 * The shape of `describe()` and `summary()`: everything is text.
 *
 * @ignore
 */
export interface SummaryShape {
  /** A statistic of a column. */
  [column: string]: string | null;
  /** What the row tells, such as `mean`. */
  summary: string;
}

/**
 * The shape of `unpivot(ids, values, names, values)`: what stays, a name, and
 * a value of one of the columns.
 *
 * @ignore
 */
export type UnpivotShape<
  S,
  Ids extends readonly unknown[],
  Values extends readonly unknown[] | null,
  Variable extends string,
  Value extends string,
> = Flatten<
  & SelectShape<S, Ids>
  & { [K in Variable]: string }
  & { [K in Value]: UnpivotValue<S, Ids, Values> }
>;

/**
 * The values of the columns that become rows.
 *
 * @ignore
 */
type UnpivotValue<S, Ids extends readonly unknown[], Values> = IsOpen<S> extends
  true ? unknown
  : Values extends readonly unknown[] ? OneOf<S, Values[number]>
  : S[Exclude<KnownNames<S>, NamesOf<Ids[number]>> & keyof S];

/**
 * The values of any of some columns.
 *
 * @ignore
 */
type OneOf<S, C> = C extends string ? ValueAt<S, C>
  : NameOf<C> extends KnownNames<S> ? S[NameOf<C> & keyof S]
  : unknown;

/**
 * The names of names and columns.
 *
 * @ignore
 */
type NamesOf<C> = C extends string ? LastName<C> : NameOf<C>;

/**
 * The shape of which columns lose their nulls: those that a value fits, or
 * those of an object of values.
 *
 * @ignore
 */
export type Filled<S, V, N = keyof S> = Settled<
  {
    [K in keyof S]: V extends Readonly<Record<string, unknown>>
      ? K extends keyof V ? Exclude<S[K], null> : S[K]
      : K extends N ? Filling<S[K], V>
      : S[K];
  }
>;

/**
 * A column's values where a value fills its gaps.
 *
 * @ignore
 */
type Filling<T, V> = [Exclude<T, null>] extends [KindOf<V>]
  ? V extends string ? [Exclude<T, null>] extends [Decimal] ? T
    : Exclude<T, null>
  : Exclude<T, null>
  : T;

/**
 * The values that a value fills in for: numbers for all numbers, decimals too.
 *
 * @ignore
 */
type KindOf<V> = V extends number | bigint ? number | bigint | Decimal
  : V extends string ? string
  : V extends boolean ? boolean
  : never;

/**
 * The shape that `na.drop(options)` leaves: without options no column is null,
 * nor is one of a subset; an option that keeps rows with some nulls keeps all.
 *
 * @ignore
 */
export type DroppedNa<S, O> = O extends
  { readonly how: "all" } | { readonly thresh: number } ? S
  : O extends { readonly subset: infer N }
    ? WithoutNulls<S, N extends readonly (infer E)[] ? E : N>
  : WithoutNulls<S, keyof S>;

/**
 * The shape with columns that are not null.
 *
 * @ignore
 */
type WithoutNulls<S, N> = string extends N
  ? IsOpen<S> extends true ? S : N extends keyof S ? Bare<S, N> : S
  : Bare<S, N>;

/**
 * The shape without the nulls of some columns.
 *
 * @ignore
 */
type Bare<S, N> = Settled<
  { [K in keyof S]: K extends N ? Exclude<S[K], null> : S[K] }
>;
