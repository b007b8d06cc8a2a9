import type { AmbiguousColumn, IsOpen, KnownNames } from "./shape.ts";

/**
 * What names columns of a frame of shape `S`: `"age"`, a field of a struct
 * (`"address.city"`, also of the structs in an array), `"*"` for all of them,
 * `"address.*"` and, after `alias("a")`, `"a.age"` and `"a.*"`. A name with a
 * dot in it stands within backticks. Any text names a column of an open frame.
 *
 * Use it as the type of a parameter: the compiler completes the names, and
 * lists them where one is wrong.
 */
export type Name<S> = IsOpen<S> extends true ? string
  : { of: ColumnName<S> | "*" | `${string}.*` }["of"];

/**
 * As {@link Name}, of one column: without stars.
 *
 * @ignore
 */
export type ColumnName<S> = IsOpen<S> extends true ? string
  : {
    of:
      | { [K in keyof S]: Paths<S[K], Quoted<K>>["of"] }[keyof S]
      | `${string}.${Quoted<KnownNames<S>>}`;
  }["of"];

/**
 * The names of whole columns, as `drop` and `withColumnRenamed` take them: without fields of structs.
 *
 * @ignore
 */
export type TopName<S> = IsOpen<S> extends true ? string
  : KnownNames<S> & string;

/**
 * The name of the column that a path selects: `"city"` of `"address.city"`.
 *
 * @ignore
 */
export type LastName<P extends string> = Segments<P> extends
  [...string[], infer Last extends string] ? Last : never;

/**
 * The type of the values that a name or a path leads to.
 *
 * @ignore
 */
export type ValueAt<S, P extends string> = Walk<S, Segments<P>>;

/**
 * The type of the values at the end of a path, of which the first name may be a frame's alias.
 *
 * @ignore
 */
type Walk<S, P extends readonly string[]> = P extends
  readonly [infer Head, infer Name extends string]
  ? Head extends keyof S ? Dig<S, P> : OfSide<Dig<S, [Name]>>
  : Dig<S, P>;

/**
 * The values of a column that is named with an alias: where two have the
 * name, those of either.
 *
 * @ignore
 */
type OfSide<T> = T extends AmbiguousColumn<infer L, infer R> ? L | R : T;

/**
 * How deep fields of structs are listed: each level takes the compiler longer.
 *
 * @ignore
 */
type Deeper = { 3: 2; 2: 1; 1: 0 };

/**
 * The paths into values, in a member: the compiler's messages list a member's texts, and name a type instead.
 *
 * @ignore
 */
interface Paths<V, P extends string, D extends 0 | keyof Deeper = 3> {
  of:
    | (V extends AmbiguousColumn<unknown, unknown> ? never : P)
    | (unknown extends V ? `${P}.${string}` : never)
    | (D extends keyof Deeper ? FieldPaths<FieldsOf<V>, P, Deeper[D]>["of"]
      : never);
}

/**
 * The paths into the fields of structs.
 *
 * @ignore
 */
interface FieldPaths<F, P extends string, D extends 0 | keyof Deeper> {
  of: F extends object
    ? { [K in keyof F]: Paths<F[K], `${P}.${Quoted<K>}`, D>["of"] }[keyof F]
    : never;
}

/**
 * The fields of a struct or of the structs in an array; never of what is a value in itself.
 *
 * @ignore
 */
type FieldsOf<V> = V extends Opaque ? never
  : V extends readonly (infer E)[] ? FieldsOf<E>
  : V extends object ? string extends keyof V ? never : V
  : never;

/**
 * What has members in TypeScript that are no columns.
 *
 * @ignore
 */
type Opaque =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | ReadonlyMap<unknown, unknown>
  | { readonly [Symbol.toStringTag]: string } // typed arrays, Temporal's types
  | AmbiguousColumn<unknown, unknown>;

/**
 * A name as it stands in a path.
 *
 * @ignore
 */
type Quoted<K> = K extends string ? K extends `${string}.${string}` ? `\`${K}\``
  : K
  : never;

/**
 * The names along a path.
 *
 * @ignore
 */
type Segments<P extends string> = P extends `\`${infer N}\`.${infer Rest}`
  ? [N, ...Segments<Rest>]
  : P extends `\`${infer N}\`` ? [N]
  : P extends `${infer N}.${infer Rest}` ? [N, ...Segments<Rest>]
  : [P];

/**
 * The type of the values at the end of a path.
 *
 * @ignore
 */
type Dig<V, P extends readonly string[]> = P extends
  readonly [infer N extends string, ...infer Rest extends string[]]
  ? V extends readonly (infer E)[] ? Dig<E, P>[]
  : V extends null ? null
  : N extends keyof V ? Dig<V[N], Rest>
  : unknown
  : V;
