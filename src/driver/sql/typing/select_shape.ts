/**
 * Shapes that selecting, adding, renaming and dropping columns leave.
 *
 * ```ts ignore
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
import type {
  AmbiguousColumn,
  Flatten,
  IsOpen,
  KnownNames,
  Settled,
} from "./shape.ts";

/**
 * The shape of `select(...A)`: names, paths and named columns become columns,
 * `"*"` all of them; an expression without a name opens the shape.
 *
 * @ignore
 */
export type SelectShape<S, A extends readonly unknown[]> = true extends
  IsUnnamed<A[number]> ? Flatten<Selected<S, A> & Record<string, unknown>>
  : Settled<Selected<S, A>>;

/**
 * What a selection makes, apart from columns without a name.
 *
 * @ignore
 */
type Selected<S, A extends readonly unknown[]> =
  [Extract<A[number], "*" | `${string}.*`>] extends [never]
    ? { [C in A[number] as SelectedName<C>]: SelectedValue<S, C> }
    : Flatten<
      & Everything<Starred<S, Extract<A[number], "*" | `${string}.*`>>>
      & { [C in A[number] as SelectedName<C>]: SelectedValue<S, C> }
    >;

/**
 * The shape with a column more, or with another one of that name. The names
 * that the shape has are a parameter, so that the compiler lists them once and
 * not for each of them.
 *
 * @ignore
 */
export type WithColumn<
  S,
  N extends string,
  T,
  Names extends keyof S = keyof S,
> = IsWide<N> extends true ? Record<string, unknown>
  : IsOpen<S> extends true ? OpenWith<S, { [K in N]: Declared<T> }>
  : Settled<
    {
      [K in Names | N]: K extends N ? Declared<T>
        : K extends Names ? S[K]
        : never;
    }
  >;

/**
 * The shape with columns more, or with others of their names: `{ name: column }`.
 *
 * @ignore
 */
export type WithColumns<
  S,
  C extends Readonly<Record<string, ColumnLike>>,
  Names extends keyof S = keyof S,
> = string extends keyof C ? Record<string, unknown>
  : IsOpen<S> extends true
    ? OpenWith<S, { -readonly [N in keyof C]: ValueOf<C[N]> }>
  : Settled<
    {
      -readonly [K in Names | keyof C]: K extends keyof C ? ValueOf<C[K]>
        : K extends Names ? S[K]
        : never;
    }
  >;

/**
 * An open shape with columns more: as an intersection, which many steps do not make deep.
 *
 * @ignore
 */
type OpenWith<S, C> = [Extract<keyof C, KnownNames<S>>] extends [never] ? S & C
  : Flatten<Without<S, keyof C> & C>;

/**
 * The shape with another name for a column.
 *
 * @ignore
 */
export type Renamed<S, From extends string, To extends string> =
  IsWide<From | To> extends true ? Record<string, unknown>
    : Settled<{ [K in keyof S as K extends From ? To : K]: S[K] }>;

/**
 * The shape with other names for columns: `{ old: "new" }`.
 *
 * @ignore
 */
export type RenamedBy<S, Names> = string extends keyof Names
  ? Record<string, unknown>
  : Settled<{ [K in keyof S as NewName<K, Names>]: S[K] }>;

/**
 * A column's name after renaming.
 *
 * @ignore
 */
type NewName<K, Names> = K extends keyof Names
  ? Names[K] extends infer To extends string ? To : K
  : K;

/**
 * The shape without columns, by name. Of two of one name, which a join leaves,
 * one is dropped by its column, not by its name: the other one stays.
 *
 * @ignore
 */
export type Dropped<S, A extends readonly unknown[]> = true extends
  IsWide<A[number]> ? Record<string, unknown>
  : [ColumnNames<A[number]>] extends [never]
    ? Settled<Without<S, Extract<A[number], string>>>
  : DroppedBy<S, Extract<A[number], string>, ColumnNames<A[number]>>;

/**
 * The shape without columns of these names.
 *
 * @ignore
 */
type Without<S, Names> = {
  [K in keyof S as K extends Names ? never : K]: S[K];
};

/**
 * Of two columns of one name one is dropped by its column: which one, nobody knows.
 *
 * @ignore
 */
type DroppedBy<S, Names, Columns> = Settled<
  {
    [K in keyof S as KeptName<K, S[K], Names, Columns>]: K extends Columns
      ? S[K] extends AmbiguousColumn<infer L, infer R> ? L | R : S[K]
      : S[K];
  }
>;

/**
 * A column's name, never where it is dropped.
 *
 * @ignore
 */
type KeptName<K, V, Names, Columns> = K extends Names ? never
  : K extends Columns ? V extends AmbiguousColumn<unknown, unknown> ? K : never
  : K;

/**
 * The names of the columns among names and columns.
 *
 * @ignore
 */
type ColumnNames<C> = C extends string ? never : NameOf<C>;

/**
 * The name of what is selected; never where there is none, or many.
 *
 * @ignore
 */
type SelectedName<C> = C extends string ? C extends "*" | `${string}.*` ? never
  : IsWide<C> extends true ? never
  : LastName<C>
  : IsWide<NameOf<C>> extends true ? never
  : NameOf<C>;

/**
 * The type of the values of what is selected.
 *
 * @ignore
 */
type SelectedValue<S, C> = C extends string ? ValueAt<S, C> : ValueOf<C>;

/**
 * Whether something selected has a name that the compiler does not know.
 *
 * @ignore
 */
type IsUnnamed<C> = C extends string ? IsWide<C>
  : C extends number ? true
  : IsWide<NameOf<C>>;

/**
 * The columns that stars stand for: of a frame that `alias` named, any.
 *
 * @ignore
 */
type Starred<S, C> = C extends "*" ? S
  : C extends `${infer P}.*` ? Fields<ValueAt<S, P>>
  : never;

/**
 * The fields of a struct, null where it may be.
 *
 * @ignore
 */
type Fields<V> = unknown extends V ? Record<string, unknown>
  : null extends V
    ? { [K in keyof Exclude<V, null>]: Exclude<V, null>[K] | null }
  : V;

/**
 * The intersection of a union's members; `unknown` of none.
 *
 * @ignore
 */
type Everything<U> = (U extends unknown ? (of: U) => void : never) extends
  (of: infer I) => void ? I : never;

/**
 * Whether a name is known only when the program runs.
 *
 * @ignore
 */
type IsWide<N> = string extends N ? true : false;
