import { Buffer } from "node:buffer";
import { ProtocolError } from "../../common/errors.ts";

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A column of numbers, as stored: the narrowest that holds all values. */
export type Column =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int32Array
  | Float64Array;

/** Element types, named on the wire by their index. */
const COLUMN_TYPES = [
  Uint8Array,
  Uint16Array,
  Uint32Array,
  Int32Array,
  Float64Array,
] as const;

/** The wire's name of a column's element type. */
export function columnType(column: Column): number {
  return COLUMN_TYPES.findIndex((made) => column instanceof made);
}

/** A column's memory. */
export function columnBytes(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** Lengths of strings, in UTF-16 units. */
export function lengthColumn(strings: readonly string[]): Column {
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

/** Numbers as they are: -0 and fractions in 8 bytes, small integers in fewer. */
export function numberColumn(numbers: readonly number[]): Column {
  let least = 0;
  let most = 0;
  let isWhole = true;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number;
    if ((value | 0) !== value || (value === 0 && Object.is(value, -0))) {
      isWhole = false;
      break;
    }
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  const column = !isWhole
    ? new Float64Array(numbers.length)
    : least < 0 || most > 0xffff
    ? new Int32Array(numbers.length)
    : most > 0xff
    ? new Uint16Array(numbers.length)
    : new Uint8Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) column[i] = numbers[i] as number;
  return column;
}

/**
 * Reads a column out of a frame, which may lie anywhere in memory.
 *
 * @param type the wire's name of the element type
 * @throws ProtocolError `BATCH_MALFORMED`
 */
export function readColumn(
  frame: Uint8Array,
  start: number,
  type: number,
  count: number,
): Column {
  const made = COLUMN_TYPES[type];
  if (made === undefined) {
    throw malformedBatch(frame, `column type ${type} is not in use`);
  }
  const end = start + count * made.BYTES_PER_ELEMENT;
  if (end > frame.length) {
    throw malformedBatch(frame, `${count} records do not fit in it`);
  }
  return new made(new Uint8Array(frame.subarray(start, end)).buffer);
}

/**
 * Reads the text of all strings of a column.
 *
 * @param lengths the strings' lengths
 * @throws ProtocolError `BATCH_MALFORMED` when they do not add up
 */
export function readColumnText(
  frame: Uint8Array,
  start: number,
  end: number,
  lengths: Column,
): string {
  let units = 0;
  for (let i = 0; i < lengths.length; i++) units += lengths[i] as number;
  let text: string;
  if (units === end - start) { // only ASCII has as many units as bytes
    const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
    text = bytes.toString("latin1", start, end);
  } else {
    try {
      text = STRICT.decode(frame.subarray(start, end));
    } catch (cause) {
      throw malformedBatch(frame, "its text is not UTF-8", cause);
    }
  }
  if (text.length !== units) {
    throw malformedBatch(
      frame,
      `its strings need ${units} units of text, not ${text.length}`,
    );
  }
  return text;
}

/** The error of a frame whose parts do not fit together. */
export function malformedBatch(
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
