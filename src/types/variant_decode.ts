/**
 * Reads variants, whose bytes may be damaged or hostile.
 *
 * Peer: `VariantUtil` of Spark 4.0 – 4.3; the variant encoding of Parquet.
 * Layout: metadata (header, count, offsets, names); a value is a byte that
 * says its type, and what belongs to it.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { ProtocolError } from "../common/errors.ts";

/** What becomes of the values that JavaScript has more than one form for. */
export interface VariantForms {
  /** A long. */
  long(value: bigint): unknown;
  /** A float or double. */
  double(value: number): unknown;
  /** A decimal, with all digits. */
  decimal(text: string): unknown;
  /** Days from 1970. */
  date(days: number): unknown;
  /** Microseconds from 1970. */
  timestamp(micros: bigint): unknown;
  /** Microseconds from 1970, without a zone. */
  timestampNtz(micros: bigint): unknown;
  /** Microseconds since midnight. */
  time(micros: bigint): unknown;
  /** Bytes, over those of the variant. */
  binary(bytes: Uint8Array): unknown;
}

const MAX_DEPTH = 500; // of values within values
const VERSION = 1;
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Decodes a variant.
 *
 * @param value the encoded value
 * @param metadata the names of its fields
 * @param forms what becomes of its values
 * @throws ProtocolError `VARIANT_MALFORMED`
 */
export function readVariant(
  value: Uint8Array,
  metadata: Uint8Array,
  forms: VariantForms,
): unknown {
  const names = new Names(metadata);
  try {
    return new ValueReader(value, names, forms).read(0, 0);
  } catch (error) {
    if (error instanceof RangeError) throw malformed("it ends too early"); // of a DataView
    throw error;
  }
}

class Names {
  readonly #bytes: Uint8Array;
  readonly #size: number;
  readonly #count: number;

  constructor(bytes: Uint8Array) {
    const head = bytes[0] ?? 0;
    if ((head & 15) !== VERSION) throw malformed("its version is another");
    this.#bytes = bytes;
    this.#size = (head >> 6) + 1;
    this.#count = unsigned(bytes, 1, this.#size);
  }

