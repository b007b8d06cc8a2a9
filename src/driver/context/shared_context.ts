import type { Accumulator, AccumulatorParam } from "../runtime/accumulator.ts";
import type { Broadcast } from "../runtime/broadcast.ts";
import { FileContext } from "./file_context.ts";

/** The part of `SparkContext` that makes the variables which functions share. */
export abstract class SharedContext extends FileContext {
  /**
   * Makes a value that goes to each executor once, however many tasks use it.
   * Plain data is taken as it is now; a value with functions or objects of
   * classes in it, as it is when a job first needs it.
   *
   * @param value any value that a function could capture
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const stopWords = (sc: SparkContext) => sc.broadcast(new Set(["a", "an", "the"]));
   * ```
   */
  broadcast<T>(value: T): Broadcast<T> {
    return this.runtime.shared.broadcast(value);
  }

  /**
   * Makes a value that functions add to and the driver reads.
   *
   * @param value what it begins at
   * @param accumulatorParam how values are added; by default numbers and
   *   bigints are summed up, and lists joined
   * @throws TypeError without a param for anything else
   *
   * @example
   * ```ts
   * import type { SparkContext } from "@tspark/tspark";
   *
   * const bad = (sc: SparkContext) => sc.accumulator(0);
   * ```
   */
  accumulator(value: number): Accumulator<number>;
  /** Makes a value that functions add to and the driver reads. */
  accumulator<T>(
    value: T,
    accumulatorParam?: AccumulatorParam<T>,
  ): Accumulator<T>;
  accumulator<T>(
    value: T,
    accumulatorParam?: AccumulatorParam<T>,
  ): Accumulator<T> {
    return this.runtime.shared.accumulator(value, accumulatorParam);
  }
}
