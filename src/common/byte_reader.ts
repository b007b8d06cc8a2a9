import { ProtocolError } from "./errors.ts";

/** Where bytes come from, blocking: fills a part of `into` and says how much, 0 at the end. */
export interface ByteSource {
  /**
   * @param into the space to fill, never empty
   * @returns bytes read, at least 1; 0 when the other side has closed
   */
  read(into: Uint8Array): number;
}

/** Where bytes come from, without blocking. */
export interface AsyncByteSource {
  /**
   * As {@link ByteSource.read}, one call at a time.
   *
   * @param into not to be touched until the promise is settled
   */
  readAsync(into: Uint8Array): Promise<number>;
}

const BUFFER_BYTES = 1 << 20; // one read of a busy loopback socket brings up to this much
const LEAST_BYTES = 16; // a long fits
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A blocking cursor over a {@link ByteSource}: exact reads of big-endian
 * values. Bytes that were read ahead stay visible as {@link ByteReader.window},
 * so that bulk readers can work on the buffer itself.
 *
 * @example
 * ```ts
 * const reader = ByteReader.of(new Uint8Array([0, 0, 0, 2, 104, 105]));
 * reader.readString(); // "hi"
 * ```
 */
export class ByteReader {
  readonly #source: ByteSource;
  #buffer: Uint8Array;
  #view: DataView;
  #start = 0;
  #end = 0;

  /**
   * @param source where bytes come from
   * @param bufferBytes how much to read ahead, in bytes
   */
  constructor(source: ByteSource, bufferBytes: number = BUFFER_BYTES) {
    this.#source = source;
    this.#buffer = new Uint8Array(bufferBytes);
    this.#view = new DataView(this.#buffer.buffer);
  }

  /** A reader over bytes at hand, given out in pieces of at most `chunkBytes`. */
  static of(bytes: Uint8Array, chunkBytes: number = bytes.length): ByteReader {
    let at = 0;
    const source = {
      read(into: Uint8Array): number {
        const size = Math.min(into.length, chunkBytes, bytes.length - at);
        into.set(bytes.subarray(at, at + size));
        at += size;
        return size;
      },
    };
    const space = Math.max(LEAST_BYTES, bytes.length);
    return new ByteReader(source, Math.min(BUFFER_BYTES, space));
  }

  /** The bytes that were read ahead and not yet consumed; valid until the next read. */
  get window(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Marks `count` bytes of {@link ByteReader.window} as consumed. */
  skip(count: number): void {
    if (count < 0 || count > this.#end - this.#start) {
      throw new RangeError(
        `Cannot skip ${count} bytes: the window holds ${
          this.#end - this.#start
        } bytes`,
      );
    }
    this.#start += count;
  }

  /**
   * Reads until the window holds at least `count` bytes.
   *
   * @param count bytes wanted; the buffer grows when it is smaller
   * @returns false when the source ended before that
   */
  fill(count: number): boolean {
    if (this.#end - this.#start >= count) return true;
    this.#makeRoom(count);
    while (this.#end - this.#start < count) {
      if (this.#end === this.#buffer.length) this.#makeRoom(count);
      const size = this.#source.read(this.#buffer.subarray(this.#end));
      if (size === 0) return false;
      this.#end += size;
    }
    return true;
  }

  /**
   * As {@link ByteReader.fill}, without blocking; nothing else may be read
   * from here until the promise is settled.
   *
   * @param source the same bytes as the reader's own source, without blocking
   * @param count bytes wanted
   */
  async fillAsync(source: AsyncByteSource, count: number): Promise<boolean> {
    if (this.#end - this.#start >= count) return true;
    this.#makeRoom(count);
    while (this.#end - this.#start < count) {
      if (this.#end === this.#buffer.length) this.#makeRoom(count);
      const size = await source.readAsync(this.#buffer.subarray(this.#end));
      if (size === 0) return false;
      this.#end += size;
    }
    return true;
  }

  /** Reads a signed 32-bit integer. */
  readInt(): number {
    this.#need(4, "an int");
    const value = this.#view.getInt32(this.#start);
    this.#start += 4;
    return value;
  }

  /** Reads a signed 64-bit integer. */
  readLong(): bigint {
    this.#need(8, "a long");
    const value = this.#view.getBigInt64(this.#start);
    this.#start += 8;
    return value;
  }

  /** Reads one byte as a boolean. */
  readBool(): boolean {
    this.#need(1, "a bool");
    return this.#buffer[this.#start++] !== 0;
  }

  /**
   * Reads exactly `count` bytes into an array of their own.
   *
   * @throws ProtocolError `BYTES_TRUNCATED` when the source ends before that
   */
  readBytes(count: number): Uint8Array<ArrayBuffer> {
    const held = this.#end - this.#start;
    const bytes = new Uint8Array(count);
    const ready = Math.min(held, count);
    bytes.set(this.#buffer.subarray(this.#start, this.#start + ready));
    this.#start += ready;
    for (let at = ready; at < count;) {
      const size = this.#source.read(bytes.subarray(at));
      if (size === 0) throw truncated(`${count} bytes`, count, at);
      at += size;
    }
    return bytes;
  }

  /** Reads an int length and that many bytes. */
  readSizedBytes(): Uint8Array<ArrayBuffer> {
    const size = this.readInt();
    if (size < 0) {
      throw new ProtocolError(
        "LENGTH_NEGATIVE",
        `Cannot read sized bytes: their length is ${size}`,
        { length: size },
      );
    }
    return this.readBytes(size);
  }

  /** Reads an int length and that many bytes of UTF-8. */
  readString(): string {
    return TEXT.decode(this.readSizedBytes());
  }

  #need(count: number, what: string): void {
    if (!this.fill(count)) {
      throw truncated(what, count, this.#end - this.#start);
    }
  }

  /**
   * Makes room for `count` bytes, or for twice as many as have come already:
   * a length that is only announced makes no memory.
   */
  #makeRoom(count: number): void {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#start + count <= this.#buffer.length) return;
    const isFull = this.#end - this.#start === this.#buffer.length;
    if (count > this.#buffer.length && isFull) {
      const grown = new Uint8Array(2 * this.#buffer.length);
      grown.set(this.window);
      this.#buffer = grown;
      this.#view = new DataView(grown.buffer);
    } else {
      this.#buffer.copyWithin(0, this.#start, this.#end);
    }
    this.#end -= this.#start;
    this.#start = 0;
  }
}

function truncated(what: string, wanted: number, got: number): ProtocolError {
  return new ProtocolError(
    "BYTES_TRUNCATED",
    `Cannot read ${what}: the other side closed after ${got} of ${wanted} bytes`,
    { wanted, got },
  );
}
