/**
 * Shapes of grouped rows.
 *
 * ```ts ignore
 * groupBy<const K extends readonly (ColumnName<S> | ColumnLike)[]>(...keys: K): GroupedData<S, K>;
 * // class GroupedData<S, K extends readonly unknown[]>
 * agg<const A extends readonly ColumnLike[]>(...columns: A): DataFrame<AggregateShape<S, K, A>>;
 * sum<const N extends readonly NumericName<S>[]>(...names: N): DataFrame<ShortcutShape<S, K, "sum", N, number | null>>;
 * ```
 *
 * @module
 */
import type { ColumnLike } from "./column_like.ts";
import type { SelectShape } from "./select_shape.ts";
import type { Flatten, IsOpen } from "./shape.ts";

/**
 * The shape of `groupBy(...K).agg(...A)`: the keys, then the aggregates.
 *
 * @ignore
 */
export type AggregateShape<
  S,
  K extends readonly unknown[],
  A extends readonly unknown[],
> = SelectShape<S, readonly [...K, ...A]>;

/**
 * The shape of `groupBy(...K).count()`.
 *
 * @ignore
 */
export type CountShape<S, K extends readonly unknown[], Count> = SelectShape<
  S,
  readonly [...K, ColumnLike<Count, "count">]
>;

/**
 * The shape of `groupBy(...K).sum(...N)` and its kin, whose columns are named `sum(n)`.
 *
 * @ignore
 */
export type ShortcutShape<
  S,
  K extends readonly unknown[],
  Function extends string,
  N extends readonly string[],
  T,
> = N extends readonly [] ? Flatten<SelectShape<S, K> & Record<string, unknown>>
  : Flatten<
    & SelectShape<S, K>
    & { [Column in N[number] as `${Function}(${Column})`]: T }
  >;

/**
 * The shape of rows whose columns come from values, as a pivot's: the keys, and others.
 *
 * @ignore
 */
export type PivotShape<S, K extends readonly unknown[]> = Flatten<
  SelectShape<S, K> & Record<string, unknown>
>;

/**
 * The names of a frame's columns of numbers: decimals too, which are texts.
 *
 * @ignore
 */
export type NumericName<S, Numeric> = IsOpen<S> extends true ? string
  :
    & {
      [K in keyof S]: [Exclude<S[K], null>] extends [Numeric] ? K : never;
    }[keyof S]
    & string;
