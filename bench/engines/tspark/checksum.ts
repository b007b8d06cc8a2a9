/**
 * Checksums that every engine computes alike.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/**
 * `distinct:total:mix`, where mix is the sum of crc32(word) × count modulo
 * 2^64 in hexadecimal; the order does not matter.
 *
 * @param counts words with their counts
 */
export function checksumOfCounts(
  counts: readonly (readonly [string, number])[],
): string {
  let total = 0;
  let mix = 0n;
  for (const [word, count] of counts) {
    total += count;
    mix += BigInt(crc32(word) * count); // below 2^53 for counts up to 2^21
  }
  return `${counts.length}:${total}:${BigInt.asUintN(64, mix).toString(16)}`;
}
