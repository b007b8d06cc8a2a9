/**
 * Writes flatbuffers, as Arrow's metadata is.
 *
 * Layout: the root's offset, then tables, each behind the list of its fields'
 * places (vtable); what a table refers to follows it.
 *
 * @module
 */

/** A field of a table. */
export type FlatField =
  | {
    readonly kind: "scalar";
    readonly size: 1 | 2 | 4;
    readonly value: number;
  }
  | { readonly kind: "long"; readonly value: number }
  | FlatTarget;

/** What a field can refer to. */
export type FlatTarget =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "table"; readonly fields: readonly (FlatField | null)[] }
  | { readonly kind: "tables"; readonly tables: readonly FlatTarget[] }
  | {
    readonly kind: "longs";
    readonly longs: readonly number[];
    readonly count: number;
  };

/** A table; a field that is null is left out. */
export function flatTable(
  ...fields: readonly (FlatField | null)[]
): FlatTarget {
  return { kind: "table", fields };
}

/** A vector of tables. */
export function flatTables(tables: readonly FlatTarget[]): FlatTarget {
  return { kind: "tables", tables };
}

/** A text. */
export function flatText(text: string): FlatTarget {
  return { kind: "text", text };
}

/**
 * A vector of structs that are made of int64 only.
 *
 * @param longs all their fields, in order; safe integers
 * @param count number of structs
 */
export function flatLongs(longs: readonly number[], count: number): FlatTarget {
  return { kind: "longs", longs, count };
}

/** An int8 or uint8, also for a boolean or a union's kind. */
export function flatByte(value: number): FlatField {
  return { kind: "scalar", size: 1, value };
}

/** An int16, also for an enum. */
export function flatShort(value: number): FlatField {
  return { kind: "scalar", size: 2, value };
}

/** An int32. */
export function flatInt(value: number): FlatField {
  return { kind: "scalar", size: 4, value };
}

/** An int64 that is a safe integer. */
export function flatLong(value: number): FlatField {
  return { kind: "long", value };
}

/**
 * Writes a flatbuffer.
 *
 * @param root its root table
 * @param longs takes where each int64 is, in the order of the tables
 * @returns its bytes, a multiple of 8 of them
 */
export function writeFlat(
  root: FlatTarget,
  longs: number[] = [],
): Uint8Array<ArrayBuffer> {
  const out = new FlatOutput(longs);
  out.refer(out.skip(4, 4), root);
  out.align(8, 0);
  return out.finish();
}

const TEXT = new TextEncoder();
const WORD = 2 ** 32;

class FlatOutput {
  readonly #longPlaces: number[];
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(longs: number[]) {
    this.#longPlaces = longs;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Moves on to where `after` more bytes would end at a multiple of `size`. */
  align(size: number, after: number): void {
    const over = (this.#length + after) % size;
    if (over !== 0) this.skip(size - over, 1);
  }

  /** Leaves zeros. Returns where. */
  skip(count: number, size: number): number {
    if (size > 1) this.align(size, 0);
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) this.#grow();
    return at;
  }

  /** Writes a target, and its distance at `at`. */
  refer(at: number, target: FlatTarget): void {
    const place = this.#target(target); // which may make the view anew
    this.#view.setUint32(at, place - at, true);
  }

  #target(target: FlatTarget): number {
    switch (target.kind) {
      case "text":
        return this.#text(target.text);
      case "table":
        return this.#table(target.fields);
      case "tables":
        return this.#tables(target.tables);
      case "longs":
        return this.#longs(target.longs, target.count);
    }
  }

  #text(text: string): number {
    const bytes = TEXT.encode(text);
    const at = this.skip(4 + bytes.length + 1, 4);
    this.#view.setUint32(at, bytes.length, true);
    this.#bytes.set(bytes, at + 4);
    return at;
  }

  #tables(tables: readonly FlatTarget[]): number {
    const at = this.skip(4 + 4 * tables.length, 4);
    this.#view.setUint32(at, tables.length, true);
    tables.forEach((table, i) => this.refer(at + 4 + 4 * i, table));
    return at;
  }

  #longs(longs: readonly number[], count: number): number {
    this.align(8, 4);
    const at = this.skip(4 + 8 * longs.length, 4);
    this.#view.setUint32(at, count, true);
    longs.forEach((value, i) => this.#long(at + 4 + 8 * i, value));
    return at;
  }

  #table(fields: readonly (FlatField | null)[]): number {
    let size = 4; // the distance to the vtable comes first
    const places = fields.map((field) => {
      if (field === null) return 0;
      const width = widthOf(field);
      const place = Math.ceil(size / width) * width;
      size = place + width;
      return place;
    });
    const vtable = this.skip(4 + 2 * fields.length, 2);
    const table = this.skip(size, 8);
    this.#view.setUint16(vtable, 4 + 2 * fields.length, true);
    this.#view.setUint16(vtable + 2, size, true);
    this.#view.setInt32(table, table - vtable, true);
    fields.forEach((field, i) => {
      const place = places[i] ?? 0;
      this.#view.setUint16(vtable + 4 + 2 * i, place, true);
      if (field !== null) this.#field(table + place, field);
    });
    return table;
  }

  #field(at: number, field: FlatField): void {
    switch (field.kind) {
      case "scalar":
        if (field.size === 1) this.#view.setUint8(at, field.value);
        else if (field.size === 2) this.#view.setInt16(at, field.value, true);
        else this.#view.setInt32(at, field.value, true);
        return;
      case "long":
        return this.#long(at, field.value);
      default:
        return this.refer(at, field);
    }
  }

  #long(at: number, value: number): void {
    this.#longPlaces.push(at);
    const high = Math.floor(value / WORD);
    this.#view.setUint32(at, value - high * WORD, true);
    this.#view.setInt32(at + 4, high, true);
  }

  #grow(): void {
    const grown = new Uint8Array(2 * this.#length);
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

function widthOf(field: FlatField): number {
  if (field.kind === "scalar") return field.size;
  return field.kind === "long" ? 8 : 4;
}
