/**
 * What a type is. Types are made of types: a struct's fields have types, and a
 * struct is one; so they are all in this one file.
 *
 * @module
 */
import { SparkError } from "../common/errors.ts";
import { parseDdlColumns, parseDdlType } from "./ddl_parser.ts";
import { equalTypes } from "./equal_types.ts";
import { frozenMetadata } from "./metadata_json.ts";
import {
  type AtomicType,
  type DayTimeIntervalType,
  type DecimalType,
  type Metadata,
  type NanosecondTimestampType,
  NO_METADATA,
  type OtherType,
  type PlainField,
  type PlainType,
  type SizedStringType,
  type SpatialType,
  type StringType,
  type TimeType,
  type YearMonthIntervalType,
} from "./plain_type.ts";
import { invalidJson, parseTypeJson, readType, typeJson } from "./type_json.ts";
import { catalogString, fieldDdl, simpleString, sqlText } from "./type_text.ts";
import { treeText } from "./type_tree.ts";
import type { Typed, VALUE_TYPE } from "./typed.ts";

/** A type of Spark SQL: plain frozen data, told apart by `kind`. */
export type DataType =
  | AtomicType
  | StringType
  | SizedStringType
  | DecimalType
  | TimeType
  | NanosecondTimestampType
  | YearMonthIntervalType
  | DayTimeIntervalType
  | SpatialType
  | ArrayType
  | MapType
  | StructType
  | UserDefinedType
  | OtherType;

/** Lists. */
export interface ArrayType {
  /** Tells types apart. */
  readonly kind: "array";
  /** The type of its elements. */
  readonly elementType: DataType;
  /** Whether an element may be null. */
  readonly containsNull: boolean;
}

/** Keys and values. */
export interface MapType {
  /** Tells types apart. */
  readonly kind: "map";
  /** The type of its keys, which are never null. */
  readonly keyType: DataType;
  /** The type of its values. */
  readonly valueType: DataType;
  /** Whether a value may be null. */
  readonly valueContainsNull: boolean;
}

/** A type that a program in the JVM or in Python defined: stored as another type. */
export interface UserDefinedType {
  /** Tells types apart. */
  readonly kind: "udt";
  /** The type that its values are stored as. */
  readonly sqlType: DataType;
  /** Spark's JSON of the type without `type` and `sqlType`: the names of its classes. */
  readonly classes: Readonly<Record<string, unknown>>;
}

/** A column of a table or a field of a struct. */
export interface StructField {
  /** The column's name. */
  readonly name: string;
  /** Its type. */
  readonly type: DataType;
  /** Whether it may be null. */
  readonly nullable: boolean;
  /** What is kept with it: `{ comment: "…" }` for a comment. */
  readonly metadata: Metadata;
}

/** A field as it is given: nullable and without metadata unless it says so. */
export type FieldInit =
  & Pick<StructField, "name" | "type">
  & Partial<Pick<StructField, "nullable" | "metadata">>;

/**
 * The columns of a DataFrame, or the fields of a struct: a list of fields that
 * never changes. `S` is the shape of its rows where that is known.
 *
 * @example
 * ```ts
 * import { StructType } from "@tspark/tspark";
 *
 * const schema = StructType.fromDDL("id BIGINT NOT NULL, tags ARRAY<STRING>")
 *   .add("price", "DECIMAL(10, 2)");
 * schema.fieldNames; // ["id", "tags", "price"]
 * schema.get("price").nullable; // true
 * ```
 */
export class StructType<S extends object = object> implements Typed<S> {
  /** Tells structs from other types. */
  readonly kind = "struct";
  /** The fields, in order. */
  readonly fields: readonly StructField[];
  /** Never there: the type of its rows, for the compiler. */
  declare readonly [VALUE_TYPE]?: S;

  /**
   * Makes a struct of these fields.
   *
   * @param fields the fields, in order: nullable and without metadata unless they say so
   */
  constructor(fields: readonly FieldInit[] = []) {
    this.fields = Object.freeze(fields.map(freezeField));
    Object.freeze(this);
  }

  /**
   * Reads a schema from SQL's words, such as `"id BIGINT NOT NULL, name STRING"`.
   *
   * @param ddl columns, or one `STRUCT<…>`
   * @throws SparkError `DDL_INVALID` with the place of what is wrong
   */
  static fromDDL(ddl: string): StructType {
    return new StructType(parseDdlColumns(ddl).map(fieldOf));
  }

