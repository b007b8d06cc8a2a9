/**
 * Types of Spark with values of theirs, as they are read, for property tests.
 *
 * @module
 */
import fc from "fast-check";
import {
  type DataType,
  StructType,
} from "../../../../src/types/spark_types.ts";
import { encodeVariant } from "../../../../src/types/variant_encode.ts";

/** A type, and values of it. */
export interface TypedValues {
  readonly type: DataType;
  readonly value: fc.Arbitrary<unknown>;
}

const MICRO_DAYS = {
  min: -99_999_998n * 86_400n,
  max: 99_999_998n * 86_400n,
};

function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled)
    .padStart(scale + 1, "0");
  const point = digits.length - scale;
  const sign = unscaled < 0n ? "-" : "";
  return scale === 0
    ? sign + digits
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const whole = (bits: number): fc.Arbitrary<number> =>
  fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "\0", "é", "😀", "\ufeff", "\ufffd", "a".repeat(100)),
).map((value) => value.toWellFormed());
const bytes = fc.uint8Array({ maxLength: 20 });
const instant = fc.bigInt(MICRO_DAYS.min, MICRO_DAYS.max)
  .map((seconds) => seconds * 1_000_000n)
  .chain((micros) => fc.bigInt(0n, 999_999n).map((rest) => micros + rest))
  .map((micros) => Temporal.Instant.fromEpochNanoseconds(micros * 1000n));

/** Times that are read as `Temporal`'s when the options ask for it. */
export const EXACT = {
  longs: "bigint",
  timestamps: "instant",
  dates: "plainDate",
} as const;

/** Types that hold no others. */
export const PLAIN: readonly TypedValues[] = [
  { type: { kind: "byte" }, value: whole(8) },
  { type: { kind: "short" }, value: whole(16) },
  { type: { kind: "integer" }, value: whole(32) },
  {
    type: { kind: "long" },
    value: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  },
  {
    type: { kind: "float" },
    value: fc.float({ noDefaultInfinity: false }),
  },
  { type: { kind: "double" }, value: fc.double() },
  { type: { kind: "boolean" }, value: fc.boolean() },
  { type: { kind: "string" }, value: text },
  { type: { kind: "varchar", length: 200 }, value: text },
  { type: { kind: "binary" }, value: bytes },
  { type: { kind: "void" }, value: fc.constant(null) },
  {
    type: { kind: "date" },
    value: fc.integer({ min: -719_162, max: 2_932_896 }).map((days) =>
      new Temporal.PlainDate(1970, 1, 1).add({ days })
    ),
  },
  { type: { kind: "timestamp" }, value: instant },
  {
    type: { kind: "timestamp_ntz" },
    value: instant.map((value) =>
      value.toZonedDateTimeISO("UTC").toPlainDateTime()
    ),
  },
  {
    type: { kind: "timestamp_ltz_nanos", precision: 9 },
    value: fc.bigInt(-(2n ** 62n), 2n ** 62n).map((nanos) =>
      Temporal.Instant.fromEpochNanoseconds(nanos)
    ),
  },
  {
    type: { kind: "time", precision: 6 },
    value: fc.integer({ min: 0, max: 86_399_999 }).map((ms) =>
      new Temporal.PlainTime().add({ milliseconds: ms })
    ),
  },
  {
    type: { kind: "interval" },
    value: fc.record({
      months: whole(32),
      days: whole(32),
      microseconds: fc.bigInt(-(2n ** 52n), 2n ** 52n),
    }),
  },
  {
    type: {
      kind: "year_month_interval",
      startField: "year",
      endField: "month",
    },
    value: whole(32),
  },
  {
    type: {
      kind: "day_time_interval",
      startField: "day",
      endField: "second",
    },
    value: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  },
  {
    type: { kind: "geometry", crs: "OGC:CRS84" },
    value: bytes.map((wkb) => ({ srid: 4326, wkb })),
  },
  {
    type: { kind: "variant" },
    value: fc.jsonValue().map((value) => encodeVariant(value)),
  },
];

