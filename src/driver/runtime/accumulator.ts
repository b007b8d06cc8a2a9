import { describeValue } from "../../common/describe_value.ts";
import { printBy } from "../../common/inspect.ts";
import { showValue } from "../../common/show_value.ts";
import {
  defaultParamName,
  OWN_PARAMS,
} from "../../protocol/accumulator_params.ts";
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
  /** Throws where its application was stopped. */
  readonly #requireUsable: () => void;
  #value: T;
  /** Whether the program may hold the value, which then must not change under its hands. */
  #isSeen = true;

  /** @internal */
  constructor(
    id: number,
    value: T,
    param: AccumulatorParam<T>,
    requireUsable: () => void,
  ) {
    this.id = id;
    this.#requireUsable = requireUsable;
    this.#value = value;
    this.#param = param;
  }

  static {
    printBy(
      Accumulator.prototype,
      (self, inspect) => `Accumulator ${inspect(self.toJSON())}`,
    );
  }

  /** The value so far; only the driver has it. */
  get value(): T {
    this.#isSeen = true;
    return this.#value;
  }

  /** Sets the value anew. */
  set value(value: T) {
    this.#isSeen = true;
    this.#value = value;
  }

  /** Adds a value. */
  add(term: T): void {
    const param = this.#param;
    const own = this.#isSeen ? OWN_PARAMS.get(ownName(param)) : undefined;
    // A program's own param says itself what it may change.
    const value = own === undefined ? this.#value : own.copy(this.#value) as T;
    this.#isSeen = false;
    this.#value = param.addInPlace(value, term);
  }

  /** Its number and value, for people. */
  toJSON(): { id: number; value: T } {
    return { id: this.id, value: this.value };
  }

  /** Its number and value, in one line. */
  toString(): string {
    return `Accumulator(id=${this.id}, value=${showValue(this.#value)})`;
  }

  /**
   * What is serialized in its place, with a neutral value to begin at.
   *
   * @internal
   */
  [CAPTURE_AS](): SharedReference {
    this.#requireUsable();
    const param = this.#param;
    const zero = param.zero(this.#value);
    const carries = { zero, param: ownName(param) ?? param };
    return { kind: "accumulator", id: this.id, carries };
  }
}

/** The name of a way of adding that workers know; undefined for a program's own. */
function ownName(param: unknown): unknown {
  return OWN_PARAMS.keys().find((name) => OWN_PARAMS.get(name) === param);
}

/**
 * How values like this one are added up when the program does not say.
 *
 * @throws TypeError for anything but a number, a bigint or a list
 */
export function defaultParam(value: unknown): AccumulatorParam<unknown> {
  const param = OWN_PARAMS.get(defaultParamName(value));
  if (param !== undefined) return param as AccumulatorParam<unknown>;
  throw new TypeError(
    `Cannot make an accumulator of ${
      describeValue(value)
    }: no default accumulator param for it; give a param with zero() and addInPlace()`,
  );
}
