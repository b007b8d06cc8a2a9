import { SparkError } from "../common/errors.ts";
import {
  type DataType,
  type FieldInit,
  type Metadata,
  NO_METADATA,
  type StructField,
} from "./data_type.ts";
import { parseDdlColumns, parseDdlType } from "./ddl_parser.ts";
import { equalTypes } from "./equal_types.ts";
import { frozenMetadata } from "./metadata_json.ts";
import { invalidJson, parseTypeJson, readType, typeJson } from "./type_json.ts";
import { catalogString, fieldDdl, simpleString, sqlText } from "./type_text.ts";
import { treeText } from "./type_tree.ts";
import { type Typed, TypedField, type VALUE_TYPE } from "./typed.ts";

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
    return parseDdlColumns(ddl, makeStruct);
  }

  /**
   * Reads a schema from Spark's JSON.
   *
   * @param json the text, or the object that it stands for
   * @throws ProtocolError `SCHEMA_INVALID` for anything else
   */
  static fromJson(json: string | object): StructType {
    const type = typeof json === "string"
      ? parseTypeJson(json, makeStruct)
      : readType(json, makeStruct);
    if (type.kind !== "struct") throw invalidJson("it is no struct");
    return new StructType(type.fields);
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

const makeStruct = (fields: readonly FieldInit[]): StructType =>
  new StructType(fields);

/**
 * Reads a type in SQL's words, such as `"array<int>"`; columns are a struct.
 *
 * @throws SparkError `DDL_INVALID` with the place of what is wrong
 */
export function typeFromDdl(ddl: string): DataType {
  return parseDdlType(ddl, makeStruct);
}

/**
 * Reads a type from Spark's JSON.
 *
 * @throws ProtocolError `SCHEMA_INVALID` for anything else
 */
export function typeFromJson(json: string): DataType {
  return parseTypeJson(json, makeStruct);
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
