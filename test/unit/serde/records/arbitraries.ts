import * as fc from "fast-check";
import {
  isRow,
  rowClass,
  rowNames,
  rowValues,
} from "../../../../src/serde/records/row.ts";

/** Any string: ASCII, wide, lone surrogates, zero, byte order mark, long. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.array(
    fc.constantFrom(
      "a",
      "\0",
      "é",
      "\ufeff",
      "\ufffd",
      "\uffff",
      "\ud800",
      "\udbff",
      "\udc00",
      "\udfff",
      "𐀀",
      "😀",
    ),
    { maxLength: 80 },
  ).map((units) => units.join("")),
  fc.string({ minLength: 10, maxLength: 400 }),
);

/** Any number: doubles of all kinds and integers around the sizes of heads. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(
    ...[0, -0, 23, 24, 255, 256, 65535, 65536, 2 ** 31, 2 ** 32, 2 ** 53]
      .flatMap((n) => [n, -n, n - 1, -n - 1]),
    NaN,
    Infinity,
    -Infinity,
    5e-324,
  ),
);

/** Any bigint, also far beyond 64 bits. */
export const anyBigint: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt(),
  fc.bigInt({ min: -300n, max: 300n }),
  fc.tuple(fc.bigInt({ min: -2n, max: 2n }), fc.integer({ min: 0, max: 400 }))
    .map(([rest, bits]) => (1n << BigInt(bits)) + rest),
  fc.tuple(fc.bigInt({ min: -2n, max: 2n }), fc.integer({ min: 0, max: 400 }))
    .map(([rest, bits]) => -(1n << BigInt(bits)) + rest),
);

/** Any typed array but Float16Array, whose NaN payloads are its own matter. */
export const anyTypedArray: fc.Arbitrary<ArrayBufferView> = fc.oneof(
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);

const anyName = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("a", "b", "c", "id") },
  anyText,
  fc.constantFrom("__proto__", "constructor", "length", "toJSON", "0", "7", ""),
);

const anyPrimitive = fc.oneof(
  anyText,
  anyNumber,
  anyBigint,
  fc.boolean(),
  fc.constantFrom(null, undefined),
);

function entriesToObject(entries: readonly [string, unknown][]): object {
  const made = {};
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return made;
}

const anyInstant = fc.bigInt({
  min: -8_640_000_000_000_000_000_000n,
  max: 8_640_000_000_000_000_000_000n,
}).map((nanoseconds) => new Temporal.Instant(nanoseconds));
const anyZone = fc.constantFrom(
  "UTC",
  "Europe/Rome",
  "Africa/Monrovia",
  "+05:30",
);
const anyCalendar = fc.constantFrom("iso8601", "hebrew", "japanese", "gregory");
const anyZoned = fc.tuple(anyInstant, anyZone, anyCalendar)
  .map(([{ epochNanoseconds }, zone, calendar]) =>
    new Temporal.ZonedDateTime(epochNanoseconds, zone, calendar)
  );
const anyDuration = fc.tuple(
  fc.constantFrom(-1, 1),
  ...Array.from({ length: 10 }, () => fc.integer({ min: 0, max: 1e6 })),
).map(([sign, ...fields]) =>
  new Temporal.Duration(...fields.map((field) => sign * field))
);

/** Any value of Temporal, of each of its types. */
export const anyTemporal: fc.Arbitrary<object> = fc.oneof(
  anyInstant,
  anyZoned,
  anyZoned.map((time) => time.toPlainDate()),
  anyZoned.map((time) => time.toPlainTime()),
  anyZoned.map((time) => time.toPlainDateTime()),
  anyZoned.map((time) => time.toPlainDate().toPlainYearMonth()),
  anyZoned.map((time) => time.toPlainDate().toPlainMonthDay()),
  anyDuration,
);

/** Any value that a key or a record may be. */
export const anyKey: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    anyPrimitive,
    fc.date({ noInvalidDate: false }),
    anyTemporal,
    anyTypedArray,
    fc.uint8Array().map((bytes) => bytes.buffer),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(fc.tuple(anyName, tie("value")), { maxLength: 5 }).map(
      entriesToObject,
    ),
    fc.array(fc.tuple(anyName, tie("value")), { maxLength: 3 }).map((e) =>
      Object.setPrototypeOf(entriesToObject(e), null)
    ),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 4 }).map(
      (entries) => new Map(entries),
    ),
    fc.array(tie("value"), { maxLength: 4 }).map((values) => new Set(values)),
    fc.array(fc.tuple(anyName, tie("value")), { maxLength: 4 }).map((cells) => {
      const made = rowClass(cells.map(([name]) => name));
      return new made(cells.map(([, value]) => value));
    }),
  ),
})).value;

/** Whether two values are alike in every respect that must survive; rows by their columns. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null) return Object.is(a, b);
  if (typeof b !== "object" || b === null) return false;
  if (isRow(a)) {
    return isRow(b) && sameValue(rowNames(a), rowNames(b)) &&
      sameValue(rowValues(a), rowValues(b));
  }
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof Temporal.Duration) {
    const fields = (value: Temporal.Duration): string =>
      `${value.years} ${value.months} ${value.weeks} ${value.days} ${value.hours} ${value.minutes} ${value.seconds} ${value.milliseconds} ${value.microseconds} ${value.nanoseconds}`;
    return fields(a) === fields(b as Temporal.Duration);
  }
  if (
    Object.prototype.toString.call(a).startsWith("[object Temporal.")
  ) return a.toString() === b.toString();
  if (ArrayBuffer.isView(a) || a instanceof ArrayBuffer) {
    return `${bytesOf(a)}` === `${bytesOf(b as ArrayBuffer)}`;
  }
  if (a instanceof Map || a instanceof Set) {
    return sameValue([...a], [...(b as Set<unknown>)]);
  }
  const names = Reflect.ownKeys(a);
  return String(names.map(String)) === String(Reflect.ownKeys(b).map(String)) &&
    names.every((name) =>
      sameValue(Reflect.get(a, name), Reflect.get(b, name))
    );
}

function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}
