/**
 * Shapes that selecting, adding, renaming and dropping columns leave.
 *
 * ```ts
 * select<const A extends readonly (Name<S> | ColumnLike)[]>(...columns: A): DataFrame<SelectShape<S, A>>;
 * select<const A extends readonly (Name<S> | ColumnLike)[]>(pick: (c: ColumnsOf<S>) => A): DataFrame<SelectShape<S, A>>;
 * withColumn<N extends string, T>(name: N, column: ColumnLike<T>): DataFrame<WithColumn<S, N, T>>;
 * drop<const A extends readonly (TopName<S> | ColumnLike)[]>(...columns: A): DataFrame<Dropped<S, NamesIn<A>>>;
 * ```
 *
 * @module
 */
import type { ColumnLike, Declared, NameOf, ValueOf } from "./column_like.ts";
import type { LastName, ValueAt } from "./name.ts";
import type { AmbiguousColumn, Flatten } from "./shape.ts";

/**
 * The shape of `select(...A)`: names, paths and named columns become columns,
 * `"*"` all of them; an expression without a name opens the shape.
 */
export type SelectShape<S, A extends readonly unknown[]> = Flatten<
  & Everything<Starred<S, Extract<A[number], "*" | `${string}.*`>>>
  & { [C in A[number] as SelectedName<C>]: SelectedValue<S, C> }
  & (true extends IsUnnamed<A[number]> ? Record<string, unknown> : unknown)
>;

/** The shape with a column more, or with another one of that name. */
export type WithColumn<S, N extends string, T> = IsWide<N> extends true
  ? Flatten<Record<string, unknown>>
  : Flatten<Without<S, N> & { [K in N]: Declared<T> }>;

/** The shape with columns more, or with others of their names: `{ name: column }`. */
export type WithColumns<S, C extends Readonly<Record<string, ColumnLike>>> =
  string extends keyof C ? Record<string, unknown>
    : Flatten<
      Without<S, keyof C & string> & { -readonly [N in keyof C]: ValueOf<C[N]> }
    >;

/** The shape with another name for a column. */
export type Renamed<S, From extends string, To extends string> =
  IsWide<From | To> extends true ? Record<string, unknown>
    : RenamedBy<S, Record<From, To>>;

/** The shape with other names for columns: `{ old: "new" }`. */
export type RenamedBy<S, Names> = string extends keyof Names
  ? Record<string, unknown>
  : Flatten<
    {
      [
        K in keyof S as K extends keyof Names
          ? Names[K] extends infer To extends string ? To : K
          : K
      ]: S[K];
    }
  >;

/**
 * The shape without columns, by name. Of two of one name, which a join leaves,
 * one is dropped by its column, not by its name: the other one stays.
 */
export type Dropped<S, A extends readonly unknown[]> = true extends
  IsWide<A[number]> ? Record<string, unknown>
  : Flatten<
    {
      [
        K in keyof S as K extends Extract<A[number], string> ? never
          : K extends ColumnNames<A[number]>
            ? S[K] extends AmbiguousColumn<unknown, unknown> ? K : never
          : K
      ]: K extends ColumnNames<A[number]>
        ? S[K] extends AmbiguousColumn<infer L, infer R> ? L | R : S[K]
        : S[K];
    }
  >;

/** A step of the types above: column names. */
export type ColumnNames<C> = C extends string ? never : NameOf<C>;

/** The shape without columns of these names, open as it was. */
export type Without<S, N extends string> = {
  [K in keyof S as K extends N ? never : K]: S[K];
};

/** A step of the types above: selected name. */
export type SelectedName<C> = C extends string
  ? C extends "*" | `${string}.*` ? never
  : IsWide<C> extends true ? never
  : LastName<C>
  : IsWide<NameOf<C>> extends true ? never
  : NameOf<C>;

/** A step of the types above: selected value. */
export type SelectedValue<S, C> = C extends string ? ValueAt<S, C> : ValueOf<C>;

/** Whether something selected has a name that the compiler does not know. */
export type IsUnnamed<C> = C extends string ? IsWide<C> : IsWide<NameOf<C>>;

/** The columns that stars stand for: of a frame that `alias` named, any. */
export type Starred<S, C> = C extends "*" ? S
  : C extends `${infer P}.*` ? Fields<ValueAt<S, P>>
  : never;

/** A step of the types above: fields. */
export type Fields<V> = unknown extends V ? Record<string, unknown>
  : null extends V
    ? { [K in keyof Exclude<V, null>]: Exclude<V, null>[K] | null }
  : V;

/** The intersection of a union's members; `unknown` of none. */
export type Everything<U> =
  (U extends unknown ? (of: U) => void : never) extends (of: infer I) => void
    ? I
    : never;

/** A step of the types above: is wide. */
export type IsWide<N> = string extends N ? true : false;
