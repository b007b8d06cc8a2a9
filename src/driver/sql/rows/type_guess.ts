import { describeValue } from "../../../common/describe_value.ts";
import { SparkError } from "../../../common/errors.ts";
import { isAllShown } from "../../../serde/records/own_properties.ts";
import { refuseStrays, refuseStraysOfArray } from "./stray_values.ts";
import { type DataType, StructType } from "../../../types/spark_types.ts";
import { VariantVal } from "../../../types/variant_val.ts";

/** What the values of a column have been so far. */
type GuessKind =
  | "none"
  /** Numbers without a fraction that a long holds. */
  | "whole"
  | "double"
  /** At least one bigint, of 64 bits. */
  | "long"
  /** At least one bigint beyond 64 bits. */
  | "decimal"
  | "string"
  | "boolean"
  | "binary"
  | "date"
  | "timestamp"
  | "timestamp_ntz"
  | "time"
  | "year_month_interval"
  | "day_time_interval"
  | "variant"
  | "array"
  | "map"
  | "struct";

const { isArray } = Array;
const MAX_DEPTH = 300; // Spark reads a type as JSON, whose reader takes some 330 structs in each other
const MAX_NAME = 60; // characters of a column's name in messages
const DECIMAL_DIGITS = 38;
const DECIMAL_LIMIT = 10n ** BigInt(DECIMAL_DIGITS);

/** Numbers that go together: the kind of both. Other pairs of kinds are a conflict. */
const JOINED: ReadonlyMap<string, GuessKind> = new Map<string, GuessKind>([
  ["whole double", "double"],
  ["double whole", "double"],
  ["whole long", "long"],
  ["long whole", "long"],
  ["whole decimal", "decimal"],
  ["decimal whole", "decimal"],
  ["long decimal", "decimal"],
  ["decimal long", "decimal"],
]);

/** Finds the type of a column's values. */
export class TypeGuess {
  readonly #column: string;
  readonly #depth: number;
  #kind: GuessKind = "none";
  /** The row that decided it. */
  #row = 0;
  #value: unknown;
  #element: TypeGuess | null = null;
  #keys: TypeGuess | null = null;
  #fields: StructGuess | null = null;

  /**
   * Knows nothing yet.
   *
   * @param column the column's name, for messages
   * @param depth how many types it is within
   */
  constructor(column: string, depth: number = 0) {
    this.#column = column;
    this.#depth = depth;
  }

