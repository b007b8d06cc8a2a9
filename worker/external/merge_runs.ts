import { compareBytes } from "../../src/serde/byte_order.ts";
import type { RunReader } from "./sorted_run.ts";

/**
 * Brings sorted runs together: for each key, in order, the runs that have it,
 * in the order in which they were written. They move on when the next key is
 * asked for.
 *
 * @param runs at their first keys
 * @param ascending whether the lowest key comes first, as in the runs
 */
export function* mergeRuns(
  runs: readonly RunReader[],
  ascending: boolean,
): Generator<RunReader[]> {
  const sign = ascending ? 1 : -1;
  const heap = new Heap<Ordered>((a, b) =>
    sign * compareBytes(a.key, b.key) || a.place - b.place
  );
  const add = (run: RunReader, place: number): void => {
    if (run.entry !== null) heap.push({ run, place, key: run.entry.key });
  };
  runs.forEach(add);
  for (let first = heap.pop(); first !== undefined; first = heap.pop()) {
    const same = [first];
    for (
      let next = heap.peek();
      next !== undefined && compareBytes(next.key, first.key) === 0;
      next = heap.peek()
    ) {
      same.push(next);
      heap.pop();
    }
    yield same.map(({ run }) => run);
    for (const { run, place } of same) {
      run.advance();
      add(run, place);
    }
  }
}

/** A run, when it was written, and the key that it is at. */
interface Ordered {
  readonly run: RunReader;
  readonly place: number;
  readonly key: Uint8Array;
}

/** A binary heap, the least item first. */
class Heap<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#compare(items[parent] as T, item) <= 0) break;
      items[at] = items[parent] as T;
      at = parent;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      const right = child + 1;
      if (
        right < items.length &&
        this.#compare(items[right] as T, items[child] as T) < 0
      ) child = right;
      if (this.#compare(last, items[child] as T) <= 0) break;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = last;
    return first;
  }
}
