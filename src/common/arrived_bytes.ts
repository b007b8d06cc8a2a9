const LEAST_BYTES = 4096;

/** Bytes that have come in pieces and are not read yet. A piece more costs what it is long. */
export class ArrivedBytes {
  #space = new Uint8Array(LEAST_BYTES);
  #start = 0;
  #end = 0;

  /** How many they are. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** All of them; valid until more come. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#space.subarray(this.#start, this.#end);
  }

  /**
   * Takes a piece.
   *
   * @param piece copied
   */
  push(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#space.length) {
      this.#makeRoom(piece.length);
    }
    this.#space.set(piece, this.#end);
    this.#end += piece.length;
  }

  /**
   * Lets go of the first ones.
   *
   * @param count how many, no more than there are
   */
  skip(count: number): void {
    this.#start += count;
    if (this.#start !== this.#end) return;
    // What was large once is not held as long as the connection.
    this.#space = new Uint8Array(LEAST_BYTES);
    this.#start = this.#end = 0;
  }

  #makeRoom(count: number): void {
    const held = this.bytes;
    const needed = held.length + count;
    const space = new Uint8Array(Math.max(LEAST_BYTES, 2 * needed));
    space.set(held);
    this.#space = space;
    this.#start = 0;
    this.#end = held.length;
  }
}
