import type {
  DateOnly,
  Decimal,
  TimeOfDay,
  Timestamp,
  TimestampNtz,
} from "./type_settings.ts";

/**
 * What stands for a row of a shape where rows are given: what reading gives,
 * and what means the same. A column that may be null may be left out; a row
 * may be an array of its values, in the order of the columns.
 */
export type RowInput<S> = FieldsInput<S> | readonly unknown[];

/**
 * The fields of a struct as they are given.
 *
 * @ignore
 */
type FieldsInput<S> = string extends keyof S ? object
  :
    & {
      readonly [K in keyof S as null extends S[K] ? never : K]: ValueInput<
        S[K]
      >;
    }
    & {
      readonly [K in keyof S as null extends S[K] ? K : never]?:
        | ValueInput<S[K]>
        | undefined;
    };

/**
 * A value as it is given: whole numbers as bigint too, decimals as text or
 * numbers, times of Temporal's types, maps with texts as keys as objects.
 *
 * @ignore
 */
type ValueInput<V> = unknown extends V ? unknown
  : V extends number | bigint ? number | bigint
  : V extends Decimal ? string | number | bigint
  : V extends string | boolean | null ? V | Timely<V>
  : V extends Date ? Date | TemporalValue
  : V extends readonly (infer E)[] ? readonly ValueInput<E>[]
  : V extends ReadonlyMap<infer K, infer E> ?
      | ReadonlyMap<ValueInput<K>, ValueInput<E>>
      | (K extends string ? { readonly [key: string]: ValueInput<E> } : never)
  : V extends { readonly [Symbol.toStringTag]: string } ? V | Timely<V>
  : V extends object ? RowInput<V>
  : V;

/**
 * Other forms of a value that a program's settings give a type of its own.
 *
 * @ignore
 */
type Timely<V> = V extends DateOnly | Timestamp | TimestampNtz
  ? Date | TemporalValue
  : V extends TimeOfDay ? TemporalValue
  : never;

/**
 * A value of one of Temporal's types.
 *
 * @ignore
 */
interface TemporalValue {
  readonly [Symbol.toStringTag]: `Temporal.${string}`;
}
