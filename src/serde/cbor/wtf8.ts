import { ProtocolError } from "../../common/errors.ts";
import { charCodeAt } from "../../common/primordials.ts";

/**
 * Writes a string as WTF-8: UTF-8 in which a lone surrogate takes the three
 * bytes that its code point would take. It differs for any two different
 * strings, and its byte order is the order of code points.
 *
 * @param text any string
 * @param into bytes with at least `3 * text.length` places from `at` on
 * @param at index of the first byte to write
 * @returns index after the last byte written
 */
export function writeWtf8(text: string, into: Uint8Array, at: number): number {
  const length = text.length;
  for (let i = 0; i < length; i++) {
    let unit = charCodeAt(text, i);
    if (unit < 0x80) {
      into[at++] = unit;
      continue;
    }
    if (unit < 0x800) {
      into[at++] = 0xc0 | unit >> 6;
      into[at++] = 0x80 | unit & 0x3f;
      continue;
    }
    if ((unit & 0xfc00) === 0xd800 && i + 1 < length) {
      const low = charCodeAt(text, i + 1);
      if ((low & 0xfc00) === 0xdc00) {
        i++;
        unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
        into[at++] = 0xf0 | unit >> 18;
        into[at++] = 0x80 | unit >> 12 & 0x3f;
        into[at++] = 0x80 | unit >> 6 & 0x3f;
        into[at++] = 0x80 | unit & 0x3f;
        continue;
      }
    }
    into[at++] = 0xe0 | unit >> 12;
    into[at++] = 0x80 | unit >> 6 & 0x3f;
    into[at++] = 0x80 | unit & 0x3f;
  }
  return at;
}

/**
 * Reads WTF-8 back: the inverse of {@link writeWtf8}.
 *
 * @param bytes all of the text
 * @throws ProtocolError `TEXT_MALFORMED` when the bytes are not WTF-8
 */
export function readWtf8(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const size = sequenceLength(bytes[at] ?? 0);
    const code = readSequence(bytes, at, size);
    if (code < 0) {
      throw new ProtocolError(
        "TEXT_MALFORMED",
        `Cannot read text as WTF-8: no character starts at byte ${at} of ${bytes.length}`,
        { at, length: bytes.length },
      );
    }
    text += String.fromCodePoint(code);
    at += size;
  }
  return text;
}

/** Bytes of the sequence that this byte leads, 0 when it leads none. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** The code point of one sequence, -1 when it is cut off, overlong or out of range. */
function readSequence(bytes: Uint8Array, at: number, size: number): number {
  if (size === 0 || at + size > bytes.length) return -1;
  const lead = bytes[at] ?? 0;
  if (size === 1) return lead;
  let code = lead & 0x7f >> size;
  for (let i = 1; i < size; i++) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return -1;
    code = code << 6 | next & 0x3f;
  }
  const least = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000;
  return code < least || code > 0x10ffff ? -1 : code;
}
