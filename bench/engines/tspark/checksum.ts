/**
 * Checksums that every engine computes alike.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/**
 * `distinct:total:mix`, where mix is the sum of crc32(key) × count modulo 2^64
 * in hexadecimal; the order does not matter.
 *
 * @param counts keys with their counts, whole numbers
 */
export function checksumOfCounts(
  counts: readonly (readonly [string | number, number])[],
): string {
  let total = 0;
  let mix = 0n;
  for (const [key, count] of counts) {
    total += count;
    mix += BigInt(crc32(String(key))) * BigInt(count);
  }
  return `${counts.length}:${total}:${BigInt.asUintN(64, mix).toString(16)}`;
}
