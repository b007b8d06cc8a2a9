import type { Decimal } from "../../types/type_settings.ts";
import type { DdlText, ValueOfDdlType } from "../../types/ddl_shape.ts";
import type { TypeOrField, ValuesOf } from "../../types/builders.ts";
import type { Typed } from "../../types/typed.ts";
import type { AsyncCall } from "../rdd/async_options.ts";
import type { ColumnLike } from "../sql/typing/column_like.ts";

/** A type of Spark's, or SQL's words for one, such as `"array<int>"`. */
export type ResultType<D> = D extends string ? DdlText<D> : D;

/** What a type may be given as. */
export type AnyResultType = string | TypeOrField;

/** The values of a type as a query gives them, null among them. */
export type ValueOfType<D> = D extends string ? ValueOfDdlType<D> | null
  : D extends Typed<unknown> ? ValuesOf<D> | null
  : unknown;

/** What a function may return for a type: all that can be written as its values without losing anything. */
export type ResultOf<D> = unknown extends ValueOfType<D> ? unknown
  : Given<ValueOfType<D>> | null | undefined;

/** What may be given for a value: all that can be written as it without losing anything. */
export type Given<V> = V extends null ? null
  : V extends Decimal ? string | number | bigint
  : V extends number | bigint ? number | bigint
  : V extends string | boolean | Uint8Array ? V
  : V extends Date ? Date | string | { readonly [Symbol.toStringTag]: string }
  : V extends { readonly [Symbol.toStringTag]: `Temporal.${string}` }
    ? V | Date | string
  : V extends readonly (infer E)[] ? readonly Given<E>[]
  : V extends ReadonlyMap<infer K, infer E>
    ? ReadonlyMap<Given<K>, Given<E>> | { readonly [key: string]: Given<E> }
  : V extends object ? { readonly [F in keyof V]: Given<V[F]> }
  : V;

/** The columns that a function is called with: one for each parameter, of its values, or named. */
export type ArgumentColumns<A extends readonly unknown[]> = {
  readonly [K in keyof A]: string | ColumnLike<A[K]>;
};

/** The columns that a function is called with by the names of its parameters. */
export type NamedColumns<A extends readonly unknown[]> = {
  readonly [parameter: string]: string | ColumnLike<A[number]>;
};

/** The parameters that columns are given for: all but a last one that takes what is told of the call. */
export type WithoutCall<A extends readonly unknown[]> = A extends
  readonly [...infer Before, infer Last] ? 0 extends (1 & Last) ? A // any
  : Last extends AsyncCall ? Before
  : A
  : A;
