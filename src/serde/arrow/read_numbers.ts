import { ProtocolError } from "../../common/errors.ts";
import { withPoint } from "../records/decimal_digits.ts";
import { type ColumnView, isValid } from "./column_view.ts";

const WORD = 2 ** 32;
const SAFE_HIGH = 2 ** 21; // high words of safe integers lie below this
const WORDS = 4; // of 32 bits a decimal

/** Numbers as they are. */
export function readNumbers({ values, length }: ColumnView): unknown[] {
  const numbers = new Array<unknown>(length);
  for (let i = 0; i < length; i++) numbers[i] = values[i];
  return numbers;
}

/** Integers of 64 bits as bigints. */
export function readNumbersOfBigints(view: ColumnView): unknown[] {
  return readNumbers(view);
}

/** Bits as booleans. */
export function readBooleans({ values, length }: ColumnView): unknown[] {
  const booleans = new Array<unknown>(length);
  for (let i = 0; i < length; i++) {
    booleans[i] = (values[i >> 3] as number >> (i & 7) & 1) === 1;
  }
  return booleans;
}

/** The 32-bit words of integers of 64 bits, the lower one first. */
export function wordsOf({ values, length }: ColumnView): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * length);
}

/**
 * Longs as numbers.
 *
 * @throws ProtocolError `LONG_NOT_SAFE` for one beyond 2^53
 */
export function readLongs(view: ColumnView, name: string): unknown[] {
  const words = wordsOf(view);
  const { length } = view;
  const numbers = new Array<unknown>(length);
  for (let i = 0; i < length; i++) {
    const low = words[2 * i] as number;
    const high = words[2 * i + 1] as number;
    if (high === low >> 31) {
      numbers[i] = low;
    } else if (
      high < SAFE_HIGH && high >= -SAFE_HIGH &&
      (high > -SAFE_HIGH || low !== 0) // -2^53 is no safe integer
    ) {
      numbers[i] = high * WORD + (low >>> 0);
    } else if (isValid(view, i)) {
      throw notSafe(view, i, name);
    }
  }
  return numbers;
}

function notSafe(
  { values }: ColumnView,
  index: number,
  name: string,
): ProtocolError {
  const value = values[index] as bigint;
  return new ProtocolError(
    "LONG_NOT_SAFE",
    `Cannot read column "${name}": the long ${value} is beyond 2^53 and would lose digits as a number; set spark.tspark.longs to bigint`,
    { column: name, value },
  );
}

/** Decimals as texts of all their digits: 128 bits, two's complement, with the point set. */
export function readDecimals(
  { values, length }: ColumnView,
  scale: number,
): unknown[] {
  const words = values as Int32Array;
  const texts = new Array<unknown>(length);
  const small = scale === 2 ? withHundredths : null; // as most amounts have
  for (let i = 0; i < length; i++) {
    const at = WORDS * i;
    const low = words[at] as number;
    const high = words[at + 1] as number;
    const sign = high >> 31;
    if (
      words[at + 2] === sign && words[at + 3] === sign &&
      high < SAFE_HIGH && high > -SAFE_HIGH
    ) {
      const value = high * WORD + (low >>> 0);
      texts[i] = small === null
        ? withPoint(String(Math.abs(value)), value < 0, scale)
        : small(value);
    } else {
      texts[i] = largeText(words, at, scale);
    }
  }
  return texts;
}

/** The point and two digits behind it, for each number of hundredths. */
const HUNDREDTHS = Array.from(
  { length: 100 },
  (_, i) => `.${String(i).padStart(2, "0")}`,
);

/** A whole number of hundredths below 2^53, whose hundreds divide exactly. */
function withHundredths(value: number): string {
  const size = Math.abs(value);
  const rest = size % 100;
  const text = String((size - rest) / 100) + (HUNDREDTHS[rest] as string);
  return value < 0 ? `-${text}` : text;
}

function largeText(words: Int32Array, at: number, scale: number): string {
  let unscaled = 0n;
  for (let i = WORDS - 1; i >= 0; i--) {
    unscaled = unscaled << 32n | BigInt((words[at + i] as number) >>> 0);
  }
  unscaled = BigInt.asIntN(128, unscaled);
  const isNegative = unscaled < 0n;
  return withPoint(
    String(isNegative ? -unscaled : unscaled),
    isNegative,
    scale,
  );
}
