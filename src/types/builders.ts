import { collationName } from "./collation.ts";
import {
  type DataType,
  type FieldInit,
  StructType,
  TypedField,
  typeFromDdl,
  typeFromJson,
} from "./data_type.ts";
import {
  ATOMIC_TYPES,
  type AtomicTypeName,
  type DayTimeField,
  type YearMonthField,
} from "./plain_type.ts";
import type { Typed } from "./typed.ts";
import { type TypedDataType, typedType } from "./typed_type.ts";
import type { DdlText, IsStructDdl, ValueOfDdlType } from "./ddl_shape.ts";
import { equalTypes } from "./equal_types.ts";
import { intervalType } from "./interval_type.ts";
import { crsOf } from "./spatial_reference.ts";
import { nanosecondType, typeJson } from "./type_json.ts";
import { catalogString, simpleString, sqlText } from "./type_text.ts";
import type {
  DateOnly,
  Decimal,
  Long,
  TimeOfDay,
  Timestamp,
  TimestampNanos,
  TimestampNtz,
  TimestampNtzNanos,
} from "./type_settings.ts";
import type { CalendarInterval, SpatialValue } from "./values.ts";
import type { VariantVal } from "./variant_val.ts";

/** A type, or a type with what a column has beside it. */
export type TypeOrField = DataType | TypedField<unknown>;

/** The TypeScript type of the values of a type. */
export type ValuesOf<E> = E extends Typed<infer T>
  ? object extends T ? Record<string, unknown> : T
  : unknown;

/** What a text in SQL's words becomes. */
export type TypeOfDdl<D extends string> = IsStructDdl<D> extends true
  ? StructType<ValueOfDdlType<D> & object>
  : TypedDataType<ValueOfDdlType<D>>;

/**
 * Types of Spark SQL, to make schemas of. A column, an element of an array or
 * a value of a map is not null unless its type says `.nullable()`.
 *
 * @example
 * ```ts
 * import { types } from "@tspark/tspark";
 *
 * const orders = types.struct({
 *   id: types.long,
 *   price: types.decimal(10, 2).nullable(),
 *   tags: types.array(types.string).comment("in the order of the form"),
 * });
 * orders.toDDL(); // id BIGINT NOT NULL,price DECIMAL(10,2),tags ARRAY<STRING> NOT NULL COMMENT …
 * ```
 */
export interface Types {
  /** `BINARY`: bytes. */
  readonly binary: TypedDataType<Uint8Array>;
  /** `BOOLEAN`. */
  readonly boolean: TypedDataType<boolean>;
  /** `TINYINT`: whole numbers of 8 bits. */
  readonly byte: TypedDataType<number>;
  /** `INTERVAL`: months, days and microseconds. */
  readonly calendarInterval: TypedDataType<CalendarInterval>;
  /** `DATE`. */
  readonly date: TypedDataType<DateOnly>;
  /** `DOUBLE`: numbers of 64 bits. */
  readonly double: TypedDataType<number>;
  /** `FLOAT`: numbers of 32 bits. */
  readonly float: TypedDataType<number>;
  /** `INT`: whole numbers of 32 bits. */
  readonly int: TypedDataType<number>;
  /** `BIGINT`: whole numbers of 64 bits. */
  readonly long: TypedDataType<Long>;
  /** `SMALLINT`: whole numbers of 16 bits. */
  readonly short: TypedDataType<number>;
  /** `STRING`. */
  readonly string: TypedDataType<string>;
  /** `TIMESTAMP`: points in time, to the microsecond. */
  readonly timestamp: TypedDataType<Timestamp>;
  /** `TIMESTAMP_NTZ`: a date and a time without a zone, to the microsecond. */
  readonly timestampNtz: TypedDataType<TimestampNtz>;
  /** `VARIANT`: values as JSON has them. Spark 4.0 and later. */
  readonly variant: TypedDataType<VariantVal>;
  /** `VOID`: nothing but null. */
  readonly void: TypedDataType<null>;

