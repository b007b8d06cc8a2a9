/** A type of Spark SQL without parameters, by the name that its JSON has. */
export type AtomicTypeName =
  | "binary"
  | "boolean"
  | "byte"
  | "date"
  | "double"
  | "float"
  | "integer"
  /** A calendar interval: months, days and microseconds. */
  | "interval"
  | "long"
  | "short"
  | "timestamp"
  | "timestamp_ntz"
  | "variant"
  | "void";

/** A type of Spark SQL without parameters. */
export interface AtomicType {
  /** Tells types apart. */
  readonly kind: AtomicTypeName;
}

/** Text. */
export interface StringType {
  /** Tells types apart. */
  readonly kind: "string";
  /** How values compare; absent for `UTF8_BINARY`, by their bytes. */
  readonly collation?: string;
}

/** Text of a fixed length (`char`, padded) or up to a length (`varchar`). */
export interface SizedStringType {
  /** Tells types apart. */
  readonly kind: "char" | "varchar";
  /** Length in characters. */
  readonly length: number;
  /** How values compare; absent for `UTF8_BINARY`, by their bytes. */
  readonly collation?: string;
}

/** Exact numbers of up to 38 digits. */
export interface DecimalType {
  /** Tells types apart. */
  readonly kind: "decimal";
  /** Number of digits in all: 1 to 38. */
  readonly precision: number;
  /** Number of digits behind the point: 0 to `precision`, below 0 in old tables. */
  readonly scale: number;
}

/** A time of day. */
export interface TimeType {
  /** Tells types apart. */
  readonly kind: "time";
  /** Digits of a second's fraction: 0 to 9. */
  readonly precision: number;
}

/** A timestamp finer than microseconds, as Spark 4.3 has them. */
export interface NanosecondTimestampType {
  /** `ltz`: a point in time; `ntz`: a date and a time without a zone. */
  readonly kind: "timestamp_ltz_nanos" | "timestamp_ntz_nanos";
  /** Digits of a second's fraction: 7 to 9. */
  readonly precision: number;
}

/** A field of a year-month interval. */
export type YearMonthField = "year" | "month";

/** An interval of years and months. */
export interface YearMonthIntervalType {
  /** Tells types apart. */
  readonly kind: "year_month_interval";
  /** The largest field of its texts. */
  readonly startField: YearMonthField;
  /** The smallest field that it has. */
  readonly endField: YearMonthField;
}

/** A field of a day-time interval. */
export type DayTimeField = "day" | "hour" | "minute" | "second";

/** An interval of days to microseconds. */
export interface DayTimeIntervalType {
  /** Tells types apart. */
  readonly kind: "day_time_interval";
  /** The largest field of its texts. */
  readonly startField: DayTimeField;
  /** The smallest field that it has. */
  readonly endField: DayTimeField;
}

/** Shapes in a plane (`geometry`) or on the globe (`geography`). */
export interface SpatialType {
  /** Tells types apart. */
  readonly kind: "geometry" | "geography";
  /** The coordinate reference system as Spark's JSON names it, such as `"OGC:CRS84"`; `"SRID:ANY"` when each value has its own. */
  readonly crs: string;
}

/** A type that this version does not know, such as one of a later Spark. */
export interface OtherType {
  /** Tells types apart. */
  readonly kind: "other";
  /** The type as Spark's JSON has it. */
  readonly name: string;
}

/** A type without types in it. */
export type LeafType =
  | AtomicType
  | StringType
  | SizedStringType
  | DecimalType
  | TimeType
  | NanosecondTimestampType
  | YearMonthIntervalType
  | DayTimeIntervalType
  | SpatialType
  | OtherType;

/**
 * A type as plain data, a struct as the list of its fields: what texts and JSON
 * are read into and written from. Each `DataType` is one.
 */
export type PlainType =
  | LeafType
  | {
    readonly kind: "array";
    readonly elementType: PlainType;
    readonly containsNull: boolean;
  }
  | {
    readonly kind: "map";
    readonly keyType: PlainType;
    readonly valueType: PlainType;
    readonly valueContainsNull: boolean;
  }
  | PlainStruct
  | {
    readonly kind: "udt";
    readonly sqlType: PlainType;
    readonly classes: Readonly<Record<string, unknown>>;
  };

/** A struct of a {@link PlainType}. */
export interface PlainStruct {
  readonly kind: "struct";
  readonly fields: readonly PlainField[];
}

/** A field of a {@link PlainType}. */
export interface PlainField {
  readonly name: string;
  readonly type: PlainType;
  readonly nullable: boolean;
  readonly metadata: Metadata;
}

/** What is kept with a column beside its type, such as its comment: JSON values. */
export type Metadata = { readonly [name: string]: MetadataValue };

/** A value of {@link Metadata}. */
export type MetadataValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly MetadataValue[]
  | Metadata;

/** The metadata of a field that has none. */
export const NO_METADATA: Metadata = Object.freeze({});

/** Atomic types by the name that Spark's JSON has for them. */
export const ATOMIC_TYPES: ReadonlyMap<string, AtomicType> = new Map(
  ([
    "binary",
    "boolean",
    "byte",
    "date",
    "double",
    "float",
    "integer",
    "interval",
    "long",
    "short",
    "timestamp",
    "timestamp_ntz",
    "variant",
    "void",
  ] as const satisfies readonly AtomicTypeName[]).map((kind) =>
    [kind, Object.freeze({ kind })] as const
  ),
);
