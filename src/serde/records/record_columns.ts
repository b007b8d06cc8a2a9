import { Buffer } from "node:buffer";
import {
  type Column,
  columnBytes,
  columnType,
  lengthColumn,
  malformedBatch,
  numberColumn,
  readColumn,
  readColumnText,
} from "./column.ts";
import { type OwnArrays, ownItem } from "../../protocol/own_arrays.ts";
import { hasOnlyElements, isLikeMatch } from "./own_properties.ts";
import {
  parseShape,
  type RecordShape,
  shapeOf,
  shapeText,
} from "./record_shape.ts";

const TEXT = new TextEncoder();
const NUMBER_HEADER_BYTES = 1;
const STRING_HEADER_BYTES = 5;
const TEXT_UNITS_MAX = 2 ** 28; // safely within V8's longest string
const KEEP_BYTES = 1 << 24; // a buffer that one huge batch grew beyond this is not kept

/** One column of a batch, ready to be written. */
type Leaf =
  | { readonly values: Column; readonly text: null }
  | { readonly values: Column; readonly text: string };

/**
 * Writes records of one shape as columns: a column for each number and each
 * string in it.
 *
 * Layout, little-endian: form (1 byte); length of the shape (1 byte); the shape
 * in ASCII; count (uint32); then the columns in the shape's order. A number's:
 * element type (1 byte, index into Uint8, Uint16, Uint32, Int32, Float64), the
 * values. A string's: element type of the lengths, bytes of text (uint32), the
 * lengths in UTF-16 units, all strings as one UTF-8 text.
 */
export class ColumnWriter {
  #bytes: Uint8Array = new Uint8Array(1 << 16);

  /**
   * Writes one frame.
   *
   * @param form first byte of the frame
   * @param records the batch
   * @param own which of their arrays need no look
   * @returns a view that stays valid until the next call; null when the records are not of one such shape
   */
  write(
    form: number,
    records: readonly unknown[],
    own: OwnArrays = null,
  ): Uint8Array | null {
    const shape = records.length === 0 ? null : shapeOf(records[0]);
    if (shape === null) return null;
    const leaves: Leaf[] = [];
    if (!gather(shape, records, own, leaves)) return null;
    const name = shapeText(shape);
    let most = 6 + name.length;
    for (const { values, text } of leaves) {
      most += values.byteLength +
        (text === null
          ? NUMBER_HEADER_BYTES
          : STRING_HEADER_BYTES + mostBytes(text));
    }
    if (most > this.#bytes.length || this.#bytes.length > KEEP_BYTES) {
      this.#bytes = new Uint8Array(most);
    }
    return this.#fill(form, name, records.length, leaves);
  }

  #fill(
    form: number,
    name: string,
    count: number,
    leaves: readonly Leaf[],
  ): Uint8Array {
    const bytes = this.#bytes;
    const view = new DataView(bytes.buffer);
    bytes[0] = form;
    bytes[1] = name.length;
    for (let i = 0; i < name.length; i++) bytes[2 + i] = name.charCodeAt(i);
    let at = 2 + name.length;
    view.setUint32(at, count, true);
    at += 4;
    for (const { values, text } of leaves) {
      bytes[at++] = columnType(values);
      const textLength = at;
      if (text !== null) at += 4;
      bytes.set(columnBytes(values), at);
      at += values.byteLength;
      if (text === null) continue;
      const { written } = TEXT.encodeInto(text, bytes.subarray(at));
      view.setUint32(textLength, written, true);
      at += written;
    }
    return bytes.subarray(0, at);
  }
}

/** UTF-8 takes three bytes for a unit at most; a long text is measured. */
function mostBytes(text: string): number {
  const bytes = 3 * text.length;
  return bytes > KEEP_BYTES ? Buffer.byteLength(text) : bytes;
}

/** Takes the columns out of values; false where one of them is not of the shape. */
function gather(
  shape: RecordShape,
  values: readonly unknown[],
  own: OwnArrays,
  leaves: Leaf[],
): boolean {
  if (shape === "n") {
    for (let i = 0; i < values.length; i++) {
      if (typeof values[i] !== "number") return false;
    }
    leaves.push({ values: numberColumn(values as number[]), text: null });
    return true;
  }
  if (shape === "s") return gatherStrings(values, leaves);
  const columns = itemsOf(values, shape.length, own !== null);
  return columns !== null &&
    shape.every((item, at) =>
      gather(item, columns[at] ?? [], ownItem(own, at), leaves)
    );
}

function gatherStrings(values: readonly unknown[], leaves: Leaf[]): boolean {
  let units = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "string") return false;
    units += value.length;
  }
  if (units > TEXT_UNITS_MAX) return false;
  const text = values.join("");
  if (!text.isWellFormed()) return false; // a surrogate that found its half in the next string is fine
  leaves.push({ values: lengthColumn(values as string[]), text });
  return true;
}

