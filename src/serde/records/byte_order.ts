import { charCodeAt, codePointAt } from "../../common/primordials.ts";

const { min } = Math;

/**
 * Compares bytes as `memcmp` does, the shorter first where one starts with the other.
 *
 * @returns less than 0, 0 or more than 0
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/**
 * Compares strings by code point, which is the order of their UTF-8 (and
 * WTF-8) bytes; the operator `<` compares UTF-16 units and differs from
 * U+E000 on.
 *
 * @returns less than 0, 0 or more than 0
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = min(a.length, b.length);
  let i = 0;
  while (i < length && charCodeAt(a, i) === charCodeAt(b, i)) i++;
  if (i === length) return a.length - b.length;
  const x = charCodeAt(a, i);
  const y = charCodeAt(b, i);
  if (x < 0xd800 || y < 0xd800) return x - y;
  if (i > 0 && isHigh(charCodeAt(a, i - 1))) { // the equal unit before may be half of this character
    const difference = codeAt(a, i - 1) - codeAt(b, i - 1);
    if (difference !== 0) return difference;
  }
  return codeAt(a, i) - codeAt(b, i);
}

function codeAt(text: string, index: number): number {
  return codePointAt(text, index) ?? 0;
}

function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}
