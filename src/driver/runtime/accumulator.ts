import {
  CAPTURE_AS,
  type SharedReference,
} from "../../protocol/closure_record.ts";

/**
 * How values of an accumulator are added up.
 *
 * @example
 * ```ts
 * import type { AccumulatorParam } from "@tspark/tspark";
 *
 * const union: AccumulatorParam<Set<string>> = {
 *   zero: () => new Set(),
 *   addInPlace: (a, b) => a.union(b),
 * };
 * ```
 */
export interface AccumulatorParam<T> {
  /** The neutral value that is like this one, such as a vector of as many zeros. */
  zero(value: T): T;
  /** The sum of two values; may change and return the first. */
  addInPlace(a: T, b: T): T;
}

/**
 * A value that functions add to and the driver reads. What a function of an
 * action adds counts exactly once for each task that ends well, and is there
 * when the action's promise resolves; a function of a transformation may run
 * again.
 *
 * @example
 * ```ts
 * import type { RDD, SparkContext } from "@tspark/tspark";
 *
 * const countBlank = async (sc: SparkContext, lines: RDD<string>) => {
 *   const blank = sc.accumulator(0);
 *   await lines.foreach((line) => {
 *     if (line === "") blank.add(1);
 *   });
 *   return blank.value;
 * };
 * ```
 */
export class Accumulator<T> {
  /** Number of the accumulator in its application. */
  readonly id: number;
  readonly #param: AccumulatorParam<T>;
  #value: T;

  /** @internal */
  constructor(id: number, value: T, param: AccumulatorParam<T>) {
    this.id = id;
    this.#value = value;
    this.#param = param;
  }

  /** The value so far; only the driver has it. */
  get value(): T {
    return this.#value;
  }

  /** Sets the value anew. */
  set value(value: T) {
    this.#value = value;
  }

  /** Adds a value. */
  add(term: T): void {
    this.#value = this.#param.addInPlace(this.#value, term);
  }

  /**
   * What is serialized in its place, with a neutral value to begin at.
   *
   * @internal
   */
  [CAPTURE_AS](): SharedReference {
    const param = this.#param;
    const zero = param.zero(this.#value);
    const own = OWN_PARAMS.find(([, known]) => known === param)?.[0];
    return own === undefined
      ? { kind: "accumulator", id: this.id, carries: { zero, param } }
      : { kind: "accumulator", id: this.id, carries: { zero, param: own } };
  }
}

const SUM: AccumulatorParam<unknown> = {
  zero: (value) => typeof value === "bigint" ? 0n : 0,
  addInPlace: (a, b) => (a as number) + (b as number),
};

const LIST: AccumulatorParam<unknown> = {
  zero: () => [],
  addInPlace: (a, b) => [...a as unknown[], ...b as unknown[]],
};

/** The ways of adding that workers know by name. */
const OWN_PARAMS: readonly (readonly [string, unknown])[] = [
  ["sum", SUM],
  ["list", LIST],
];

/**
 * How values like this one are added up when the program does not say.
 *
 * @throws TypeError for anything but a number, a bigint or a list
 */
export function defaultParam<T>(value: T): AccumulatorParam<T> {
  const param = typeof value === "number" || typeof value === "bigint"
    ? SUM
    : Array.isArray(value)
    ? LIST
    : null;
  if (param === null) {
    throw new TypeError(
      `Cannot make an accumulator of a ${
        value === null ? "null" : typeof value
      }: no default accumulator param for it; give a param with zero() and addInPlace()`,
    );
  }
  return param as AccumulatorParam<unknown> as AccumulatorParam<T>;
}
