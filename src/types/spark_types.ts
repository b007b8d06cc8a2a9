import { ProtocolError } from "../common/errors.ts";

/** A type of Spark SQL without parameters. */
export type AtomicTypeName =
  | "binary"
  | "boolean"
  | "byte"
  | "date"
  | "double"
  | "float"
  | "integer"
  | "long"
  | "short"
  | "string"
  | "timestamp"
  | "timestamp_ntz"
  | "void";

/** A type of Spark SQL. */
export type DataType =
  | { readonly kind: AtomicTypeName }
  | {
    readonly kind: "decimal";
    readonly precision: number;
    readonly scale: number;
  }
  | {
    readonly kind: "array";
    readonly elementType: DataType;
    readonly containsNull: boolean;
  }
  | {
    readonly kind: "map";
    readonly keyType: DataType;
    readonly valueType: DataType;
    readonly valueContainsNull: boolean;
  }
  | { readonly kind: "struct"; readonly struct: StructType }
  /** An interval of years and months; `name` says between which of them. */
  | { readonly kind: "year_month_interval"; readonly name: string }
  /** An interval of days to seconds; `name` says between which of them. */
  | { readonly kind: "day_time_interval"; readonly name: string }
  /** A type that TSpark passes on by name only, such as a variant. */
  | { readonly kind: "other"; readonly name: string };

/** A column of a table or a field of a struct. */
export interface StructField {
  /** The column's name. */
  readonly name: string;
  /** Its type. */
  readonly type: DataType;
  /** Whether it may be null. */
  readonly nullable: boolean;
}

const ATOMIC: ReadonlySet<string> = new Set<AtomicTypeName>([
  "binary",
  "boolean",
  "byte",
  "date",
  "double",
  "float",
  "integer",
  "long",
  "short",
  "string",
  "timestamp",
  "timestamp_ntz",
  "void",
]);

/** Names of types that Spark's SQL text has, where they differ from its JSON. */
const SQL_NAMES: Readonly<Partial<Record<AtomicTypeName, string>>> = {
  byte: "tinyint",
  integer: "int",
  long: "bigint",
  short: "smallint",
};

const MAX_DEPTH = 100; // of nested types: deeper ones are no schema of a person's

/**
 * The columns of a DataFrame, or the fields of a struct.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 *
 * const names = async (df: DataFrame) => (await df.schema).fieldNames;
 * ```
 */
export class StructType {
  /** The fields, in order. */
  readonly fields: readonly StructField[];

  /**
   * Makes a struct of these fields.
   *
   * @param fields the fields, in order
   */
  constructor(fields: readonly StructField[]) {
    this.fields = Object.freeze([...fields]);
    Object.freeze(this);
  }

  /** The fields' names, in order. */
  get fieldNames(): string[] {
    return this.fields.map(({ name }) => name);
  }

  /** The type in SQL's words, such as `struct<id:bigint,name:string>`. */
  simpleString(): string {
    return simpleName({ kind: "struct", struct: this });
  }

  /** What `printSchema` prints. */
  treeString(): string {
    const lines = ["root"];
    addTree(this, " |", lines);
    return `${lines.join("\n")}\n`;
  }
}

/**
 * Reads a schema as `StructType.json()` in the JVM writes it.
 *
 * @param json the schema
 * @throws ProtocolError `SCHEMA_INVALID` for anything else
 */
export function parseSchemaJson(json: string): StructType {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw invalid("it is no JSON", cause);
  }
  const type = parseType(value, 0);
  if (type.kind !== "struct") throw invalid("it is no struct");
  return type.struct;
}

