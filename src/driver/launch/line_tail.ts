const MAX_LINE_CHARACTERS = 2000; // of a longer line only the start is kept

/**
 * Keeps the last lines of a stream of bytes.
 *
 * @example
 * ```ts
 * const tail = new LineTail(2);
 * tail.push(new TextEncoder().encode("a\nb\nc"));
 * tail.lines(); // ["b", "c"]
 * ```
 */
export class LineTail {
  readonly #limit: number;
  readonly #decoder = new TextDecoder();
  #lines: string[] = [];
  #open = "";

  /**
   * A tail without lines.
   *
   * @param limit how many lines to keep
   */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the next chunk. */
  push(chunk: Uint8Array): void {
    const parts = this.#decoder.decode(chunk, { stream: true }).split("\n");
    parts[0] = this.#open + (parts[0] ?? "");
    this.#open = (parts.pop() ?? "").slice(0, MAX_LINE_CHARACTERS);
    for (const part of parts.slice(-this.#limit)) {
      this.#lines.push(part.slice(0, MAX_LINE_CHARACTERS).trimEnd());
    }
    if (this.#lines.length > this.#limit) {
      this.#lines = this.#lines.slice(-this.#limit);
    }
  }

  /** The last lines, oldest first, an unfinished one included. */
  lines(): string[] {
    const open = this.#open === "" ? [] : [this.#open];
    return [...this.#lines, ...open].slice(-this.#limit);
  }
}
