/**
 * The CBOR (RFC 8949) that records are written in. Beyond plain CBOR:
 *
 * - an integer with a 64-bit head (0x1b, 0x3b) or tag 2 or 3 is a `bigint`,
 *   any shorter integer and every float64 is a `number`; there are no other floats
 * - a byte string is a `Uint8Array`; simple value 0 stands for a hole of an array
 * - tags below carry the other types; objects and rows with the same names as
 *   an earlier one in the same message refer to it by number
 *
 * @module
 */

/** Bytes: magnitude of a bigint of 2^64 or more, big-endian. */
export const TAG_BIGINT = 2;
/** Bytes: magnitude of -1 - n for a bigint n below -2^64, big-endian. */
export const TAG_BIGINT_NEGATIVE = 3;
/** Array: the members of a Set, in order. */
export const TAG_SET = 258;
/** CBOR map: the entries of a Map, in order, keys of any type. */
export const TAG_MAP = 259;
/** Bytes: a string with lone surrogates, as WTF-8. */
export const TAG_WTF8 = 273;

/** Number: milliseconds of a Date since 1970, NaN when it is invalid. */
export const TAG_DATE = 0x5453;
/** CBOR map: an object without a prototype. */
export const TAG_BARE_OBJECT = 0x5454;
/** Bytes: an ArrayBuffer. */
export const TAG_ARRAY_BUFFER = 0x5455;
/** Bytes: a DataView over a buffer of its own. */
export const TAG_DATA_VIEW = 0x5456;
/** Array [source, flags, lastIndex]: a RegExp. */
export const TAG_REGEXP = 0x5457;
/** Array [class, CBOR map of message, stack, cause, errors, name as far as the error has its own]: an Error. */
export const TAG_ERROR = 0x5458;
/** Array [[name, …], [value, …]]: an object; its names become the next shape of the message. */
export const TAG_SHAPE = 0x5459;
/** Array [[name, …], [value, …]]: a Row; its names become the next row shape of the message. */
export const TAG_ROW_SHAPE = 0x545a;
/** Array [number of row shape, [value, …]]: a Row like an earlier one. */
export const TAG_ROW = 0x545b;
/** Array [array, CBOR map of its index, input, groups and indices]: what `match()` gave. */
export const TAG_MATCH = 0x545c;
/** Array [number of its type in `TEMPORAL_NAMES`, part, …]: a value of Temporal. */
export const TAG_TEMPORAL = 0x545d;
/** Integer: the length of a byte string that lies apart from the message, the next one there. */
export const TAG_APART = 0x545e;
/** Array [value, metadata], both bytes: a VariantVal. */
export const TAG_VARIANT = 0x545f;
/** This plus a shape's number: array [value, …], an object like an earlier one. */
export const TAG_OBJECT = 0x5500;

/** How many shapes a message may define; objects after that are plain CBOR maps. */
export const SHAPES_MAX = 256;
/** Objects with more names than this are dictionaries: plain CBOR maps. */
export const SHAPE_NAMES_MAX = 64;
/** How deep arrays, objects, maps, sets and causes may nest. */
export const DEPTH_MAX = 1000;

/** From how many bytes on a byte string may lie apart: below, a copy costs nothing. */
export const APART_BYTES: number = 1 << 20;

/** Makes a typed array over all of a buffer. */
export interface TypedArrayClass {
  /** Name of the class, such as `"Int8Array"`. */
  readonly name: string;
  /** What its instances inherit from. */
  readonly prototype: object;
  /** Width of an element, in bytes. */
  readonly BYTES_PER_ELEMENT: number;
  /** Makes one over the whole buffer. */
  new (buffer: ArrayBuffer): ArrayBufferView;
}

/** Typed arrays other than Uint8Array by their tags (RFC 8746, little-endian). */
export const TYPED_ARRAYS: readonly (readonly [number, TypedArrayClass])[] = [
  [68, Uint8ClampedArray],
  [69, Uint16Array],
  [70, Uint32Array],
  [71, BigUint64Array],
  [72, Int8Array],
  [77, Int16Array],
  [78, Int32Array],
  [79, BigInt64Array],
  ...float16Array(), // missing in Node 22
  [85, Float32Array],
  [86, Float64Array],
];

function float16Array(): [number, TypedArrayClass][] {
  return typeof Float16Array === "undefined" ? [] : [[84, Float16Array]];
}

/** The error classes that come back as themselves. */
export const ERROR_CLASSES = [
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  EvalError,
  URIError,
  AggregateError,
] as const;
