/**
 * The values of one key. They are an array where they fit in memory;
 * otherwise they come from disk while they are iterated, which can be done as
 * often as needed within the task. `[...values]` makes an array of them.
 */
export interface Values<V> extends Iterable<V> {
  /** How many there are. */
  readonly length: number;
}