/** The items of arrays, a list for each place; null where one is no array of so many and nothing else. */
function itemsOf(
  values: readonly unknown[],
  length: number,
  isOwn: boolean,
): unknown[][] | null {
  const columns = Array.from({ length }, () => new Array(values.length));
  const [first = [], second = []] = columns;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (
      !Array.isArray(value) || value.length !== length ||
      Object.getPrototypeOf(value) !== Array.prototype ||
      (isOwn ? isLikeMatch(value) : !hasOnlyElements(value))
    ) return null;
    first[i] = value[0];
    if (length > 1) second[i] = value[1];
    for (let at = 2; at < length; at++) (columns[at] ?? [])[i] = value[at];
  }
  return columns;
}

/**
 * Reads what {@link ColumnWriter} wrote. Strings of 13 characters or more are
 * cut from the batch's text, which V8 keeps as long as one of them lives.
 *
 * @param frame one whole frame
 * @throws ProtocolError `BATCH_MALFORMED` when the parts do not fit the frame
 */
export function readColumns(frame: Uint8Array): unknown[] {
  const nameLength = frame[1] ?? 0;
  const start = 2 + nameLength;
  if (frame.length < start + 4) {
    throw malformedBatch(frame, "its header is cut off");
  }
  const name = String.fromCharCode(...frame.subarray(2, start));
  const shape = parseShape(name);
  if (shape === null) throw malformedBatch(frame, "its shape is none");
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const count = view.getUint32(start, true);
  const cursor = new ColumnCursor(frame, view, start + 4, count);
  const values = cursor.read(shape);
  if (cursor.at !== frame.length) {
    throw malformedBatch(
      frame,
      `its columns end at byte ${cursor.at}`,
    );
  }
  return Array.isArray(values) ? values : listOf(values);
}

/** The number of records in a frame's header; null where that is cut off. */
export function countColumns(frame: Uint8Array): number | null {
  const start = 2 + (frame[1] ?? 0);
  if (frame.length < start + 4) return null;
  return new DataView(frame.buffer, frame.byteOffset).getUint32(start, true);
}

/** An array of each record's items. Pairs have a loop of their own: they are the most. */
function tuplesOf(
  items: readonly (unknown[] | Int32Array | Float64Array)[],
  count: number,
): unknown[][] {
  const tuples = new Array<unknown[]>(count);
  const [first = [], second = []] = items;
  if (items.length === 2) {
    for (let i = 0; i < count; i++) tuples[i] = [first[i], second[i]];
  } else {
    for (let i = 0; i < count; i++) tuples[i] = items.map((item) => item[i]);
  }
  return tuples;
}

function listOf(column: Int32Array | Float64Array): number[] {
  const numbers = new Array<number>(column.length);
  for (let i = 0; i < column.length; i++) numbers[i] = column[i] as number;
  return numbers;
}

/** Reads the columns of a frame one behind the other. */
class ColumnCursor {
  at: number;
  readonly #frame: Uint8Array;
  readonly #view: DataView;
  readonly #count: number;

  constructor(frame: Uint8Array, view: DataView, at: number, count: number) {
    this.#frame = frame;
    this.#view = view;
    this.at = at;
    this.#count = count;
  }

  /** The values of a shape, one for each record. */
  read(shape: RecordShape): unknown[] | Int32Array | Float64Array {
    if (shape === "n") {
      const column = this.#column(NUMBER_HEADER_BYTES);
      // Two types in place of five: what follows stays fast.
      return column instanceof Float64Array || column instanceof Uint32Array
        ? new Float64Array(column)
        : new Int32Array(column);
    }
    if (shape === "s") return this.#strings();
    return tuplesOf(shape.map((item) => this.read(item)), this.#count);
  }

  #strings(): string[] {
    const header = this.at;
    const lengths = this.#column(STRING_HEADER_BYTES);
    if (lengths instanceof Int32Array || lengths instanceof Float64Array) {
      throw malformedBatch(this.#frame, "its lengths are no counts");
    }
    const bytes = this.#view.getUint32(header + 1, true);
    const end = this.at + bytes;
    if (end > this.#frame.length) {
      throw malformedBatch(this.#frame, `its text has ${bytes} bytes`);
    }
    const text = readColumnText(this.#frame, this.at, end, lengths);
    this.at = end;
    const strings = new Array<string>(lengths.length);
    let from = 0;
    for (let i = 0; i < strings.length; i++) {
      const to = from + (lengths[i] as number);
      strings[i] = text.slice(from, to);
      from = to;
    }
    return strings;
  }

  #column(headerBytes: number): Column {
    const start = this.at + headerBytes;
    if (start > this.#frame.length) {
      throw malformedBatch(this.#frame, "a column is cut off");
    }
    const type = this.#frame[this.at] ?? 0;
    const column = readColumn(this.#frame, start, type, this.#count);
    this.at = start + column.byteLength;
    return column;
  }
}
