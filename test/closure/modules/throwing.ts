/** Types above the code, so that no line is where the engine has it. */
interface Record {
  readonly name: string;
  readonly value: number | null;
}

type Reader<T> = (
  record: Record,
  fallback: T,
) => T;

declare function nowhere(record: Record): void;

/** Throws below a type of its own. */
export const read: Reader<number> = (
  record: Record,
  fallback: number,
): number => {
  type Local = { a: number };
  const local: Local = { a: fallback };
  if (record.value === null) {
    throw new RangeError(`no value in ${record.name}, ${local.a}`);
  }
  return record.value;
};

/** Throws in a function that a method calls. */
export class Checker {
  private readonly limit: number = 5;
  check(value: number): number {
    return value > this.limit ? fail(value) : value;
  }
}

function fail(value: number): never {
  throw new TypeError(`too large: ${value}` as string);
}
