import { createCborCodec } from "../../src/serde/cbor/cbor.ts";
import type { Aggregator, AggregatorSite } from "./aggregator.ts";
import { failedMethod } from "./aggregator.ts";
import { zeroOf } from "./merge_buffers.ts";

/**
 * New buffers of no values for the groups of a task. Where `zero` gives one
 * object each time, such as a constant of the program's, groups are given
 * copies: what `reduce` does to one is nothing that another may see.
 */
export class ZeroBuffers {
  readonly #aggregator: Aggregator;
  readonly #site: AggregatorSite;
  readonly #codec = createCborCodec();
  /** Makes the next one; null until the first is asked for. */
  #make: (() => unknown) | null = null;

  /**
   * @param aggregator the program's
   * @param site what messages tell of it
   */
  constructor(aggregator: Aggregator, site: AggregatorSite) {
    this.#aggregator = aggregator;
    this.#site = site;
  }

  /** A buffer that no other group has. */
  next(): unknown {
    this.#make ??= this.#maker();
    return this.#make();
  }

  #maker(): () => unknown {
    const zero = (): unknown => zeroOf(this.#aggregator, this.#site);
    const one = zero();
    if (!shareObjects(one, zero())) return zero;
    const bytes = this.#encoded(one);
    return () => this.#codec.decode(bytes);
  }

  #encoded(value: unknown): Uint8Array {
    try {
      return this.#codec.encode(value).slice();
    } catch (error) {
      throw failedMethod(error, this.#site, "zero", []);
    }
  }
}

/** Whether two buffers are one object, or have one among what they hold. */
function shareObjects(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  if (one === other) return true;
  const held = new Set<unknown>(valuesOf(other).filter(isObject));
  return valuesOf(one).some((value) => held.has(value));
}

function valuesOf(value: object): unknown[] {
  return value instanceof Map || value instanceof Set
    ? [...value.values()]
    : Object.values(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
