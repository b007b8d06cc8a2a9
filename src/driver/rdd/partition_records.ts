/**
 * A partition's records, one after the other, as a function over whole
 * partitions gets them: an iterator with its helpers (`map`, `filter`,
 * `take`, …). In an asynchronous function `for await` reads them with the
 * event loop free; a plain `for` works there too and blocks it.
 */
export type PartitionRecords<T> = IteratorObject<T, undefined>;

/**
 * What a function over whole partitions may return; a promise or an
 * asynchronous iterable only when it was written `async`.
 */
export type PartitionResults<U> =
  | Iterable<U>
  | AsyncIterable<U>
  | Promise<Iterable<U> | AsyncIterable<U>>;

/** What a function over whole partitions promises. */
export interface PartitionOptions {
  /** Whether it leaves each record's key as it is, so that the result needs no new shuffle by it; false by default. */
  readonly preservesPartitioning?: boolean;
}
