/**
 * Shapes of grouped rows.
 *
 * ```ts ignore
 * groupBy<const K extends readonly (ColumnName<S> | ColumnLike)[]>(...keys: K): GroupedData<S, K>;
 * // class GroupedData<S, K extends readonly unknown[]>; pivot(): GroupedData<S, readonly [...K, PivotMark]>
 * agg<const A extends readonly ColumnLike[]>(...columns: A): DataFrame<AggregateShape<S, K, A>>;
 * sum<const N extends readonly NumericName<S>[]>(...names: N): DataFrame<ShortcutShape<S, K, "sum", N>>;
 * ```
 *
 * @module
 */
import type { Decimal, Long } from "../../../types/type_settings.ts";
import type { ColumnLike } from "./column_like.ts";
import type { ValueAt } from "./name.ts";
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
> = K extends readonly [...infer Keys, PivotMark] ? PivotShape<S, Keys>
  : SelectShape<S, readonly [...K, ...A]>;

/**
 * The shape of `groupBy(...K).count()`.
 *
 * @ignore
 */
export type CountShape<S, K extends readonly unknown[]> = AggregateShape<
  S,
  K,
  readonly [ColumnLike<Long, "count">]
>;

/**
 * The shape of `groupBy(...K).sum(...N)` and its kin, whose columns are named `sum(n)`.
 *
 * @ignore
 */
export type ShortcutShape<
  S,
  K extends readonly unknown[],
  Function extends ShortcutFunction,
  N extends readonly string[],
> = K extends readonly [...infer Keys, PivotMark] ? PivotShape<S, Keys>
  : N extends readonly [] ? PivotShape<S, K>
  : Flatten<
    & SelectShape<S, K>
    & {
      [Column in N[number] as `${Function}(${Column})`]: Aggregated<
        Function,
        ValueAt<S, Column>
      >;
    }
  >;

/**
 * Aggregates that groups have methods for.
 *
 * @ignore
 */
export type ShortcutFunction = "avg" | "max" | "min" | "sum";

/**
 * The type of an aggregate: averages and sums of decimals are decimals; a sum
 * of numbers is a long's type where it may be one.
 *
 * @ignore
 */
type Aggregated<Function, T> = unknown extends T ? unknown
  : Exclude<T, null> extends infer V ? Function extends "max" | "min" ? V | null
    : [V] extends [Decimal] ? Decimal | null
    : Function extends "avg" ? number | null
    : [V] extends [bigint] ? V | null
    : number | Long | null
  : never;

/**
 * Stands behind the keys of groups whose columns come from values.
 *
 * @ignore
 */
export interface PivotMark extends ColumnLike {
  /** Never there: for the compiler only. */
  readonly pivoted: true;
}

/**
 * The shape of rows whose columns come from values, as a pivot's: the keys, and others.
 *
 * @ignore
 */
export type PivotShape<S, K extends readonly unknown[]> = Flatten<
  SelectShape<S, K> & Record<string, unknown>
>;

/**
 * The names of a frame's columns of numbers, decimals too.
 *
 * @ignore
 */
export type NumericName<S> = IsOpen<S> extends true ? string
  :
    & {
      [K in keyof S]: [Exclude<S[K], null>] extends [number | bigint | Decimal]
        ? K
        : never;
    }[keyof S]
    & string;