  /**
   * Reads a schema from Spark's JSON.
   *
   * @param json the text, or the object that it stands for
   * @throws ProtocolError `SCHEMA_INVALID` for anything else
   */
  static fromJson(json: string | object): StructType {
    const type = typeof json === "string"
      ? parseTypeJson(json)
      : readType(json);
    if (type.kind !== "struct") throw invalidJson("it is no struct");
    return new StructType(type.fields.map(fieldOf));
  }

  /** The fields' names, in order. */
  get fieldNames(): string[] {
    return this.fields.map(({ name }) => name);
  }

  /** Number of fields. */
  get length(): number {
    return this.fields.length;
  }

  /** The fields, in order. */
  [Symbol.iterator](): IterableIterator<StructField> {
    return this.fields[Symbol.iterator]();
  }

  /**
   * A struct with one field more.
   *
   * @param field the field
   */
  add(field: FieldInit): StructType;
  /**
   * A struct with one field more.
   *
   * @param name the field's name
   * @param type its type, or SQL's words for it
   * @param nullable whether it may be null
   * @param metadata what is kept with it
   */
  add(
    name: string,
    type: DataType | string,
    nullable?: boolean,
    metadata?: Metadata,
  ): StructType;
  add(
    field: FieldInit | string,
    type?: DataType | string,
    nullable?: boolean,
    metadata?: Metadata,
  ): StructType {
    const added = typeof field === "string"
      ? newField(field, type, nullable, metadata)
      : field;
    return new StructType([...this.fields, added]);
  }

  /**
   * A field by its name, as it is written, or by its place from 0.
   *
   * @throws SparkError `FIELD_NOT_FOUND`
   */
  get(nameOrIndex: string | number): StructField {
    return findField(this.fields, nameOrIndex);
  }

  /** Whether there is a field of that name. */
  has(name: string): boolean {
    return this.fields.some((field) => field.name === name);
  }

  /** Whether another type has the same fields in the same order: names, types, nullability and metadata. */
  equals(other: DataType): boolean {
    return equalTypes(this, other);
  }

  /** The same struct with everything nullable, in depth. */
  toNullable(): StructType {
    return new StructType(this.fields.map((field) => nullableField(field)));
  }

  /** The same type for a column, an element or a value that may be null. */
  nullable(): TypedField<S | null> {
    return new TypedField<S>(this).nullable();
  }

  /** The same type for a column with a comment. */
  comment(text: string): TypedField<S> {
    return new TypedField<S>(this).comment(text);
  }

  /** The same type for a column with metadata. */
  withMetadata(metadata: Metadata): TypedField<S> {
    return new TypedField<S>(this).withMetadata(metadata);
  }

  /** The type in a few words, such as `struct<id:bigint,name:string>`. */
  simpleString(): string {
    return simpleString(this);
  }

  /** The type in a few words, user-defined types as what they are stored as. */
  catalogString(): string {
    return catalogString(this);
  }

  /** The type as SQL has it, such as `STRUCT<id: BIGINT NOT NULL>`. */
  sql(): string {
    return sqlText(this);
  }

  /** The columns as the DDL of a table has them, such as `id BIGINT NOT NULL,name STRING`. */
  toDDL(): string {
    return this.fields.map(fieldDdl).join(",");
  }

  /** Spark's JSON of the schema, which {@link StructType.fromJson} reads. */
  json(): string {
    return typeJson(this);
  }

  /**
   * What `printSchema` prints.
   *
   * @param level how many levels of nested types it has; all of them when absent or below 1
   */
  treeString(level?: number): string {
    return treeText(this.fields, level);
  }

  /** As {@link StructType.simpleString}. */
  toString(): string {
    return this.simpleString();
  }
}

/** What a type of a schema's builder becomes for one column, element or value. */
export interface FieldBuilder<T> {
  /** The same type, of which a value may be null. */
  nullable(): TypedField<T | null>;
  /** The same type, with a comment. */
  comment(text: string): TypedField<T>;
  /** The same type, with metadata in place of what it has. */
  withMetadata(metadata: Metadata): TypedField<T>;
}