  /** `CHAR(length)`: texts of exactly so many characters, padded with spaces. */
  char(length: number): TypedDataType<string>;
  /** `VARCHAR(length)`: texts of at most so many characters. */
  varchar(length: number): TypedDataType<string>;
  /** `STRING COLLATE name`: texts that compare by a collation, such as `UNICODE_CI`. Spark 4.0 and later. */
  collated(name: string): TypedDataType<string>;
  /**
   * `DECIMAL(precision, scale)`: exact numbers.
   *
   * @param precision number of digits in all, 1 to 38; 10 by default
   * @param scale number of digits behind the point; 0 by default
   */
  decimal(precision?: number, scale?: number): TypedDataType<Decimal>;
  /** `TIME(precision)`: times of day, of up to 9 digits of a second; of 6 by default. Spark 4.1 and later. */
  time(precision?: number): TypedDataType<TimeOfDay>;
  /** `TIMESTAMP_LTZ(precision)`: points in time, of 7 to 9 digits of a second. Spark 4.3. */
  timestampNanos(precision?: 7 | 8 | 9): TypedDataType<TimestampNanos>;
  /** `TIMESTAMP_NTZ(precision)`: dates and times without a zone, of 7 to 9 digits of a second. Spark 4.3. */
  timestampNtzNanos(precision?: 7 | 8 | 9): TypedDataType<TimestampNtzNanos>;
  /** `INTERVAL YEAR TO MONTH`, or of these fields only. */
  yearMonthInterval(
    startField?: YearMonthField,
    endField?: YearMonthField,
  ): TypedDataType<number>;
  /** `INTERVAL DAY TO SECOND`, or of these fields only. */
  dayTimeInterval(
    startField?: DayTimeField,
    endField?: DayTimeField,
  ): TypedDataType<bigint>;
  /** `GEOMETRY(srid)`: shapes in a plane. Spark 4.1 and later. */
  geometry(srid: number | "any"): TypedDataType<SpatialValue>;
  /** `GEOGRAPHY(srid)`: shapes on the globe. Spark 4.1 and later. */
  geography(srid: number | "any"): TypedDataType<SpatialValue>;

  /** `ARRAY<element>`. */
  array<E extends TypeOrField>(element: E): TypedDataType<ValuesOf<E>[]>;
  /** `MAP<key, value>`: its keys are never null. */
  map<K extends DataType, V extends TypeOrField>(
    key: K,
    value: V,
  ): TypedDataType<Map<ValuesOf<K>, ValuesOf<V>>>;
  /**
   * `STRUCT<…>`, or a schema.
   *
   * @param fields types by name
   * @throws TypeError for a name that is a whole number, for which objects have an order of their own
   */
  struct<const F extends Readonly<Record<string, TypeOrField>>>(
    fields: F,
  ): StructType<{ -readonly [K in keyof F]: ValuesOf<F[K]> }>;

  /**
   * Reads a type in SQL's words, such as `"array<int>"`; columns are a struct.
   *
   * @throws SparkError `DDL_INVALID` with the place of what is wrong
   */
  fromDDL<const D extends string>(
    ddl: DdlText<D>,
  ): TypeOfDdl<D>;
  /**
   * Reads a type from Spark's JSON.
   *
   * @throws ProtocolError `SCHEMA_INVALID` for anything else
   */
  fromJson(json: string): DataType;
  /** Spark's JSON of a type. */
  json(type: DataType): string;
  /** A type in a few words, such as `array<bigint>`. */
  simpleString(type: DataType): string;
  /** A type in a few words, user-defined types as what they are stored as. */
  catalogString(type: DataType): string;
  /** A type as SQL has it, such as `ARRAY<BIGINT>`. */
  sql(type: DataType): string;
  /** Whether two types are the same, names, nullability and metadata of fields included. */
  equals(left: DataType, right: DataType): boolean;
}

