import { CborDecoder } from "./cbor_decode.ts";
import { CborEncoder } from "./cbor_encode.ts";

/** Values to bytes and back. */
export interface CborCodec {
  /**
   * Writes a value as bytes.
   *
   * @param value what to write
   * @param lead a byte to put before it
   * @param apart gets byte strings of 1 MiB or more as they are, without a
   *   copy, and the bytes only name them; without it, the bytes hold all
   * @returns a view that stays valid until the next call of `encode` on this codec
   * @throws SparkError `RECORD_NOT_SERIALIZABLE` with the path to what cannot be serialized
   * @throws SparkError `RECORD_TOO_LARGE` beyond the codec's limit
   */
  encode(value: unknown, lead?: number, apart?: Uint8Array[]): Uint8Array;
  /**
   * Reads a value back.
   *
   * @param bytes what `encode` wrote
   * @param apart what it put apart, in that order, each with a buffer of its
   *   own: the value takes them over
   * @returns the value; nothing of it refers to `bytes`
   * @throws ProtocolError `CBOR_MALFORMED` when `encode` does not write such bytes
   */
  decode(
    bytes: Uint8Array,
    apart?: readonly Uint8Array<ArrayBuffer>[],
  ): unknown;
}

/**
 * Makes a codec of its own state. What `decode` gives equals what `encode` got:
 *
 * - numbers (-0, NaN, ±Infinity), strings (lone surrogates), booleans, null,
 *   undefined, bigint of any size
 * - arrays (holes), plain objects (a key `__proto__`), objects without a prototype, Map, Set, Row
 * - VariantVal, Date (also invalid), RegExp, the values of Temporal, the built-in errors with stack, cause and own properties
 * - what `match()` gives, with index, input, groups and indices
 * - typed arrays, ArrayBuffer, DataView, each with a buffer of its own, and Node's Buffer as Uint8Array
 *
 * Getters are read; a value reached twice arrives twice. All else is refused:
 * functions, symbols, promises, instances of other classes, cycles, more than
 * 1000 levels, and properties that would stay behind: those named by symbols,
 * those that are not enumerable, and those of arrays, Maps, Sets, Dates and
 * buffers.
 *
 * @example
 * ```ts
 * const codec = createCborCodec();
 * codec.decode(codec.encode(["a", -0])); // ["a", -0]
 * ```
 *
 * @param limit most bytes of one value; 2 GiB - 1 by default
 */
export function createCborCodec(limit?: number): CborCodec {
  const encoder = new CborEncoder(limit);
  const decoder = new CborDecoder();
  return {
    encode: (value, lead, apart) => encoder.encode(value, lead, apart),
    decode: (bytes, apart) => decoder.decode(bytes, apart),
  };
}