/** A type with what a column has beside it: what `types.int.nullable()` and its kin are. */
export class TypedField<T> implements Typed<T>, FieldBuilder<T> {
  /** The type of its values. */
  readonly type: DataType;
  /** Whether a value may be null. */
  readonly isNullable: boolean;
  /** What is kept with it. */
  readonly metadata: Metadata;
  /** Never there: the TypeScript type of its values, for the compiler. */
  declare readonly [VALUE_TYPE]?: T;

  /** @internal */
  constructor(
    type: DataType,
    isNullable = false,
    metadata: Metadata = NO_METADATA,
  ) {
    this.type = type;
    this.isNullable = isNullable;
    this.metadata = metadata;
    Object.freeze(this);
  }

  /** The same type, of which a value may be null. */
  nullable(): TypedField<T | null> {
    return new TypedField(this.type, true, this.metadata);
  }

  /** The same type, with a comment. */
  comment(text: string): TypedField<T> {
    return this.withMetadata({ ...this.metadata, comment: text });
  }

  /** The same type, with metadata in place of what it has. */
  withMetadata(metadata: Metadata): TypedField<T> {
    return new TypedField(this.type, this.isNullable, metadata);
  }
}

/**
 * Reads a type in SQL's words, such as `"array<int>"`; columns are a struct.
 *
 * @throws SparkError `DDL_INVALID` with the place of what is wrong
 */
export function typeFromDdl(ddl: string): DataType {
  return typeOf(parseDdlType(ddl));
}

/**
 * Reads a type from Spark's JSON.
 *
 * @throws ProtocolError `SCHEMA_INVALID` for anything else
 */
export function typeFromJson(json: string): DataType {
  return typeOf(parseTypeJson(json));
}

/** The type that plain data stand for. */
function typeOf(plain: PlainType): DataType {
  switch (plain.kind) {
    case "array":
      return Object.freeze({
        ...plain,
        elementType: typeOf(plain.elementType),
      });
    case "map":
      return Object.freeze({
        ...plain,
        keyType: typeOf(plain.keyType),
        valueType: typeOf(plain.valueType),
      });
    case "struct":
      return new StructType(plain.fields.map(fieldOf));
    case "udt":
      return Object.freeze({ ...plain, sqlType: typeOf(plain.sqlType) });
    default:
      return plain;
  }
}

function fieldOf(plain: PlainField): StructField {
  return { ...plain, type: typeOf(plain.type) };
}

/** The same type with everything in it nullable, in depth. */
export function nullableType(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return Object.freeze({
        ...type,
        elementType: nullableType(type.elementType),
        containsNull: true,
      });
    case "map":
      return Object.freeze({
        ...type,
        keyType: nullableType(type.keyType),
        valueType: nullableType(type.valueType),
        valueContainsNull: true,
      });
    case "struct":
      return type.toNullable();
    default:
      return type;
  }
}

function nullableField(field: StructField): FieldInit {
  return { ...field, type: nullableType(field.type), nullable: true };
}

function freezeField(field: FieldInit): StructField {
  const { name, type, nullable = true, metadata = NO_METADATA } = field;
  return Object.freeze({
    name,
    type,
    nullable,
    metadata: frozenMetadata(metadata),
  });
}

function newField(
  name: string,
  type: DataType | string | undefined,
  nullable = true,
  metadata = NO_METADATA,
): FieldInit {
  if (type === undefined) {
    throw new TypeError(
      `Cannot add the field "${name}": it has no type; give one, such as "STRING"`,
    );
  }
  return {
    name,
    type: typeof type === "string" ? typeFromDdl(type) : type,
    nullable,
    metadata,
  };
}

function findField(
  fields: readonly StructField[],
  nameOrIndex: string | number,
): StructField {
  const field = typeof nameOrIndex === "number"
    ? fields.at(nameOrIndex)
    : fields.find(({ name }) => name === nameOrIndex);
  if (field !== undefined) return field;
  const names = fields.map(({ name }) => name).join(", ");
  throw new SparkError(
    "FIELD_NOT_FOUND",
    `Cannot get the field "${nameOrIndex}": the struct has ${
      fields.length === 0 ? "no fields" : `the fields ${names}`
    }; take one of them`,
    { field: nameOrIndex, fields: names },
  );
}
