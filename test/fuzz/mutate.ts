import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Longest input, in bytes: what is wrong with lengths shows in small inputs too. */
export const MAX_INPUT_BYTES = 8192;

const SHORT_BYTES = 512; // seeds up to this are taken more often: they cost less
const INTS = [
  0,
  1,
  -1,
  -2,
  -4,
  -5,
  -8,
  4,
  255,
  256,
  65535,
  65536,
  1 << 20,
  1 << 29,
  1 << 30,
  0x7fffffff,
  -0x80000000,
];
const BYTES = [
  0,
  1,
  0x1a,
  0x1b,
  0x20,
  0x3b,
  0x5a,
  0x5b,
  0x7a,
  0x7f,
  0x80,
  0x9a,
  0x9b,
  0xba,
  0xbb,
  0xc0,
  0xd9,
  0xdb,
  0xe0,
  0xf4,
  0xf7,
  0xfb,
  0xff,
];

/** An input, and the generator that made it, for what else is to be chosen. */
export interface FuzzInput {
  /** Valid until the next input is made. */
  readonly bytes: Uint8Array;
  /** A number at least 0 and less than the limit. */
  readonly choose: (limit: number) => number;
}

/**
 * Makes inputs out of seeds: each depends on its number and the run's seed
 * alone, so that any of them can be made again.
 */
export class InputMaker {
  readonly #short: readonly Uint8Array[];
  readonly #all: readonly Uint8Array[];
  readonly #seed: number;
  readonly #space = new Uint8Array(MAX_INPUT_BYTES);
  readonly #view = new DataView(this.#space.buffer);

  /**
   * Makes nothing yet.
   *
   * @param seeds bytes that are read without complaint, at least one
   * @param seed the run's
   */
  constructor(seeds: readonly Uint8Array[], seed: number) {
    this.#all = seeds;
    const short = seeds.filter(({ length }) => length <= SHORT_BYTES);
    this.#short = short.length === 0 ? seeds : short;
    this.#seed = seed;
  }

  /** The input of this number. */
  make(number: number): FuzzInput {
    const generator = xoroshiro128plus(spread(this.#seed, number));
    const choose = (limit: number): number => (generator.next() >>> 0) % limit;
    if (choose(16) === 0) return { bytes: this.#random(choose), choose };
    const from = choose(8) === 0 ? this.#all : this.#short;
    const seed = from[choose(from.length)] as Uint8Array;
    let length = Math.min(seed.length, MAX_INPUT_BYTES);
    this.#space.set(seed.subarray(0, length));
    for (let left = 1 + choose(4); left > 0; left--) {
      length = this.#change(length, choose);
    }
    return { bytes: this.#space.subarray(0, length), choose };
  }

  #random(choose: (limit: number) => number): Uint8Array {
    const bytes = this.#space.subarray(0, choose(64));
    for (let i = 0; i < bytes.length; i++) bytes[i] = choose(256);
    return bytes;
  }

  /** One change of the first `length` bytes; says how many they are now. */
  #change(length: number, choose: (limit: number) => number): number {
    const space = this.#space;
    const at = choose(Math.max(1, length));
    switch (choose(10)) {
      case 0:
        space[at] = (space[at] ?? 0) ^ 1 << choose(8);
        return length;
      case 1:
        space[at] = choose(256);
        return length;
      case 2:
        space[at] = BYTES[choose(BYTES.length)] ?? 0;
        return length;
      case 3:
      case 4:
        if (at + 4 > length) return length;
        this.#view.setInt32(
          at,
          INTS[choose(INTS.length)] ?? 0,
          choose(2) === 0,
        );
        return length;
      case 5: // an int nearby, as counts and lengths are
        if (at + 4 > length) return length;
        this.#view.setInt32(at, choose(2 * length + 8) - 4, choose(2) === 0);
        return length;
      case 6:
        return at;
      case 7: { // without some bytes
        const count = Math.min(length - at, 1 + choose(16));
        space.copyWithin(at, at + count, length);
        return length - count;
      }
      case 8: { // some bytes twice
        const count = Math.min(
          1 + choose(64),
          length - at,
          space.length - length,
        );
        space.copyWithin(at + count, at, length);
        return length + Math.max(0, count);
      }
      default: { // a piece of another seed
        const other = this.#short[choose(this.#short.length)] as Uint8Array;
        const from = choose(Math.max(1, other.length));
        const piece = other.subarray(from, from + 1 + choose(64));
        const count = Math.min(piece.length, space.length - length);
        space.copyWithin(at + count, at, length);
        space.set(piece.subarray(0, count), at);
        return length + count;
      }
    }
  }
}

/** Neighboring numbers get seeds far apart: the finaliser of MurmurHash3, twice. */
function spread(seed: number, number: number): number {
  return mix(mix(seed) ^ number);
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
  return h ^ h >>> 16;
}
