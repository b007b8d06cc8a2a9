/**
 * Reads flatbuffers that may be damaged or hostile: every offset and count is
 * checked before it is followed.
 *
 * @module
 */

const UNEVEN = "its metadata has no table where one belongs";
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads of flatbuffers, each within the bytes. */
export class FlatReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #refuse: (why: string) => Error;
  /** Tables and bytes of text that may still be visited: each takes bytes of its own, unless many names lead to one. */
  #budget: number;

  /**
   * Reads nothing yet.
   *
   * @param bytes the flatbuffer
   * @param refuse the error of bytes that are none
   */
  constructor(bytes: Uint8Array, refuse: (why: string) => Error) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#refuse = refuse;
    this.#budget = bytes.length;
  }

  /** Where the root table is. */
  root(): number {
    return this.#tableAt(this.#reference(0));
  }

  /** The table that a field refers to; null when it is not there. */
  table(owner: number, field: number): number | null {
    const at = this.#field(owner, field, 4);
    return at === null ? null : this.#tableAt(this.#reference(at));
  }

  /** The tables of a vector; none when it is not there. */
  tables(owner: number, field: number): number[] {
    return this.structs(owner, field, 4).map((at) =>
      this.#tableAt(this.#reference(at))
    );
  }

  /** Where each struct of a vector is; none when it is not there. */
  structs(owner: number, field: number, size: number): number[] {
    const [start, count] = this.#vector(owner, field, size);
    return Array.from({ length: count }, (_, i) => start + i * size);
  }

  /** A text; empty when it is not there. */
  text(owner: number, field: number): string {
    const [start, count] = this.#vector(owner, field, 1);
    this.#spend(count);
    return TEXT.decode(this.#bytes.subarray(start, start + count));
  }

  /** Whether a field is there. */
  has(owner: number, field: number): boolean {
    return this.#field(owner, field, 1) !== null;
  }

  /** An unsigned byte. */
  byte(owner: number, field: number, missing: number = 0): number {
    const at = this.#field(owner, field, 1);
    return at === null ? missing : this.#view.getUint8(at);
  }

  /** An int16. */
  short(owner: number, field: number, missing: number = 0): number {
    const at = this.#field(owner, field, 2);
    return at === null ? missing : this.#view.getInt16(at, true);
  }

  /** An int32. */
  int(owner: number, field: number, missing: number = 0): number {
    const at = this.#field(owner, field, 4);
    return at === null ? missing : this.#view.getInt32(at, true);
  }

  /** An int64, as a number near it where it is no safe integer. */
  long(owner: number, field: number): number {
    const at = this.#field(owner, field, 8);
    return at === null ? 0 : this.longAt(at);
  }

  /** An int64 within a struct. */
  longAt(at: number): number {
    this.#within(at, 8);
    return this.#view.getInt32(at + 4, true) * 2 ** 32 +
      this.#view.getUint32(at, true);
  }

  #vector(
    owner: number,
    field: number,
    size: number,
  ): readonly [start: number, count: number] {
    const at = this.#field(owner, field, 4);
    if (at === null) return [0, 0];
    const vector = this.#reference(at);
    const count = this.#view.getUint32(this.#within(vector, 4), true);
    this.#within(vector + 4, count * size);
    return [vector + 4, count];
  }

  /** Where a field's value is; null when it is not there. */
  #field(table: number, field: number, size: number): number | null {
    const fields = table - this.#view.getInt32(table, true);
    const width = this.#view.getUint16(this.#within(fields, 4), true);
    this.#within(fields, width);
    // Readers of Arrow's take half an entry, and a large one as negative.
    if (width % 2 !== 0 || width >= 2 ** 15) throw this.#refuse(UNEVEN);
    const entry = 4 + 2 * field;
    if (entry + 2 > width) return null;
    const offset = this.#view.getUint16(fields + entry, true);
    if (offset >= 2 ** 15) throw this.#refuse(UNEVEN);
    return offset === 0 ? null : this.#within(table + offset, size);
  }

  #tableAt(table: number): number {
    this.#spend(1);
    return this.#within(table, 4);
  }

  #spend(count: number): void {
    this.#budget -= count;
    if (this.#budget < 0) throw this.#refuse("its tables have no end");
  }

  #reference(at: number): number {
    return at + this.#view.getUint32(this.#within(at, 4), true);
  }

  #within(at: number, size: number): number {
    if (at < 0 || at + size > this.#bytes.length) {
      throw this.#refuse("its metadata points out of itself");
    }
    return at;
  }
}
