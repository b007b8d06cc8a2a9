/** What all records of a batch look like: a number, a string, or an array of so many of these. */
export type RecordShape = "n" | "s" | readonly RecordShape[];

const MOST_ITEMS = 8; // of one array: longer ones are lists, not tuples
const MOST_LEVELS = 4; // of arrays within arrays

/**
 * The shape of a record.
 *
 * @returns null where it holds anything else than numbers, strings and short arrays of them
 */
export function shapeOf(
  record: unknown,
  levels: number = MOST_LEVELS,
): RecordShape | null {
  if (typeof record === "number") return "n";
  if (typeof record === "string") return "s";
  if (levels === 0 || !isTuple(record)) return null;
  const items: RecordShape[] = [];
  for (let i = 0; i < record.length; i++) {
    const shape = shapeOf(record[i], levels - 1);
    if (shape === null) return null;
    items.push(shape);
  }
  return items;
}

function isTuple(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 &&
    value.length <= MOST_ITEMS &&
    Object.getPrototypeOf(value) === Array.prototype;
}

/** A shape as text: `(n(ns))` is an array of a number and an array of a number and a string. */
export function shapeText(shape: RecordShape): string {
  return typeof shape === "string"
    ? shape
    : `(${shape.map(shapeText).join("")})`;
}

/**
 * Reads what {@link shapeText} wrote.
 *
 * @returns null for any other text
 */
export function parseShape(text: string): RecordShape | null {
  let at = 0;
  const parse = (levels: number): RecordShape | null => {
    const letter = text[at++];
    if (letter === "n" || letter === "s") return letter;
    if (letter !== "(" || levels === 0) return null;
    const items: RecordShape[] = [];
    while (text[at] !== ")") {
      const item = parse(levels - 1);
      if (item === null || items.push(item) > MOST_ITEMS) return null;
    }
    at++;
    return items.length === 0 ? null : items;
  };
  const shape = parse(MOST_LEVELS);
  return at === text.length ? shape : null;
}
