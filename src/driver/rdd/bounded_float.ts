/** An estimate, and the bounds between which the true value lies with some confidence. */
export class BoundedFloat {
  /** The estimate. */
  readonly mean: number;
  /** How likely the bounds hold, from 0 to 1. */
  readonly confidence: number;
  /** The lower bound. */
  readonly low: number;
  /** The upper bound. */
  readonly high: number;

  /**
   * An estimate with its bounds.
   *
   * @param mean the estimate
   * @param confidence how likely the bounds hold, from 0 to 1
   * @param low the lower bound
   * @param high the upper bound
   */
  constructor(mean: number, confidence: number, low: number, high: number) {
    this.mean = mean;
    this.confidence = confidence;
    this.low = low;
    this.high = high;
  }

  /** The estimate, so that it can be used as a number. */
  valueOf(): number {
    return this.mean;
  }

  /** The estimate and its bounds, for a person to read. */
  toString(): string {
    return `${this.mean} [${this.low}, ${this.high}]`;
  }
}
