/** Marks an iterable object that travels as a list of its items. */
export const LIST_LIKE: unique symbol = Symbol.for("tspark.listLike");
