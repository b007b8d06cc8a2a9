import { ProtocolError } from "../../common/errors.ts";

const ALPHABET =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PAD = 0x3d; // "="
const ENCODE: Uint8Array = new TextEncoder().encode(ALPHABET);
const INVALID = 0xff;
const DECODE: Uint8Array = decodeTable();
const ASCII = new TextDecoder();

/**
 * Encodes bytes as base64 with padding and without line breaks.
 *
 * @param bytes what to encode
 */
export function encodeBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const a = bytes[at] ?? 0;
    const b = bytes[at + 1] ?? 0;
    const c = bytes[at + 2] ?? 0;
    text[to++] = ENCODE[a >> 2] ?? 0;
    text[to++] = ENCODE[(a & 3) << 4 | b >> 4] ?? 0;
    text[to++] = at + 1 < bytes.length
      ? ENCODE[(b & 15) << 2 | c >> 6] ?? 0
      : PAD;
    text[to++] = at + 2 < bytes.length ? ENCODE[c & 63] ?? 0 : PAD;
  }
  return ASCII.decode(text);
}

/**
 * Decodes base64 with padding from its ASCII bytes: a large answer would be
 * too long for a string.
 *
 * @param text ASCII bytes, their number a multiple of 4
 * @throws ProtocolError `BASE64_INVALID` for anything else
 */
export function decodeBase64(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = text.length;
  if (size % 4 !== 0) throw invalid(size);
  const pads = text[size - 1] !== PAD ? 0 : text[size - 2] !== PAD ? 1 : 2;
  const bytes = new Uint8Array(size / 4 * 3 - pads);
  const whole = pads === 0 ? size : size - 4;
  let to = 0;
  let seen = 0; // any bit above 63 tells of an invalid character
  for (let at = 0; at < whole; at += 4) {
    const a = DECODE[text[at] ?? 0] ?? INVALID;
    const b = DECODE[text[at + 1] ?? 0] ?? INVALID;
    const c = DECODE[text[at + 2] ?? 0] ?? INVALID;
    const d = DECODE[text[at + 3] ?? 0] ?? INVALID;
    seen |= a | b | c | d;
    bytes[to++] = a << 2 | b >> 4;
    bytes[to++] = b << 4 | c >> 2;
    bytes[to++] = c << 6 | d;
  }
  if (pads > 0) {
    const a = DECODE[text[whole] ?? 0] ?? INVALID;
    const b = DECODE[text[whole + 1] ?? 0] ?? INVALID;
    const c = pads === 1 ? DECODE[text[whole + 2] ?? 0] ?? INVALID : 0;
    seen |= a | b | c;
    bytes[to++] = a << 2 | b >> 4;
    if (pads === 1) bytes[to++] = b << 4 | c >> 2;
  }
  if (seen > 63) throw invalid(size);
  return bytes;
}

function decodeTable(): Uint8Array {
  const table = new Uint8Array(256).fill(INVALID);
  ENCODE.forEach((char, value) => table[char] = value);
  return table;
}

function invalid(size: number): ProtocolError {
  return new ProtocolError(
    "BASE64_INVALID",
    `Cannot decode bytes from the JVM: ${size} characters are not base64`,
    { size },
  );
}
