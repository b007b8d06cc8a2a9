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

/**
 * Count, mean, extremes and variance of numbers, taken up one by one or from
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

  /**
   * Makes a counter.
   *
   * @param values numbers to begin with
   */
  constructor(values: Iterable<number> = []) {
    for (const value of values) this.merge(value);
  }

  /** Takes up a number. */
  merge(value: number): this {
    const delta = value - this.#mean;
    this.#count++;
    this.#mean += delta / this.#count;
    this.#squares += delta * (value - this.#mean);
    // As Python's max() and min(): a NaN never replaces what was there before.
    if (value > this.#max) this.#max = value;
    if (value < this.#min) this.#min = value;
    return this;
  }

  /** Takes up all that another counter has taken up. */
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
    this.#count = count;
    this.#max = Math.max(this.#max, other.#max);
    this.#min = Math.min(this.#min, other.#min);
    return this;
  }

  /** A counter of its own with the same contents. */
  copy(): StatCounter {
    return StatCounter.from(this.toState());
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

  /** The least; Infinity without numbers. */
  min(): number {
    return this.#min;
  }

  /** The greatest; -Infinity without numbers. */
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

  /** The figures in a line, for a person to read. */
  toString(): string {
    return `(count: ${this.#count}, mean: ${this.mean()}, stdev: ${this.stdev()}, max: ${this.#max}, min: ${this.#min})`;
  }

  /**
   * What workers send: count, mean, squares, max, min.
   *
   * @internal
   */
  toState(): StatState {
    return [this.#count, this.#mean, this.#squares, this.#max, this.#min];
  }

  /**
   * A counter with what a worker sent.
   *
   * @internal
   */
  static from([count, mean, squares, max, min]: StatState): StatCounter {
    const counter = new StatCounter();
    counter.#count = count;
    counter.#mean = mean;
    counter.#squares = squares;
    counter.#max = max;
    counter.#min = min;
    return counter;
  }
}

/** The state of a {@link StatCounter}: count, mean, squares, max, min. */
export type StatState = [number, number, number, number, number];
