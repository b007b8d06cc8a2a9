import { Buffer } from "node:buffer";
import { ProtocolError } from "../common/errors.ts";

const TEXT = new TextEncoder();
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const HEADER_BYTES = 12;
const TEXT_UNITS_MAX = 2 ** 28; // safely within V8's longest string
const KEEP_BYTES = 1 << 24; // a buffer that one huge batch grew beyond this is not kept

/** A column of integers or floats, as stored: the narrowest that holds all values. */
type Column =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int32Array
  | Float64Array;

/** Codes of the element types of a column, in byte 1 and 2 of the header. */
const COLUMN_TYPES = [
  Uint8Array,
  Uint16Array,
  Uint32Array,
  Int32Array,
  Float64Array,
] as const;
const NO_COLUMN = 255;

/**
 * Writes a column of strings, and one of numbers beside it, as one frame.
 *
 * Layout, little-endian: form (1 byte); type of the lengths (1 byte, index
 * into Uint8, Uint16, Uint32, Int32, Float64); type of the numbers (the same,
 * 255 for none); 0; count (uint32); bytes of text (uint32); the lengths, in
 * UTF-16 units; the numbers; all strings as one UTF-8 text.
 */
export class ColumnWriter {
  #bytes: Uint8Array = new Uint8Array(1 << 16);

  /**
   * Writes one frame.
   *
   * @param form first byte of the frame
   * @param strings one for each record
   * @param numbers as many, or null
   * @returns a view that stays valid until the next call; null when the strings do not fit this form
   */
  write(
    form: number,
    strings: readonly string[],
    numbers: readonly number[] | null,
  ): Uint8Array | null {
    if (totalLength(strings) > TEXT_UNITS_MAX) return null;
    const text = strings.join("");
    if (!text.isWellFormed()) return null; // a surrogate that found its half in the next string is fine
    const lengths = lengthColumn(strings);
    const values = numbers && numberColumn(numbers);
    const textStart = HEADER_BYTES + lengths.byteLength +
      (values?.byteLength ?? 0);
    this.#makeRoom(textStart, text);
    const bytes = this.#bytes;
    const { written } = TEXT.encodeInto(text, bytes.subarray(textStart));
    const view = new DataView(bytes.buffer);
    bytes[0] = form;
    bytes[1] = typeOf(lengths);
    bytes[2] = values ? typeOf(values) : NO_COLUMN;
    bytes[3] = 0;
    view.setUint32(4, strings.length, true);
    view.setUint32(8, written, true);
    bytes.set(bytesOf(lengths), HEADER_BYTES);
    if (values) bytes.set(bytesOf(values), HEADER_BYTES + lengths.byteLength);
    return bytes.subarray(0, textStart + written);
  }

  #makeRoom(textStart: number, text: string): void {
    let wanted = textStart + 3 * text.length;
    if (wanted > KEEP_BYTES) wanted = textStart + Buffer.byteLength(text);
    if (wanted > this.#bytes.length || this.#bytes.length > KEEP_BYTES) {
      this.#bytes = new Uint8Array(wanted);
    }
  }
}

/**
 * Reads what {@link ColumnWriter} wrote. Strings of 13 characters or more are
 * cut from the batch's text, which V8 keeps as long as one of them lives.
 *
 * @param frame one whole frame
 * @param paired whether the records are arrays [string, number]; strings otherwise
 * @throws ProtocolError `BATCH_MALFORMED` when the parts do not fit the frame
 */
export function readColumns(frame: Uint8Array, paired: boolean): unknown[] {
  if (frame.length < HEADER_BYTES) {
    throw malformed(frame, "its header is cut off");
  }
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint8(1) > 2) throw malformed(frame, "its lengths are no counts");
  const count = view.getUint32(4, true);
  const textBytes = view.getUint32(8, true);
  const lengths = readColumn(frame, HEADER_BYTES, view.getUint8(1), count);
  const numbersStart = HEADER_BYTES + lengths.byteLength;
  const numbers = paired
    ? readColumn(frame, numbersStart, view.getUint8(2), count)
    : null;
  const textStart = numbersStart + (numbers?.byteLength ?? 0);
  if (textStart + textBytes !== frame.length) {
    throw malformed(frame, `its text has ${textBytes} bytes`);
  }
  const text = readText(frame, textStart, lengths);
  return numbers === null
    ? cut(text, lengths)
    : cutPairs(text, lengths, numbers);
}

function totalLength(strings: readonly string[]): number {
  let units = 0;
  for (let i = 0; i < strings.length; i++) {
    units += (strings[i] as string).length;
  }
  return units;
}

function lengthColumn(strings: readonly string[]): Column {
  let longest = 0;
  for (let i = 0; i < strings.length; i++) {
    longest = Math.max(longest, (strings[i] as string).length);
  }
  const column = longest < 0x100
    ? new Uint8Array(strings.length)
    : longest < 0x10000
    ? new Uint16Array(strings.length)
    : new Uint32Array(strings.length);
  for (let i = 0; i < strings.length; i++) {
    column[i] = (strings[i] as string).length;
  }
  return column;
}

function numberColumn(numbers: readonly number[]): Column {
  let least = 0;
  let most = 0;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number;
    if ((value | 0) !== value || (value === 0 && Object.is(value, -0))) {
      return Float64Array.from(numbers);
    }
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  if (least < 0 || most > 0xffff) return Int32Array.from(numbers);
  return most > 0xff ? Uint16Array.from(numbers) : Uint8Array.from(numbers);
}

function typeOf(column: Column): number {
  return COLUMN_TYPES.findIndex((made) => column instanceof made);
}

function bytesOf(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

function readColumn(
  frame: Uint8Array,
  start: number,
  type: number,
  count: number,
): Column {
  const made = COLUMN_TYPES[type];
  if (made === undefined) {
    throw malformed(frame, `column type ${type} is not in use`);
  }
  const end = start + count * made.BYTES_PER_ELEMENT;
  if (end > frame.length) {
    throw malformed(frame, `${count} records do not fit in it`);
  }
  return new made(new Uint8Array(frame.subarray(start, end)).buffer);
}

function readText(frame: Uint8Array, start: number, lengths: Column): string {
  let units = 0;
  for (let i = 0; i < lengths.length; i++) units += lengths[i] as number;
  let text: string;
  if (units === frame.length - start) { // only ASCII has as many units as bytes
    const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
    text = bytes.toString("latin1", start);
  } else {
    try {
      text = STRICT.decode(frame.subarray(start));
    } catch (cause) {
      throw malformed(frame, "its text is not UTF-8", cause);
    }
  }
  if (text.length !== units) {
    throw malformed(
      frame,
      `its strings need ${units} units of text, not ${text.length}`,
    );
  }
  return text;
}

function cut(text: string, lengths: Column): string[] {
  const strings = new Array<string>(lengths.length);
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    const end = at + (lengths[i] as number);
    strings[i] = text.slice(at, end);
    at = end;
  }
  return strings;
}

function cutPairs(
  text: string,
  lengths: Column,
  numbers: Column,
): [string, number][] {
  const pairs = new Array<[string, number]>(lengths.length);
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    const end = at + (lengths[i] as number);
    pairs[i] = [text.slice(at, end), numbers[i] as number];
    at = end;
  }
  return pairs;
}

function malformed(
  frame: Uint8Array,
  reason: string,
  cause?: unknown,
): ProtocolError {
  return new ProtocolError(
    "BATCH_MALFORMED",
    `Cannot decode batch of ${frame.length} bytes: ${reason}`,
    { length: frame.length },
    cause === undefined ? undefined : { cause },
  );
}
