/** What pairs have for keys: `KeyOf<[string, number]>` is `string`. */
export type KeyOf<T> = T extends readonly [infer K, unknown] ? K : never;

/** What pairs have for values: `ValueOf<[string, number]>` is `number`. */
export type ValueOf<T> = T extends readonly [unknown, infer V] ? V : never;

/**
 * Holds for pairs. For other records it is a text that no RDD is assignable
 * to, so that the compiler prints it where an operation on pairs is called.
 */
export type OfPairs<T, Operation extends string> = [T] extends
  [readonly [unknown, unknown]] ? unknown
  : `${Operation} needs an RDD of pairs [key, value]: make them with map() or keyBy()`;

/** Any record. That lists of two are among them has the compiler infer `[word, 1]` as a pair. */
export type AnyRecord =
  | NonNullable<unknown>
  | null
  | undefined
  | void
  | [unknown, unknown];
