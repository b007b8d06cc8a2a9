import type { Typed } from "./typed.ts";

/**
 * The shape of the rows of a schema that builders made, or the TypeScript
 * type of a type's values.
 *
 * @example
 * ```ts
 * import { type ShapeOf, types } from "@tspark/tspark";
 *
 * const people = types.struct({
 *   name: types.string,
 *   age: types.int.nullable(),
 * });
 * type Person = ShapeOf<typeof people>; // { name: string; age: number | null }
 * ```
 */
export type ShapeOf<V> = V extends Typed<infer T>
  ? object extends T ? Record<string, unknown> : T
  : unknown;

/** A shape with everything in it nullable, as readers of files make it. */
export type ReadShape<S> = string extends keyof S ? S
  : { [K in keyof S]: ReadValue<S[K]> | null };

/** @ignore */
type ReadValue<V> = V extends readonly (infer E)[] ? (ReadValue<E> | null)[]
  : V extends ReadonlyMap<infer K, infer E> ? Map<K, ReadValue<E> | null>
  : V extends Opaque ? V
  : V extends object ? ReadShape<V>
  : V;

/** What has members in TypeScript that are no fields. */
type Opaque =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | { readonly [Symbol.toStringTag]: string }; // typed arrays, Temporal's types
