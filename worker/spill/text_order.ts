import { charCodeAt } from "../../src/common/primordials.ts";

const INSERTION_MOST = 24; // a longer run is left to the engine's sort
const UNITS = 256;
const PREFIX_BITS = 52; // what a double holds exactly

/**
 * The indices of strings in the order of the strings; equal ones stay in
 * order. Each string's first differing characters and its index make one
 * 64-bit number, and the engine sorts numbers without calling anybody.
 *
 * @param keys strings, at least two
 * @param sign 1 for ascending, -1 for descending
 * @returns null where some key is no string or has characters beyond Latin-1
 */
export function textOrder(
  keys: readonly unknown[],
  sign: 1 | -1,
): Uint32Array | null {
  const ranks = new Uint16Array(UNITS);
  const skip = scan(keys, ranks);
  if (skip === null) return null;
  const width = rank(ranks);
  const indexBits = 32 - Math.clz32(keys.length - 1);
  const units = Math.floor(Math.min(64 - indexBits, PREFIX_BITS) / width);
  const words = new Uint32Array(2 * keys.length); // low word first, as on all machines that Deno runs on
  const [base, split, shift] = [
    2 ** width,
    2 ** (32 - indexBits),
    2 ** indexBits,
  ];
  const highest = base ** units - 1;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    let prefix = 0;
    for (let at = skip; at < skip + units; at++) {
      prefix = prefix * base +
        (at < key.length ? ranks[charCodeAt(key, at)] as number : 0);
    }
    if (sign === -1) prefix = highest - prefix;
    words[2 * i] = (prefix % split) * shift + i;
    words[2 * i + 1] = Math.floor(prefix / split);
  }
  new BigUint64Array(words.buffer).sort();
  return settle(words, indexBits, keys as readonly string[], sign);
}

/** Marks the characters that occur; gives the length of what all strings start with, null where this does not apply. */
function scan(keys: readonly unknown[], seen: Uint16Array): number | null {
  const first = keys[0];
  if (typeof first !== "string") return null;
  let common = first.length;
  for (const key of keys) {
    if (typeof key !== "string") return null;
    if (key.length < common) common = key.length;
    for (let at = 0; at < key.length; at++) {
      const unit = charCodeAt(key, at);
      if (unit >= UNITS) return null;
      if (at < common && unit !== charCodeAt(first, at)) common = at;
      if (at >= common) seen[unit] = 1;
    }
  }
  for (let at = common; at < first.length; at++) { // skipped while common to all
    seen[charCodeAt(first, at)] = 1;
  }
  return common;
}

/** Numbers the marked characters from 1, since 0 is the end of a string; gives the bits that a number takes. */
function rank(ranks: Uint16Array): number {
  let next = 0;
  for (let unit = 0; unit < UNITS; unit++) {
    if (ranks[unit] === 1) ranks[unit] = ++next;
  }
  return Math.max(1, 32 - Math.clz32(next));
}

/** Takes the indices out, and sorts those whose strings start alike by the whole strings. */
function settle(
  words: Uint32Array,
  indexBits: number,
  keys: readonly string[],
  sign: 1 | -1,
): Uint32Array {
  const count = keys.length;
  const order = new Uint32Array(count);
  const mask = 2 ** indexBits - 1;
  const compare = (i: number, j: number): number => {
    const [a, b] = [keys[i] as string, keys[j] as string];
    return a === b ? 0 : a < b ? -sign : sign;
  };
  let start = 0;
  for (let i = 0; i <= count; i++) {
    if (i < count) order[i] = (words[2 * i] as number) & mask;
    const isSame = i < count && i > 0 &&
      words[2 * i + 1] === words[2 * i - 1] &&
      (words[2 * i] as number) >>> indexBits ===
        (words[2 * i - 2] as number) >>> indexBits;
    if (isSame) continue;
    if (i - start > 1) sortRun(order.subarray(start, i), compare);
    start = i;
  }
  return order;
}

function sortRun(
  run: Uint32Array,
  compare: (i: number, j: number) => number,
): void {
  if (run.length > INSERTION_MOST) {
    run.sort(compare);
    return;
  }
  for (let i = 1; i < run.length; i++) {
    const taken = run[i] as number;
    let at = i;
    while (at > 0 && compare(run[at - 1] as number, taken) > 0) {
      run[at] = run[at - 1] as number;
      at--;
    }
    run[at] = taken;
  }
}
