import type { PlainField, PlainType } from "./plain_type.ts";
import { sridOf } from "./spatial_reference.ts";

/** Names of types in Spark's SQL, where they differ from its JSON. */
const SQL_NAMES: { readonly [kind: string]: string | undefined } = {
  byte: "tinyint",
  integer: "int",
  long: "bigint",
  short: "smallint",
};

/**
 * A type in a few words, such as `array<bigint>`: what `df.dtypes` has.
 * Neither nullability nor comments are in it.
 */
export function simpleString(type: PlainType): string {
  return shortText(type, typeName);
}

/** As {@link simpleString}, with what user-defined types are stored as: what catalogs have. */
export function catalogString(type: PlainType): string {
  return shortText(
    type,
    (leaf) =>
      leaf.kind === "udt" ? catalogString(leaf.sqlType) : typeName(leaf),
  );
}

function shortText(
  type: PlainType,
  leafText: (leaf: PlainType) => string,
): string {
  const text = (inner: PlainType): string => shortText(inner, leafText);
  switch (type.kind) {
    case "array":
      return `array<${text(type.elementType)}>`;
    case "map":
      return `map<${text(type.keyType)},${text(type.valueType)}>`;
    case "struct":
      return `struct<${
        type.fields.map((field) => `${field.name}:${text(field.type)}`)
          .join(",")
      }>`;
    default:
      return SQL_NAMES[type.kind] ?? leafText(type);
  }
}

/** A type as SQL has it, such as ``STRUCT<`a b`: INT NOT NULL>``. */
export function sqlText(type: PlainType): string {
  switch (type.kind) {
    case "array":
      return `ARRAY<${sqlText(type.elementType)}>`;
    case "map":
      return `MAP<${sqlText(type.keyType)}, ${sqlText(type.valueType)}>`;
    case "struct":
      return `STRUCT<${
        type.fields.map((field) =>
          `${quoteIfNeeded(field.name)}: ${sqlText(field.type)}${
            notNull(field)
          }${commentText(field)}`
        ).join(", ")
      }>`;
    case "udt":
      return sqlText(type.sqlType);
    default:
      return simpleString(type).toUpperCase();
  }
}

/** A column as the DDL of a table has it, such as `id BIGINT NOT NULL COMMENT 'the key'`. */
export function fieldDdl(field: PlainField): string {
  const initial = field.metadata["CURRENT_DEFAULT"];
  return `${quoteIfNeeded(field.name)} ${sqlText(field.type)}${notNull(field)}${
    typeof initial === "string" ? ` DEFAULT ${initial}` : ""
  }${commentText(field)}`;
}

/** The name of a type without the types in it, as `printSchema` has it. */
export function typeName(type: PlainType): string {
  switch (type.kind) {
    case "string":
      return collated("string", type.collation);
    case "char":
    case "varchar":
      return collated(`${type.kind}(${type.length})`, type.collation);
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "time":
      return `time(${type.precision})`;
    case "timestamp_ltz_nanos":
      return `timestamp_ltz(${type.precision})`;
    case "timestamp_ntz_nanos":
      return `timestamp_ntz(${type.precision})`;
    case "year_month_interval":
    case "day_time_interval":
      return type.startField === type.endField
        ? `interval ${type.startField}`
        : `interval ${type.startField} to ${type.endField}`;
    case "geometry":
    case "geography":
      return `${type.kind}(${sridOf(type.crs)})`;
    case "udt":
      return userDefinedName(type.classes);
    case "other":
      return type.name;
    default:
      return type.kind;
  }
}

/** A name in SQL, within backticks unless it is made of Latin letters, digits and `_`. */
export function quoteIfNeeded(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? name
    : `\`${name.replaceAll("`", "``")}\``;
}

function collated(name: string, collation: string | undefined): string {
  return collation === undefined ? name : `${name} collate ${collation}`;
}

function notNull({ nullable }: PlainField): string {
  return nullable ? "" : " NOT NULL";
}

function commentText({ metadata }: PlainField): string {
  const comment = metadata["comment"];
  if (typeof comment !== "string") return "";
  const text = comment.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return ` COMMENT '${text}'`;
}

/** Peer: `DataType.typeName`, which takes it from the name of the class. */
function userDefinedName(classes: Readonly<Record<string, unknown>>): string {
  const name = String(classes["class"] ?? "PythonUserDefinedType");
  return name.slice(name.lastIndexOf(".") + 1).replace(/\$$/, "")
    .replace(/Type$/, "").replace(/UDT$/, "").toLowerCase();
}