  at(id: number): string {
    if (id >= this.#count) throw malformed("a field has no name");
    const offsets = 1 + this.#size;
    const start = offsets + (this.#count + 1) * this.#size;
    const from = unsigned(this.#bytes, offsets + id * this.#size, this.#size);
    const to = unsigned(
      this.#bytes,
      offsets + (id + 1) * this.#size,
      this.#size,
    );
    if (to < from || start + to > this.#bytes.length) {
      throw malformed("a name lies outside");
    }
    return TEXT.decode(this.#bytes.subarray(start + from, start + to));
  }
}

class ValueReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #names: Names;
  readonly #forms: VariantForms;
  /** Values that may still be read: each takes a byte, unless many places lead to one. */
  #budget: number;

  constructor(bytes: Uint8Array, names: Names, forms: VariantForms) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#names = names;
    this.#forms = forms;
    this.#budget = bytes.length + 1;
  }

  read(at: number, depth: number): unknown {
    if (depth > MAX_DEPTH) throw malformed("its values nest too deeply");
    if (--this.#budget < 0) throw malformed("its values have no end");
    const head = this.#view.getUint8(at);
    const info = head >> 2;
    switch (head & 3) {
      case 0:
        return this.#primitive(info, at + 1);
      case 1:
        return this.#text(at + 1, info);
      case 2:
        return this.#object(info, at + 1, depth);
      default:
        return this.#array(info, at + 1, depth);
    }
  }

  #primitive(kind: number, at: number): unknown {
    const view = this.#view;
    const forms = this.#forms;
    switch (kind) {
      case 0:
        return null;
      case 1:
        return true;
      case 2:
        return false;
      case 3:
        return view.getInt8(at);
      case 4:
        return view.getInt16(at, true);
      case 5:
        return view.getInt32(at, true);
      case 6:
        return forms.long(view.getBigInt64(at, true));
      case 7:
        return forms.double(view.getFloat64(at, true));
      case 8:
      case 9:
      case 10:
        return this.#decimal(at, 4 << (kind - 8));
      case 11:
        return forms.date(view.getInt32(at, true));
      case 12:
        return forms.timestamp(view.getBigInt64(at, true));
      case 13:
        return forms.timestampNtz(view.getBigInt64(at, true));
      case 14:
        return forms.double(view.getFloat32(at, true));
      case 15:
        return forms.binary(this.#slice(at + 4, view.getUint32(at, true)));
      case 16:
        return this.#text(at + 4, view.getUint32(at, true));
      case 17:
        return forms.time(view.getBigInt64(at, true));
      case 20:
        return uuidText(this.#slice(at, 16));
      default:
        throw malformed(`a value has type ${kind}, which is not known`);
    }
  }

  #decimal(at: number, size: number): unknown {
    const scale = this.#view.getUint8(at);
    let unscaled = 0n;
    for (let word = size / 4 - 1; word >= 0; word--) {
      unscaled = unscaled << 32n |
        BigInt(this.#view.getUint32(at + 1 + 4 * word, true));
    }
    unscaled = BigInt.asIntN(8 * size, unscaled);
    const sign = unscaled < 0n ? "-" : "";
    const digits = String(unscaled < 0n ? -unscaled : unscaled)
      .padStart(scale + 1, "0");
    const point = digits.length - scale;
    const text = scale === 0
      ? digits
      : `${digits.slice(0, point)}.${digits.slice(point)}`;
    return this.#forms.decimal(sign + text);
  }

  #object(info: number, at: number, depth: number): object {
    const offsetSize = (info & 3) + 1;
    const idSize = (info >> 2 & 3) + 1;
    const countSize = (info >> 4 & 1) === 1 ? 4 : 1;
    const count = unsigned(this.#bytes, at, countSize);
    const ids = at + countSize;
    const offsets = ids + count * idSize;
    const start = offsets + (count + 1) * offsetSize;
    const object: Record<string, unknown> = {};
    for (let i = 0; i < count; i++) {
      const id = unsigned(this.#bytes, ids + i * idSize, idSize);
      const offset = unsigned(
        this.#bytes,
        offsets + i * offsetSize,
        offsetSize,
      );
      const value = this.read(start + offset, depth + 1);
      const name = this.#names.at(id);
      if (name === "__proto__") {
        Object.defineProperty(object, name, {
          value,
          enumerable: true,
          writable: true,
          configurable: true,
        });
      } else object[name] = value;
    }
    return object;
  }

  #array(info: number, at: number, depth: number): unknown[] {
    const offsetSize = (info & 3) + 1;
    const countSize = (info >> 2 & 1) === 1 ? 4 : 1;
    const count = unsigned(this.#bytes, at, countSize);
    const offsets = at + countSize;
    const start = offsets + (count + 1) * offsetSize;
    if (start > this.#bytes.length) throw malformed("an array is cut short");
    return Array.from(
      { length: count },
      (_, i) =>
        this.read(
          start +
            unsigned(this.#bytes, offsets + i * offsetSize, offsetSize),
          depth + 1,
        ),
    );
  }

  #text(at: number, size: number): string {
    return TEXT.decode(this.#slice(at, size));
  }

  #slice(at: number, size: number): Uint8Array {
    if (at + size > this.#bytes.length) throw malformed("it ends too early");
    return this.#bytes.subarray(at, at + size);
  }
}

function uuidText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    "$1-$2-$3-$4-$5",
  );
}

/** A little-endian number of up to 4 bytes. */
function unsigned(bytes: Uint8Array, at: number, size: number): number {
  if (at + size > bytes.length) throw malformed("it ends too early");
  let value = 0;
  for (let i = size - 1; i >= 0; i--) {
    value = value * 256 + (bytes[at + i] ?? 0);
  }
  return value;
}

function malformed(why: string): ProtocolError {
  return new ProtocolError(
    "VARIANT_MALFORMED",
    `Cannot read a variant: ${why}; its bytes are not what Spark writes`,
    { why },
  );
}
