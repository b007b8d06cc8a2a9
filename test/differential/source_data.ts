import type { Dice } from "./dice.ts";
import { INT, listOf, type RecordType, TEXT, tupleOf } from "./record_type.ts";

/** What `parallelize()` is given. */
export const SOURCE_TYPES: readonly RecordType[] = [
  INT,
  TEXT,
  tupleOf(INT, INT),
  tupleOf(TEXT, INT),
  tupleOf(INT, TEXT),
  tupleOf(TEXT, tupleOf(INT, TEXT)),
  tupleOf(tupleOf(INT, TEXT), INT),
  listOf(INT),
];

const MAX_LENGTH = 20;
const LARGE_NUMBERS = [2 ** 31, -(2 ** 31) - 1, 2 ** 40, 1_000_000];
/** The last two change places when they are compared as UTF-16. */
const TEXTS = [
  "",
  "a",
  "b",
  "ab",
  "a b",
  "Z",
  "10",
  "9",
  "k1",
  "k2",
  "p0",
  "p1",
  "é",
  "～",
  "😀",
];

/** A list of random records; sometimes there is none. */
export function randomRecords(dice: Dice, type: RecordType): unknown[] {
  const length = dice.percent(5) ? 0 : dice.int(1, MAX_LENGTH);
  return Array.from({ length }, () => randomRecord(dice, type));
}

/** One random record of a type that {@link SOURCE_TYPES} are made of. */
export function randomRecord(dice: Dice, type: RecordType): unknown {
  switch (type.kind) {
    case "int":
      if (dice.percent(60)) return dice.int(0, 4);
      return dice.percent(80) ? dice.int(-20, 20) : dice.pick(LARGE_NUMBERS);
    case "text":
      return dice.pick(TEXTS);
    case "tuple":
      return type.items.map((item) => randomRecord(dice, item));
    case "list":
    case "bag":
      return Array.from(
        { length: dice.int(0, 3) },
        () => randomRecord(dice, type.item),
      );
    case "option":
      return randomRecord(dice, type.item);
    case "float":
    case "flag":
    case "runs":
      throw new TypeError(`Cannot make records of type "${type.kind}"`);
  }
}