/** A type in SQL's words, such as `array<bigint>`. */
export function simpleName(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${simpleName(type.elementType)}>`;
    case "map":
      return `map<${simpleName(type.keyType)},${simpleName(type.valueType)}>`;
    case "struct":
      return `struct<${
        type.struct.fields.map((f) => `${f.name}:${simpleName(f.type)}`)
          .join(",")
      }>`;
    case "year_month_interval":
    case "day_time_interval":
    case "other":
      return type.name;
    default:
      return SQL_NAMES[type.kind] ?? type.kind;
  }
}

function parseType(value: unknown, depth: number): DataType {
  if (depth > MAX_DEPTH) throw invalid(`it is over ${MAX_DEPTH} types deep`);
  if (typeof value === "string") return parseName(value);
  const object = asObject(value);
  switch (object["type"]) {
    case "struct":
      return { kind: "struct", struct: parseStruct(object, depth) };
    case "array":
      return {
        kind: "array",
        elementType: parseType(object["elementType"], depth + 1),
        containsNull: object["containsNull"] === true,
      };
    case "map":
      return {
        kind: "map",
        keyType: parseType(object["keyType"], depth + 1),
        valueType: parseType(object["valueType"], depth + 1),
        valueContainsNull: object["valueContainsNull"] === true,
      };
    default:
      return { kind: "other", name: String(object["type"]) };
  }
}

function parseName(name: string): DataType {
  if (ATOMIC.has(name)) return { kind: name as AtomicTypeName };
  const decimal = /^decimal\((\d+),\s*(-?\d+)\)$/.exec(name);
  if (decimal !== null) {
    return {
      kind: "decimal",
      precision: Number(decimal[1]),
      scale: Number(decimal[2]),
    };
  }
  if (/^(var)?char\(\d+\)$/.test(name) || name.startsWith("string ")) {
    return { kind: "string" }; // of a length or a collation, which changes no value
  }
  if (/^interval (year|month)\b/.test(name)) {
    return { kind: "year_month_interval", name };
  }
  if (/^interval (day|hour|minute|second)\b/.test(name)) {
    return { kind: "day_time_interval", name };
  }
  return { kind: "other", name };
}

function parseStruct(
  object: Readonly<Record<string, unknown>>,
  depth: number,
): StructType {
  const fields = object["fields"];
  if (!Array.isArray(fields)) throw invalid("a struct has no list of fields");
  return new StructType(fields.map((entry: unknown) => {
    const field = asObject(entry);
    const { name, type, nullable } = field;
    if (typeof name !== "string") throw invalid("a field has no name");
    return Object.freeze({
      name,
      type: parseType(type, depth + 1),
      nullable: nullable === true,
    });
  }));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw invalid("a type is neither a name nor an object");
}

function addTree(
  struct: StructType,
  prefix: string,
  lines: string[],
): void {
  for (const { name, type, nullable } of struct.fields) {
    lines.push(
      `${prefix}-- ${name}: ${treeName(type)} (nullable = ${nullable})`,
    );
    addNested(type, `${prefix}    |`, lines);
  }
}

function addNested(type: DataType, prefix: string, lines: string[]): void {
  const add = (part: string, inner: DataType, flag: string): void => {
    lines.push(`${prefix}-- ${part}: ${treeName(inner)} (${flag})`);
    addNested(inner, `${prefix}    |`, lines);
  };
  switch (type.kind) {
    case "struct":
      return addTree(type.struct, prefix, lines);
    case "array":
      return add(
        "element",
        type.elementType,
        `containsNull = ${type.containsNull}`,
      );
    case "map":
      lines.push(`${prefix}-- key: ${treeName(type.keyType)}`);
      addNested(type.keyType, `${prefix}    |`, lines);
      return add(
        "value",
        type.valueType,
        `valueContainsNull = ${type.valueContainsNull}`,
      );
    default:
      return;
  }
}

function treeName(type: DataType): string {
  if (type.kind === "decimal") return simpleName(type);
  return "name" in type ? type.name : type.kind;
}

function invalid(why: string, cause?: unknown): ProtocolError {
  return new ProtocolError(
    "SCHEMA_INVALID",
    `Cannot read a schema: ${why}; the JVM's StructType.json() writes another form`,
    { why },
    { cause },
  );
}
