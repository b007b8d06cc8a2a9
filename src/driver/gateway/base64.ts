import { Buffer } from "node:buffer";
import { ProtocolError } from "../../common/errors.ts";

const CHUNK = 1 << 26; // characters decoded at once: a large answer is too long for one string
const PAD = 0x3d; // "="

/**
 * Encodes bytes as base64 with padding and without line breaks.
 *
 * @param bytes what to encode
 */
export function encodeBase64(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes;
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

/**
 * Decodes base64 with padding from its ASCII bytes.
 *
 * @param text ASCII bytes, their number a multiple of 4
 * @throws ProtocolError `BASE64_INVALID` for anything else
 */
export function decodeBase64(text: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = text.length;
  const pads = text[size - 1] !== PAD ? 0 : text[size - 2] !== PAD ? 1 : 2;
  if (size % 4 !== 0) throw invalid(size);
  const bytes = new Uint8Array(size / 4 * 3 - pads);
  const characters = Buffer.from(text.buffer, text.byteOffset, size);
  let to = 0;
  for (let at = 0; at < size; at += CHUNK) {
    const chunk = characters.toString("latin1", at, Math.min(at + CHUNK, size));
    const decoded = Buffer.from(chunk, "base64");
    if (to + decoded.length > bytes.length) throw invalid(size);
    bytes.set(decoded, to);
    to += decoded.length;
  }
  // Node's decoder skips what it does not know, and stops at padding: then bytes are missing.
  if (to !== bytes.length) throw invalid(size);
  return bytes;
}

function invalid(size: number): ProtocolError {
  return new ProtocolError(
    "BASE64_INVALID",
    `Cannot decode bytes from the JVM: ${size} characters are not base64`,
    { size },
  );
}
