/**
 * A frame that does nothing, with the signatures that the types of
 * `src/driver/sql/typing/` are made for.
 *
 * @module
 */
import type {
  COLUMN_NAME,
  ColumnLike,
  Loose,
} from "../../../src/driver/sql/typing/column_like.ts";
import type {
  ColumnName,
  Name,
  TopName,
} from "../../../src/driver/sql/typing/name.ts";
import type {
  Dropped,
  Renamed,
  RenamedBy,
  SelectShape,
  WithColumn,
  WithColumns,
} from "../../../src/driver/sql/typing/select_shape.ts";
import type {
  JoinedOn,
  JoinedUsing,
  JoinType,
  UsingName,
} from "../../../src/driver/sql/typing/join_shape.ts";
import type {
  AggregateShape,
  CountShape,
  NumericName,
  PivotShape,
  ShortcutShape,
} from "../../../src/driver/sql/typing/aggregate_shape.ts";
import type {
  UnionCheck,
  UnionMissing,
  UnionShape,
} from "../../../src/driver/sql/typing/union_shape.ts";
import type { Untyped } from "../../../src/driver/sql/typing/untyped.ts";
import type { VALUE_TYPE } from "../../../src/types/typed.ts";

export declare class Column<T = unknown, N extends string = string> {
  declare readonly [VALUE_TYPE]?: T;
  declare readonly [COLUMN_NAME]?: N;
  plus(other: T | Column<T>): Column<T>;
  gt(other: Exclude<T, null> | Column<T>): Column<boolean | null>;
  eq(other: T | Column<T>): Column<boolean | null>;
  as<M extends string>(name: M): Column<T, M>;
}

export type ColumnsOf<S> =
  & {
    readonly [
      K in keyof S as string extends K ? never : K extends string ? K : never
    ]: Column<Loose<S[K]>, K & string>;
  }
  & ((name: Name<S>) => Column<Untyped>);

export declare class Frame<S extends object = Record<string, unknown>> {
  readonly rows: S[];
  select<const A extends readonly (Name<S> | ColumnLike)[]>(
    pick: (columns: ColumnsOf<S>) => A,
  ): Frame<SelectShape<S, A>>;
  select<const A extends readonly (Name<S> | ColumnLike)[]>(
    ...columns: A
  ): Frame<SelectShape<S, A>>;
  where(
    condition:
      | Column<boolean | null>
      | ((columns: ColumnsOf<S>) => Column<boolean | null>),
  ): Frame<S>;
  withColumn<const N extends string, T>(
    name: N,
    column: Column<T> | ((columns: ColumnsOf<S>) => Column<T>),
  ): Frame<WithColumn<S, N, T>>;
  withColumns<const C extends Readonly<Record<string, ColumnLike>>>(
    columns: C,
  ): Frame<WithColumns<S, C>>;
  withColumnRenamed<const F extends TopName<S>, const T extends string>(
    from: F,
    to: T,
  ): Frame<Renamed<S, F, T>>;
  withColumnsRenamed<
    const M extends Readonly<Partial<Record<TopName<S>, string>>>,
  >(names: M): Frame<RenamedBy<S, M>>;
  drop<const A extends readonly (TopName<S> | ColumnLike)[]>(
    ...columns: A
  ): Frame<Dropped<S, A>>;
  join<
    R extends object,
    const U extends readonly UsingName<S, R>[],
    How extends JoinType = "inner",
  >(
    other: Frame<R>,
    using: U,
    how?: How,
  ): Frame<JoinedUsing<S, R, How, U[number]>>;
  join<
    R extends object,
    const U extends UsingName<S, R>,
    How extends JoinType = "inner",
  >(
    other: Frame<R>,
    using: U,
    how?: How,
  ): Frame<JoinedUsing<S, R, How, U>>;
  join<R extends object, How extends JoinType = "inner">(
    other: Frame<R>,
    on: Column<boolean | null>,
    how?: How,
  ): Frame<JoinedOn<S, R, How>>;
  groupBy<const K extends readonly (ColumnName<S> | ColumnLike)[]>(
    ...keys: K
  ): Grouped<S, K>;
  union<R extends object>(
    other: Frame<R> & UnionCheck<S, R>,
  ): Frame<UnionShape<S, R>>;
  unionByName<R extends object>(
    other: Frame<R>,
    allowMissingColumns: true,
  ): Frame<UnionMissing<S, R>>;
  col<const N extends ColumnName<S>>(name: N): Column<Loose<S[N & keyof S]>, N>;
}

export declare class Grouped<S, K extends readonly unknown[]> {
  readonly keys: K;
  agg<const A extends readonly ColumnLike[]>(
    pick: (columns: ColumnsOf<S>) => A,
  ): Frame<AggregateShape<S, K, A>>;
  agg<const A extends readonly ColumnLike[]>(
    ...columns: A
  ): Frame<AggregateShape<S, K, A>>;
  count(): Frame<CountShape<S, K, number>>;
  sum<const N extends readonly NumericName<S, number>[]>(
    ...names: N
  ): Frame<ShortcutShape<S, K, "sum", N, number | null>>;
  pivot(): Frame<PivotShape<S, K>>;
}

export function frame<S extends object>(): Frame<S> {
  throw new TypeError("Cannot call frame(): only its type is tested");
}
export function col<const N extends string>(
  _name: N,
): Column<unknown, N> {
  throw new TypeError("Cannot call col(): only its type is tested");
}
export function sum(
  _column: Column<number | null>,
): Column<number | null> {
  throw new TypeError("Cannot call sum(): only its type is tested");
}
export function lit<T>(_value: T): Column<T> {
  throw new TypeError("Cannot call lit(): only its type is tested");
}
