import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * A sequence of random numbers that is the same wherever and whenever it is
 * drawn: a partition's sample must not change when its task runs again.
 *
 * @param seed any number
 * @param stream which of the seed's sequences, such as a partition's index
 * @returns draws the next number, at least 0 and less than 1
 */
export function uniformDraws(seed: number, stream: number): () => number {
  const generator = xoroshiro128plus(mix(mix(fold(seed)) ^ stream));
  return () => uniformFloat64(generator);
}

/**
 * Draws how often something happens that happens `mean` times on average.
 *
 * @param mean 0 or more
 * @param draw gives uniform numbers
 */
export function poisson(mean: number, draw: () => number): number {
  // Knuth's product of uniform numbers, in pieces that do not underflow.
  let count = 0;
  for (let left = mean; left > 0; left -= PIECE) {
    const limit = Math.exp(-Math.min(left, PIECE));
    for (let product = draw(); product > limit; product *= draw()) count++;
  }
  return count;
}

/** A seed for a program that gave none. */
export function anySeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}

const PIECE = 500;

/** All bits of a number in 32. */
function fold(seed: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, seed);
  return Number.isInteger(seed) && Math.abs(seed) < 2 ** 31
    ? seed | 0
    : view.getInt32(0) ^ view.getInt32(4);
}

/** Spreads neighboring seeds apart: the finaliser of MurmurHash3. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
  return h ^ h >>> 16;
}
