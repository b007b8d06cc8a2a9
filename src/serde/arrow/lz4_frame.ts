import { malformedArrow } from "./arrow_message.ts";

const MAGIC = 0x184d_2204;
const HAS_BLOCK_CHECKSUM = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_CONTENT_CHECKSUM = 0x04;
const HAS_DICTIONARY = 0x01;
const STORED = 0x8000_0000; // of a block's length: it is not compressed
const MOST_PER_BYTE = 255; // that a compressed byte can stand for
const LEAST_MATCH = 4;

/**
 * Decompresses one LZ4 frame. Checksums are passed over: the connection has
 * its own.
 *
 * Layout (LZ4 frame format 1.6): magic, flags, descriptor, blocks of int32 LE
 * length and data up to length 0. A block is sequences of literals and of
 * matches in what was written before.
 *
 * @param frame the frame
 * @param size how long the content is
 * @throws ProtocolError `ARROW_MALFORMED` unless the frame has just that
 */
export function readLz4Frame(
  frame: Uint8Array,
  size: number,
): Uint8Array<ArrayBuffer> {
  // Nothing is made larger than the frame could fill.
  if (size > MOST_PER_BYTE * frame.length) throw broken();
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw broken();
  const flags = frame[4] as number;
  if (flags >> 6 !== 1 || (flags & HAS_DICTIONARY) !== 0) throw broken();
  const out = new Uint8Array(size);
  let at = 7 + ((flags & HAS_CONTENT_SIZE) !== 0 ? 8 : 0);
  let written = 0;
  for (;;) {
    if (at + 4 > frame.length) throw broken();
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const length = word & 0x7fff_ffff;
    const end = at + length;
    if (end > frame.length) throw broken();
    const block = frame.subarray(at, end);
    if (word >= STORED) {
      if (written + length > size) throw broken();
      out.set(block, written);
      written += length;
    } else {
      written = readBlock(block, out, written);
    }
    at = end + ((flags & HAS_BLOCK_CHECKSUM) !== 0 ? 4 : 0);
  }
  if ((flags & HAS_CONTENT_CHECKSUM) !== 0) at += 4;
  if (written !== size || at !== frame.length) throw broken();
  return out;
}

/** Decompresses one block behind what was written before. Returns the new end. */
function readBlock(block: Uint8Array, out: Uint8Array, start: number): number {
  let at = 0;
  let to = start;
  const length = (nibble: number): number => {
    let sum = nibble;
    if (nibble !== 15) return sum;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw broken();
      sum += byte;
      if (byte !== 255) return sum;
    }
  };
  while (at < block.length) {
    const token = block[at++] as number;
    const literals = length(token >> 4);
    if (at + literals > block.length || to + literals > out.length) {
      throw broken();
    }
    out.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at === block.length) break; // the last sequence has no match
    if (at + 2 > block.length) throw broken();
    const distance = (block[at] as number) | (block[at + 1] as number) << 8;
    at += 2;
    const count = length(token & 15) + LEAST_MATCH;
    const from = to - distance;
    if (distance === 0 || from < 0 || to + count > out.length) throw broken();
    if (distance >= count) {
      out.copyWithin(to, from, from + count);
    } else { // it repeats what it writes itself
      for (let i = 0; i < count; i++) out[to + i] = out[from + i] as number;
    }
    to += count;
  }
  return to;
}

function broken(): Error {
  return malformedArrow("a buffer is no LZ4 frame of its length");
}
