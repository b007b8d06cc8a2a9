import { zstdDecompressSync } from "node:zlib";
import { checkLength } from "../../protocol/limits.ts";
import { MAX_FRAME_BYTES } from "../../protocol/frame.ts";
import { malformedArrow } from "./arrow_message.ts";
import type { ArrowCodec } from "./batch_header.ts";
import { readLz4Frame } from "./lz4_frame.ts";

const STORED = -1; // in place of a length: the bytes are not compressed

/**
 * Undoes the compression of a batch's buffers.
 *
 * Layout: int64 LE length of what was compressed, or -1 where it was not, then
 * one frame of the codec.
 *
 * @param codec how they are compressed
 * @param buffers the buffers as they came
 * @returns the buffers, each at a multiple of 8 in its memory
 * @throws ProtocolError `ARROW_MALFORMED`; `LENGTH_INVALID` for more than
 *   {@link MAX_FRAME_BYTES} together
 */
export function decompressBody(
  codec: ArrowCodec,
  buffers: readonly Uint8Array[],
): Uint8Array[] {
  let left = MAX_FRAME_BYTES;
  return buffers.map((buffer) => {
    if (buffer.length === 0) return buffer;
    if (buffer.length < 8) throw malformedArrow("a buffer has no length");
    const view = new DataView(buffer.buffer, buffer.byteOffset, 8);
    const size = view.getInt32(4, true) * 2 ** 32 + view.getUint32(0, true);
    const frame = buffer.subarray(8);
    if (size === STORED) return frame.slice();
    checkLength(size, left, "a compressed Arrow buffer");
    if (size === 0) return new Uint8Array(0); // Java's library writes no frame
    left -= size;
    const bytes = codec === "lz4"
      ? readLz4Frame(frame, size)
      : readZstdFrame(frame, size);
    if (bytes.length === size) return bytes;
    throw malformedArrow(
      `a buffer of ${size} bytes has ${bytes.length} when it is decompressed`,
    );
  });
}

function readZstdFrame(frame: Uint8Array, size: number): Uint8Array {
  try {
    const made = zstdDecompressSync(frame, { maxOutputLength: size });
    // Not a Buffer, whose slices are no copies.
    const bytes = new Uint8Array(made.buffer, made.byteOffset, made.length);
    return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  } catch (cause) {
    throw malformedArrow("a buffer is no ZSTD frame of its length", cause);
  }
}
