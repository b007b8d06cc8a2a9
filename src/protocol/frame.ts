import { ProtocolError } from "../common/errors.ts";
import { checkLength } from "./limits.ts";

/** Longest frame that is believed, in bytes: a longer one means that the stream is out of step. */
export const MAX_FRAME_BYTES: number = 1 << 30;

/** Settings of a {@link FrameSplitter}. */
export interface FrameSplitterOptions {
  /** Longest frame allowed, in bytes; {@link MAX_FRAME_BYTES} by default. */
  readonly maxBytes?: number;
  /** Whether length -1 ends the frames (and is an error otherwise); false by default. */
  readonly endMark?: boolean;
}

const END_OF_SECTION = -1;
const HEADER_BYTES = 4;
const SMALL_BYTES = 4096;
const EMPTY = new Uint8Array(0);

/**
 * Cuts a stream of chunks into frames, however the chunks fall.
 *
 * Layout: int32 BE length (bytes), then that many bytes; again and again.
 * Peer: `PythonRDD.writeIteratorToStream`.
 *
 * @example
 * ```ts
 * const splitter = new FrameSplitter();
 * splitter.push(new Uint8Array([0, 0, 0, 2, 104])); // []
 * splitter.push(new Uint8Array([105])); // [bytes of "hi"]
 * splitter.finish();
 * ```
 */
export class FrameSplitter {
  readonly #maxBytes: number;
  readonly #endMark: boolean;
  /** Parts of an unfinished header or frame, and how many bytes they hold. */
  #pieces: Uint8Array[] = [];
  #held = 0;
  /** What is free in the last piece. */
  #room: Uint8Array = EMPTY;
  /** Length of the unfinished frame, -1 while its header is unfinished. */
  #wanted = -1;
  #ended = false;

  /**
   * A splitter at the start of a stream.
   *
   * @param options limit and end mark
   */
  constructor(options: FrameSplitterOptions = {}) {
    this.#maxBytes = options.maxBytes ?? MAX_FRAME_BYTES;
    this.#endMark = options.endMark ?? false;
  }

  /** Whether the end mark has come. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Takes the next chunk.
   *
   * @param chunk bytes as they came; the splitter keeps views of it
   * @returns the frames that it completes, as views of it where they lie in it whole
   * @throws ProtocolError `LENGTH_INVALID` for a length below 0 or above the
   *   limit; `BYTES_SURPLUS` for bytes after the end mark
   */
  push(chunk: Uint8Array): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let at = 0;
    for (;;) {
      if (this.#wanted < 0) {
        if (at === chunk.length) break;
        if (this.#ended) throw surplus(chunk.length - at);
        const header = this.#take(chunk, at, HEADER_BYTES);
        at += header.used;
        if (header.bytes === undefined) break;
        const { buffer, byteOffset } = header.bytes;
        const length = new DataView(buffer, byteOffset, HEADER_BYTES)
          .getInt32(0);
        if (length === END_OF_SECTION && this.#endMark) {
          this.#ended = true;
          continue;
        }
        checkLength(length, this.#maxBytes, "a frame");
        this.#wanted = length;
      }
      const frame = this.#take(chunk, at, this.#wanted);
      at += frame.used;
      if (frame.bytes === undefined) break;
      frames.push(frame.bytes);
      this.#wanted = -1;
    }
    return frames;
  }

  /**
   * Says that the stream has ended.
   *
   * @throws ProtocolError `BYTES_TRUNCATED` inside a frame, or without the end
   *   mark where there must be one
   */
  finish(): void {
    if (this.#endMark && !this.#ended) {
      throw new ProtocolError(
        "BYTES_TRUNCATED",
        "Cannot read frames: the other side closed before the end mark",
      );
    }
    if (this.#held === 0 && this.#wanted < 0) return;
    const wanted = this.#wanted < 0 ? HEADER_BYTES : this.#wanted;
    throw new ProtocolError(
      "BYTES_TRUNCATED",
      `Cannot read a frame: the other side closed after ${this.#held} of ${wanted} bytes`,
      { wanted, got: this.#held },
    );
  }

  /** The next `count` bytes if chunk and pieces have them; keeps the chunk's rest if not. */
  #take(chunk: Uint8Array, at: number, count: number): Taken {
    const used = Math.min(count - this.#held, chunk.length - at);
    const part = chunk.subarray(at, at + used);
    if (this.#held + used < count) {
      if (used > 0) this.#keep(part);
      this.#held += used;
      return { used, bytes: undefined };
    }
    if (this.#held === 0) return { used, bytes: part };
    const bytes = new Uint8Array(count);
    let to = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, to);
      to += piece.length;
    }
    bytes.set(part, to);
    this.#pieces = [];
    this.#room = EMPTY;
    this.#held = 0;
    return { used, bytes };
  }

  /** Small parts go into a piece of their own: a view of each would take more memory than its bytes. */
  #keep(part: Uint8Array): void {
    if (part.length >= SMALL_BYTES) {
      this.#pieces.push(part);
      this.#room = EMPTY;
      return;
    }
    if (this.#room.length < part.length) {
      this.#room = new Uint8Array(SMALL_BYTES);
      this.#pieces.push(this.#room.subarray(0, 0));
    }
    const last = this.#pieces.length - 1;
    const before = this.#pieces[last] as Uint8Array;
    this.#room.set(part);
    this.#room = this.#room.subarray(part.length);
    this.#pieces[last] = new Uint8Array(
      before.buffer,
      before.byteOffset,
      before.length + part.length,
    );
  }
}

interface Taken {
  readonly used: number;
  readonly bytes: Uint8Array | undefined;
}

function surplus(count: number): ProtocolError {
  return new ProtocolError(
    "BYTES_SURPLUS",
    `Cannot read frames: ${count} bytes follow the end mark`,
    { count },
  );
}
