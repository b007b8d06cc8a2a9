import fc from "fast-check";

/** Random choices that a seed determines, by fast-check's generator. */
export class Dice {
  readonly #numbers: Iterator<number>;

  /** @param seed a 32-bit integer */
  constructor(seed: number) {
    const numbers = fc.infiniteStream(fc.nat(), { noHistory: true });
    const [stream] = fc.sample(fc.noBias(numbers), { seed, numRuns: 1 });
    if (stream === undefined) throw new Error("fast-check gave no stream");
    this.#numbers = stream;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Number(this.#numbers.next().value) % (high - low + 1);
  }

  /** True in this many of a hundred cases. */
  percent(cases: number): boolean {
    return this.int(0, 99) < cases;
  }

  /**
   * One of the items.
   *
   * @throws RangeError when there is none
   */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot pick of no items");
    return items[this.int(0, items.length - 1)] as T;
  }
}
