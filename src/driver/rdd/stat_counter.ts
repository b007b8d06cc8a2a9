import { printBy } from "../../common/inspect.ts";

/** What a {@link StatCounter} says, by name. */
export interface StatValues {
  /** How many numbers there are. */
  readonly count: number;
  /** Their mean; 0 without numbers. */
  readonly mean: number;
  /** Their sum. */
  readonly sum: number;
  /** The least; Infinity without numbers. */
  readonly min: number;
  /** The greatest; -Infinity without numbers. */
  readonly max: number;
  /** Standard deviation; NaN without numbers. */
  readonly stdev: number;
  /** Variance; NaN without numbers. */
  readonly variance: number;
}

/** What workers send: count, mean, squares, max, min. */
export type StatState = [number, number, number, number, number];

/** A counter with what a worker sent. */
export let counterOf: (state: StatState) => StatCounter;

/**
 * Count, mean, extremes and variance of numbers, added one by one or from
 * other counters, in a way that loses no digits to large sums.
 *
 * Peer: `pyspark.statcounter.StatCounter`.
 *
 * @example
 * ```ts
 * import { StatCounter } from "@tspark/tspark";
 *
 * const stats = new StatCounter([1, 2, 3, 4]);
 * console.log(stats.mean(), stats.variance()); // 2.5 1.25
 * ```
 */
export class StatCounter {
  #count = 0;
  #mean = 0;
  #squares = 0; // sum of the squared differences from the mean
  #max = -Infinity;
  #min = Infinity;

  static {
    counterOf = ([count, mean, squares, max, min]) => {
      const counter = new StatCounter();
      counter.#count = count;
      counter.#mean = mean;
      counter.#squares = squares;
      counter.#max = max;
      counter.#min = min;
      return counter;
    };
    printBy(
      StatCounter.prototype,
      (self, inspect) => `StatCounter ${inspect(self.asDict())}`,
    );
  }

  /**
   * Makes a counter.
   *
   * @param values numbers to begin with
   */
  constructor(values: Iterable<number> = []) {
    for (const value of values) this.merge(value);
  }

  /** Adds a number. */
  merge(value: number): this {
    const delta = value - this.#mean;
    this.#count++;
    this.#mean += delta / this.#count;
    this.#squares += delta * (value - this.#mean);
    this.#max = greater(this.#max, value);
    this.#min = this.#count === 1 ? value : lesser(this.#min, value);
    return this;
  }

  /** Adds the numbers of another counter. */
  mergeStats(other: StatCounter): this {
    if (other === this) return this.mergeStats(other.copy()); // it would change while it is read
    if (other.#count === 0) return this;
    const count = this.#count + other.#count;
    const delta = other.#mean - this.#mean;
    if (this.#count === 0) {
      this.#mean = other.#mean;
    } else if (other.#count * 10 < this.#count) {
      this.#mean += delta * other.#count / count;
    } else if (this.#count * 10 < other.#count) {
      this.#mean = other.#mean - delta * this.#count / count;
    } else {
      this.#mean = (this.#mean * this.#count + other.#mean * other.#count) /
        count;
    }
    this.#squares += other.#squares +
      (this.#count === 0
        ? 0
        : delta * delta * this.#count * other.#count / count);
    this.#max = greater(this.#max, other.#max);
    this.#min = this.#count === 0 ? other.#min : lesser(this.#min, other.#min);
    this.#count = count;
    return this;
  }

  /** A counter of its own with the same contents. */
  copy(): StatCounter {
    return new StatCounter().mergeStats(this);
  }

  /** How many numbers there are. */
  count(): number {
    return this.#count;
  }

  /** Their mean; 0 without numbers. */
  mean(): number {
    return this.#mean;
  }

  /** Their sum. */
  sum(): number {
    return this.#count * this.#mean;
  }

  /** The least, NaN only where all are; Infinity without numbers. */
  min(): number {
    return this.#min;
  }

  /** The greatest, NaN where one is, as `RDD.max` gives it; -Infinity without numbers. */
  max(): number {
    return this.#max;
  }

  /** Variance of the numbers; NaN without numbers. */
  variance(): number {
    return this.#count === 0 ? NaN : this.#squares / this.#count;
  }

  /** Variance of what the numbers are a sample of; NaN for fewer than two. */
  sampleVariance(): number {
    return this.#count <= 1 ? NaN : this.#squares / (this.#count - 1);
  }

  /** Standard deviation of the numbers; NaN without numbers. */
  stdev(): number {
    return Math.sqrt(this.variance());
  }

  /** Standard deviation of what the numbers are a sample of; NaN for fewer than two. */
  sampleStdev(): number {
    return Math.sqrt(this.sampleVariance());
  }

  /**
   * All figures.
   *
   * @param sample whether deviation and variance are those of what the numbers
   *   are a sample of; false by default
   */
  asDict(sample: boolean = false): StatValues {
    return {
      count: this.count(),
      mean: this.mean(),
      sum: this.sum(),
      min: this.min(),
      max: this.max(),
      stdev: sample ? this.sampleStdev() : this.stdev(),
      variance: sample ? this.sampleVariance() : this.variance(),
    };
  }

  /** All figures, as {@link StatCounter.asDict} gives them. */
  toJSON(): StatValues {
    return this.asDict();
  }

  /** The figures in a line, for a person to read. */
  toString(): string {
    return `(count: ${this.#count}, mean: ${this.mean()}, stdev: ${this.stdev()}, max: ${this.#max}, min: ${this.#min})`;
  }
}

/** In the one order of all values NaN is the greatest number. */
function greater(a: number, b: number): number {
  return a > b || a !== a ? a : b;
}

function lesser(a: number, b: number): number {
  return a < b || b !== b ? a : b;
}
