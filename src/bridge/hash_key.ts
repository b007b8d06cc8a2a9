/** Seed of the hash of keys: the letters "TSPA". Changing it moves every key to another partition. */
export const KEY_HASH_SEED = 0x54535041;

const { imul } = Math;

const PRIME1 = 0x9e3779b1;
const PRIME2 = 0x85ebca77;
const PRIME3 = 0xc2b2ae3d;
const PRIME4 = 0x27d4eb2f;
const PRIME5 = 0x165667b1;

/**
 * The hash of an encoded key: xxHash32 with {@link KEY_HASH_SEED}, the same
 * on every platform.
 *
 * @param bytes holds the encoded key
 * @param start index of its first byte
 * @param end index after its last byte, within `bytes`
 * @returns an unsigned 32-bit integer
 */
export function hashKey(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let hash: number;
  if (end - start >= 16) {
    let a = KEY_HASH_SEED + PRIME1 + PRIME2 | 0;
    let b = KEY_HASH_SEED + PRIME2 | 0;
    let c = KEY_HASH_SEED | 0;
    let d = KEY_HASH_SEED - PRIME1 | 0;
    for (; at <= end - 16; at += 16) {
      a = round(a, word(bytes, at));
      b = round(b, word(bytes, at + 4));
      c = round(c, word(bytes, at + 8));
      d = round(d, word(bytes, at + 12));
    }
    hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18) | 0;
  } else {
    hash = KEY_HASH_SEED + PRIME5 | 0;
  }
  hash = hash + (end - start) | 0;
  for (; at <= end - 4; at += 4) {
    hash = hash + imul(word(bytes, at), PRIME3) | 0;
    hash = imul(rotate(hash, 17), PRIME4);
  }
  for (; at < end; at++) {
    hash = hash + imul(bytes[at] as number, PRIME5) | 0;
    hash = imul(rotate(hash, 11), PRIME1);
  }
  hash = imul(hash ^ hash >>> 15, PRIME2);
  hash = imul(hash ^ hash >>> 13, PRIME3);
  return (hash ^ hash >>> 16) >>> 0;
}

function round(lane: number, input: number): number {
  return imul(rotate(lane + imul(input, PRIME2) | 0, 13), PRIME1);
}

function rotate(value: number, bits: number): number {
  return value << bits | value >>> 32 - bits;
}

/** Four bytes, little-endian. */
function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | (bytes[at + 1] as number) << 8 |
    (bytes[at + 2] as number) << 16 | (bytes[at + 3] as number) << 24;
}