/** Types of Spark SQL, to make schemas of: see {@link Types}. */
export const types: Types = Object.freeze(
  {
    binary: atomic("binary"),
    boolean: atomic("boolean"),
    byte: atomic("byte"),
    calendarInterval: atomic("interval"),
    date: atomic("date"),
    double: atomic("double"),
    float: atomic("float"),
    int: atomic("integer"),
    long: atomic("long"),
    short: atomic("short"),
    string: typedType({ kind: "string" }),
    timestamp: atomic("timestamp"),
    timestampNtz: atomic("timestamp_ntz"),
    variant: atomic("variant"),
    void: atomic("void"),
    char: (length) => sized("char", length),
    varchar: (length) => sized("varchar", length),
    collated: (name) =>
      typedType({ kind: "string", collation: collationName(name) }),
    decimal: decimalType,
    time: (precision = 6) =>
      typedType({ kind: "time", precision: within("time", precision, 0, 9) }),
    timestampNanos: (precision = 9) =>
      typedType(nanosecondType("timestamp", nanoDigits(precision))),
    timestampNtzNanos: (precision = 9) =>
      typedType(nanosecondType("timestamp_ntz", nanoDigits(precision))),
    yearMonthInterval: (
      start = "year",
      end = start === "year" ? "month" : start,
    ) => interval(start, end),
    dayTimeInterval: (
      start = "day",
      end = start === "day" ? "second" : start,
    ) => interval(start, end),
    geometry: (srid) =>
      typedType({ kind: "geometry", crs: crsOf(String(srid)) }),
    geography: (srid) =>
      typedType({ kind: "geography", crs: crsOf(String(srid)) }),
    array: arrayType,
    map: mapType,
    struct: structType,
    fromDDL: ddlType,
    fromJson: typeFromJson,
    json: typeJson,
    simpleString,
    catalogString,
    sql: sqlText,
    equals: equalTypes,
  } satisfies Types,
);

function atomic<T>(kind: AtomicTypeName): TypedDataType<T> {
  return typedType(ATOMIC_TYPES.get(kind)!);
}

function sized(
  kind: "char" | "varchar",
  length: number,
): TypedDataType<string> {
  return typedType({ kind, length: within(kind, length, 0, 2 ** 31 - 1) });
}

function decimalType(precision = 10, scale = 0): TypedDataType<Decimal> {
  within("decimal", precision, 1, 38);
  within("decimal", scale, 0, precision);
  return typedType({ kind: "decimal", precision, scale });
}

function ddlType<D extends string>(ddl: string): TypeOfDdl<D> {
  const type = typeFromDdl(ddl);
  return (type.kind === "struct" ? type : typedType(type)) as TypeOfDdl<D>;
}

function nanoDigits(precision: number): number {
  return within("timestamp", precision, 7, 9);
}

function interval<T>(start: string, end: string): TypedDataType<T> {
  const type = intervalType(
    start === end ? `interval ${start}` : `interval ${start} to ${end}`,
  );
  if (type !== undefined) return typedType(type);
  throw new RangeError(
    `Cannot make an interval type from "${start}" to "${end}": the second field is not the smaller one; name the larger field first`,
  );
}

function arrayType<T>(element: TypeOrField): TypedDataType<T[]> {
  const { type, isNullable } = asField(element);
  return typedType(
    { kind: "array", elementType: type, containsNull: isNullable },
  );
}

function mapType<K, V>(
  key: DataType,
  value: TypeOrField,
): TypedDataType<Map<K, V>> {
  const { type, isNullable } = asField(value);
  return typedType({
    kind: "map",
    keyType: plain(key),
    valueType: type,
    valueContainsNull: isNullable,
  });
}

function structType<
  const F extends Readonly<Record<string, TypeOrField>>,
>(
  fields: F,
): StructType<{ -readonly [K in keyof F]: ValuesOf<F[K]> }> {
  return new StructType(
    Object.entries(fields).map(([name, given]): FieldInit => {
      if (/^\d+$/.test(name)) {
        throw new TypeError(
          `Cannot make a struct with the field "${name}": objects keep whole numbers first, whatever order they are written in; use new StructType().add("${name}", …)`,
        );
      }
      const { type, isNullable, metadata } = asField(given);
      return { name, type, nullable: isNullable, metadata };
    }),
  );
}

function asField(given: TypeOrField): TypedField<unknown> {
  return given instanceof TypedField ? given : new TypedField(plain(given));
}

/** The data of a type, without a builder's methods. */
function plain(type: DataType): DataType {
  return type.kind === "struct" ? type : Object.freeze({ ...type });
}

function within(
  name: string,
  value: number,
  least: number,
  most: number,
): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(
    `Cannot make the type "${name}" with ${value}: a whole number from ${least} to ${most} is needed; give one`,
  );
}
