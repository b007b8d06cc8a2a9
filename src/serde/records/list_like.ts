/** Marks an iterable object that is serialized as a list of its items. */
export const LIST_LIKE: unique symbol = Symbol.for("tspark.listLike");

/** An object that is marked so. */
export interface ListLike extends Iterable<unknown> {
  readonly [LIST_LIKE]: true;
  /** How many items there are. */
  readonly length: number;
}
