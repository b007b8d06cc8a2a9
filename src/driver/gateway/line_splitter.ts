import { ProtocolError } from "../../common/errors.ts";

/** Longest answer that is believed, in bytes. */
export const MAX_ANSWER_BYTES: number = 1 << 30;

const NEWLINE = 0x0a;

/** Cuts a stream of chunks into lines, in time linear in their bytes. */
export class LineSplitter {
  readonly #maxBytes: number;
  /** The start of a line: the first `#held` bytes, in space that doubles, so that a line in many small chunks costs no more than its bytes. */
  #space: Uint8Array = new Uint8Array(0);
  #held = 0;

  /**
   * A splitter at the start of a stream.
   *
   * @param maxBytes longest line allowed, in bytes
   */
  constructor(maxBytes: number = MAX_ANSWER_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of a line whose end has not come. */
  get pending(): number {
    return this.#held;
  }

  /**
   * Takes the next chunk.
   *
   * @param chunk bytes as they came; not kept
   * @param emit gets each line that it completes, without its line break; the
   *   bytes are valid only during the call
   * @throws ProtocolError `ANSWER_TOO_LONG` for a line over the limit
   */
  push(chunk: Uint8Array, emit: (line: Uint8Array) => void): void {
    let at = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, at);
      const part = chunk.subarray(at, end < 0 ? chunk.length : end);
      if (this.#held + part.length > this.#maxBytes) {
        throw new ProtocolError(
          "ANSWER_TOO_LONG",
          `Cannot read the JVM's answer: it is longer than ${this.#maxBytes} bytes; ask for less at once`,
          { limit: this.#maxBytes },
        );
      }
      if (end < 0) {
        if (part.length > 0) this.#keep(part);
        return;
      }
      emit(this.#held === 0 ? part : this.#join(part));
      at = end + 1;
    }
  }

  #keep(part: Uint8Array): void {
    const held = this.#held + part.length;
    if (held > this.#space.length) {
      const space = new Uint8Array(2 * held);
      space.set(this.#space.subarray(0, this.#held));
      this.#space = space;
    }
    this.#space.set(part, this.#held);
    this.#held = held;
  }

  #join(last: Uint8Array): Uint8Array {
    this.#keep(last);
    const line = this.#space.subarray(0, this.#held);
    this.#space = new Uint8Array(0);
    this.#held = 0;
    return line;
  }
}