const decimal: fc.Arbitrary<TypedValues> = fc.integer({ min: 1, max: 38 })
  .chain((precision) =>
    fc.integer({ min: 0, max: precision }).map((scale) => {
      const most = 10n ** BigInt(precision) - 1n;
      return {
        type: { kind: "decimal", precision, scale } as const,
        value: fc.bigInt(-most, most).map((value) => decimalText(value, scale)),
      };
    })
  );

const names = fc.uniqueArray(
  fc.oneof(fc.string(), fc.constantFrom("__proto__", "toString", "0", "a b")),
  { minLength: 1, maxLength: 4 },
);

/**
 * Any type, with values that may be null within where the type says so.
 *
 * @param plain types that hold no others
 * @param names fields of structs, at most four
 */
export function anyTypedValues(
  plain: readonly TypedValues[],
  names: fc.Arbitrary<string[]>,
): fc.Arbitrary<TypedValues> {
  const flat = fc.constantFrom(...plain);
  return fc.letrec<{ readonly any: TypedValues }>((tie) => ({
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      flat,
      decimal,
      fc.tuple(tie("any"), fc.boolean()).map(arrayOf),
      fc.tuple(flat, tie("any"), fc.boolean()).map(mapOf),
      fc.tuple(names, fc.array(tie("any"), { minLength: 4, maxLength: 4 }))
        .map(structOf),
    ),
  })).any;
}

/** Values of all types. */
export const typedValues: fc.Arbitrary<TypedValues> = anyTypedValues(
  PLAIN,
  names,
);

function arrayOf(
  [element, flag]: readonly [TypedValues, boolean],
): TypedValues {
  const containsNull = flag || element.type.kind === "void";
  return {
    type: { kind: "array", elementType: element.type, containsNull },
    value: fc.array(nullable(element, containsNull), { maxLength: 4 }),
  };
}

function mapOf(
  [key, item, flag]: readonly [TypedValues, TypedValues, boolean],
): TypedValues {
  const valueContainsNull = flag || item.type.kind === "void";
  const keys = key.type.kind === "void"
    ? { type: { kind: "integer" } as const, value: whole(32) }
    : key;
  return {
    type: {
      kind: "map",
      keyType: keys.type,
      valueType: item.type,
      valueContainsNull,
    },
    value: fc.array(
      fc.tuple(keys.value, nullable(item, valueContainsNull)),
      { maxLength: 3 },
    ).map((entries) => new Map(entries)),
  };
}

function structOf(
  [names, types]: readonly [string[], TypedValues[]],
): TypedValues {
  const fields = names.map((name, i) => ({ name, ...types[i] as TypedValues }));
  return {
    type: new StructType(fields.map(({ name, type }) => ({ name, type }))),
    value: fc.tuple(...fields.map((field) => nullable(field, true)))
      .map((values) => objectOf(names, values)),
  };
}

/** An object with these fields, `__proto__` among them. */
export function objectOf(
  names: readonly string[],
  values: readonly unknown[],
): object {
  const object = {};
  names.forEach((name, i) => {
    Object.defineProperty(object, name, {
      value: values[i],
      enumerable: true,
      writable: true,
      configurable: true,
    });
  });
  return object;
}

/** Values, and nulls where they may be. */
export function nullable(
  { type, value }: TypedValues,
  isNullable: boolean,
): fc.Arbitrary<unknown> {
  if (type.kind === "void") return fc.constant(null);
  return isNullable ? fc.option(value, { nil: null }) : value;
}

/** Values whose classes keep what they are hidden, as text: `deepEqual` would find all Temporal values equal. */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (value instanceof Map) return [...value].map(comparable);
  if (value instanceof Uint8Array) return `bytes ${value}`;
  if (typeof value !== "object" || value === null) return value;
  if (Object.prototype.toString.call(value).startsWith("[object Temporal.")) {
    return String(value);
  }
  return Object.entries(value).map(([name, item]) => [name, comparable(item)]);
}