  /**
   * Takes a value into account; null and undefined say nothing.
   *
   * @param value the value
   * @param row the row's number
   * @throws SparkError `TYPE_NOT_INFERRED` for a value that goes with no type,
   *   or not with those before
   */
  add(value: unknown, row: number): void {
    if (value === null || value === undefined) return;
    if (this.#depth > MAX_DEPTH) throw nestsTooDeep(this.#column, row);
    const kind = kindOf(value);
    if (kind !== this.#kind) this.#change(kind, value, row);
    if (kind === "array") {
      if (isArray(value)) refuseStraysOfArray(value, this.#column, row);
      this.#addItems(value as ArrayLike<unknown>, row);
    } else if (kind === "map") {
      refuseStrays(value as object, this.#column, row);
      this.#addEntries(value as Map<unknown, unknown>, row);
    } else if (kind === "timestamp") {
      refuseStrays(value as object, this.#column, row);
    } else if (kind === "struct") {
      this.#fields ??= new StructGuess(this.#column, this.#depth + 1);
      this.#fields.add(value as object, row);
    }
  }

  /** The type that all values have; void where there was none. */
  type(): DataType {
    switch (this.#kind) {
      case "none":
        return { kind: "void" };
      case "whole":
      case "long":
        return { kind: "long" };
      case "decimal":
        return { kind: "decimal", precision: DECIMAL_DIGITS, scale: 0 };
      case "time":
        return { kind: "time", precision: 6 };
      case "year_month_interval":
        return {
          kind: "year_month_interval",
          startField: "year",
          endField: "month",
        };
      case "day_time_interval":
        return {
          kind: "day_time_interval",
          startField: "day",
          endField: "second",
        };
      case "array":
        return {
          kind: "array",
          elementType: this.#element?.type() ?? { kind: "void" },
          containsNull: true,
        };
      case "map":
        return {
          kind: "map",
          keyType: this.#keys?.type() ?? { kind: "void" },
          valueType: this.#element?.type() ?? { kind: "void" },
          valueContainsNull: true,
        };
      case "struct":
        return this.#fields?.struct() ?? new StructType();
      default:
        return { kind: this.#kind };
    }
  }

  #change(kind: GuessKind | null, value: unknown, row: number): void {
    if (kind === null) {
      throw new SparkError(
        "TYPE_NOT_INFERRED",
        `Cannot infer the type of column "${this.#column}": row ${row} has ${
          describeValue(value)
        }, which no type of Spark is for; convert it, or give a schema`,
        { column: this.#column, row, value: describeValue(value) },
      );
    }
    const joined = this.#kind === "none"
      ? kind
      : JOINED.get(`${this.#kind} ${kind}`);
    if (joined === undefined) throw this.#conflict(kind, value, row);
    if (joined !== this.#kind) {
      this.#kind = joined;
      this.#row = row;
      this.#value = value;
    }
  }

  #conflict(kind: GuessKind, value: unknown, row: number): SparkError {
    const [first, second] = [describeValue(this.#value), describeValue(value)];
    return new SparkError(
      "TYPE_NOT_INFERRED",
      `Cannot infer the type of column "${this.#column}": row ${this.#row} has ${first} (${
        KIND_NAMES[this.#kind]
      }), row ${row} has ${second} (${
        KIND_NAMES[kind]
      }); make them one type, or give a schema`,
      {
        column: this.#column,
        row: this.#row,
        value: first,
        otherRow: row,
        other: second,
      },
    );
  }

  #inner(part: string): TypeGuess {
    return new TypeGuess(`${this.#column}.${part}`, this.#depth + 1);
  }

  #addItems(items: ArrayLike<unknown>, row: number): void {
    this.#element ??= this.#inner("element");
    for (let i = 0; i < items.length; i++) this.#element.add(items[i], row);
  }

  #addEntries(map: ReadonlyMap<unknown, unknown>, row: number): void {
    this.#keys ??= this.#inner("key");
    this.#element ??= this.#inner("value");
    for (const [key, value] of map) {
      this.#keys.add(key, row);
      this.#element.add(value, row);
    }
  }
}

/** The names of its parts are as long as a column is deep: the first are told. */
function nestsTooDeep(column: string, row: number): SparkError {
  const name = `${column.slice(0, MAX_NAME)}…`;
  return new SparkError(
    "TYPE_NOT_INFERRED",
    `Cannot infer the type of column "${name}": row ${row} nests deeper than ${MAX_DEPTH} levels or holds itself; flatten it`,
    { column: name, row },
  );
}

const KIND_NAMES: Readonly<Record<GuessKind, string>> = {
  none: "void",
  whole: "bigint",
  double: "double",
  long: "bigint",
  decimal: "decimal(38,0)",
  string: "string",
  boolean: "boolean",
  binary: "binary",
  date: "date",
  timestamp: "timestamp",
  "timestamp_ntz": "timestamp_ntz",
  time: "time",
  "year_month_interval": "interval year to month",
  "day_time_interval": "interval day to second",
  variant: "variant",
  array: "array",
  map: "map",
  struct: "struct",
};

/** Finds names and types of objects' fields, in the order in which they first come. */
export class StructGuess {
  readonly #column: string;
  readonly #prefix: string;
  readonly #depth: number;
  #names: string[] = [];
  #guesses: TypeGuess[] = [];

  /**
   * Knows nothing yet.
   *
   * @param column the column that the objects are in, for messages; "" for rows
   * @param depth how many types it is within
   */
  constructor(column: string = "", depth: number = 0) {
    this.#column = column;
    this.#depth = depth;
    this.#prefix = column === "" ? "" : `${column}.`;
  }

  /**
   * Takes an object into account.
   *
   * @param fields the object
   * @param row the row's number
   * @throws SparkError `TYPE_NOT_INFERRED`
   */
  add(fields: object, row: number): void {
    const values = fields as Readonly<Record<string, unknown>>;
    const names = Object.keys(fields);
    if (!isAllShown(fields, names.length)) {
      refuseStrays(fields, this.#column, row);
    }
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (this.#names[i] !== name) return this.#addByName(values, names, row);
      (this.#guesses[i] as TypeGuess).add(values[name], row);
    }
  }

  /** Fields in another order than before, or others. */
  #addByName(
    values: Readonly<Record<string, unknown>>,
    names: readonly string[],
    row: number,
  ): void {
    for (const name of names) {
      let at = this.#names.indexOf(name);
      if (at < 0) {
        at = this.#names.push(name) - 1;
        this.#guesses.push(new TypeGuess(this.#prefix + name, this.#depth));
      }
      (this.#guesses[at] as TypeGuess).add(values[name], row);
    }
  }

  /** The struct of all fields. */
  struct(): StructType {
    return new StructType(
      this.#names.map((name, i) => ({
        name,
        type: (this.#guesses[i] as TypeGuess).type(),
      })),
    );
  }
}

/** What a value alone says; null for one that no type is for. */
function kindOf(value: unknown): GuessKind | null {
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? "whole"
        : "double";
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "bigint":
      if (BigInt.asIntN(64, value) === value) return "long";
      return value < DECIMAL_LIMIT && value > -DECIMAL_LIMIT ? "decimal" : null;
    case "object":
      return value === null ? "none" : kindOfObject(value);
    default:
      return null;
  }
}

function kindOfObject(value: object): GuessKind | null {
  if (Array.isArray(value)) return "array";
  if (value instanceof Date) return "timestamp";
  if (value instanceof Uint8Array) return "binary";
  if (value instanceof Map) return "map";
  if (value instanceof VariantVal) return "variant";
  if (ArrayBuffer.isView(value)) {
    return value instanceof DataView ? null : "array";
  }
  if (value instanceof Set || value instanceof Promise) return null;
  if (Object.prototype.toString.call(value).startsWith("[object Temporal.")) {
    return kindOfTemporal(value);
  }
  // What shows nothing of itself, such as a URL, would be an empty struct.
  return isPlainObject(value) || Object.keys(value).length > 0
    ? "struct"
    : null;
}

function isPlainObject(value: object): boolean {
  const proto: object | null = Object.getPrototypeOf(value);
  return proto === null || Object.getPrototypeOf(proto) === null;
}

function kindOfTemporal(value: object): GuessKind | null {
  if (typeof Temporal === "undefined") return null;
  if (
    value instanceof Temporal.Instant || value instanceof Temporal.ZonedDateTime
  ) return "timestamp";
  if (value instanceof Temporal.PlainDate) return "date";
  if (value instanceof Temporal.PlainDateTime) return "timestamp_ntz";
  if (value instanceof Temporal.PlainTime) return "time";
  if (value instanceof Temporal.Duration) {
    return value.years !== 0 || value.months !== 0
      ? "year_month_interval"
      : "day_time_interval";
  }
  return null;
}
