import type { DataType, StructField } from "./data_type.ts";

/** TypeScript source that declares the rows of tables. */
export interface TableTypes {
  /** One interface for each table. */
  readonly declarations: string;
  /** The names in them that `@tspark/tspark` exports, sorted. */
  readonly imports: readonly string[];
}

/** A table's name and columns. */
export interface TableColumns {
  /** Its name, with that of its database where it was given: `sales.orders`. */
  readonly name: string;
  /** Its columns. */
  readonly fields: readonly StructField[];
}

/** Types that are declared here, and what a program imports for them. */
const IMPORTED: { readonly [kind: string]: string | undefined } = {
  date: "DateOnly",
  decimal: "Decimal",
  geography: "SpatialValue",
  geometry: "SpatialValue",
  interval: "CalendarInterval",
  long: "Long",
  time: "TimeOfDay",
  timestamp: "Timestamp",
  "timestamp_ltz_nanos": "TimestampNanos",
  "timestamp_ntz": "TimestampNtz",
  "timestamp_ntz_nanos": "TimestampNtzNanos",
  variant: "VariantVal",
};

/** Types of TypeScript's own. */
const PLAIN: { readonly [kind: string]: string | undefined } = {
  binary: "Uint8Array",
  boolean: "boolean",
  byte: "number",
  char: "string",
  "day_time_interval": "bigint",
  double: "number",
  float: "number",
  integer: "number",
  short: "number",
  string: "string",
  varchar: "string",
  void: "null",
  "year_month_interval": "number",
};

/**
 * Writes the rows of tables as TypeScript interfaces.
 *
 * @param tables names and columns
 */
export function tableTypes(tables: readonly TableColumns[]): TableTypes {
  const names = interfaceNames(tables.map(({ name }) => name));
  const imports = new Set<string>();
  const declarations = tables.map(({ name, fields }, at) =>
    `/** A row of \`${inComment(name)}\`. */\nexport interface ${
      names[at]
    } {\n${members(fields, "  ", imports)}}\n`
  );
  return {
    declarations: declarations.join("\n"),
    imports: [...imports].sort(),
  };
}

/** Names in capitals of the tables' last parts; with the parts before, where two would be the same. */
function interfaceNames(tables: readonly string[]): string[] {
  const parts = tables.map((name) =>
    [...name.matchAll(/`((?:[^`]|``)*)`|[^.`]+/g)].map(([text, quoted]) =>
      pascal(quoted ?? text)
    )
  );
  const short = parts.map((words) => words.at(-1) ?? "");
  return parts.map((words, at) => {
    const own = short[at] ?? "";
    const isAlone = short.filter((other) => other === own).length === 1;
    const name = isAlone ? own : words.join("");
    return /^[A-Z_$]/.test(name) ? name : `Table${name}`;
  });
}

function pascal(name: string): string {
  return name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function members(
  fields: readonly StructField[],
  indent: string,
  imports: Set<string>,
): string {
  return fields.map(({ name, type, nullable, metadata }) => {
    const comment = metadata["comment"];
    const doc = typeof comment === "string" && comment !== ""
      ? `${indent}/** ${inComment(comment)} */\n`
      : "";
    const key = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)
      ? name
      : JSON.stringify(name);
    const value = typeText(type, indent, imports);
    return `${doc}${indent}${key}: ${orNull(value, nullable)};\n`;
  }).join("");
}

function typeText(
  type: DataType,
  indent: string,
  imports: Set<string>,
): string {
  switch (type.kind) {
    case "array": {
      const element = typeText(type.elementType, indent, imports);
      const item = orNull(element, type.containsNull);
      return /^\w+$/.test(item) ? `${item}[]` : `(${item})[]`;
    }
    case "map": {
      const key = typeText(type.keyType, indent, imports);
      const value = typeText(type.valueType, indent, imports);
      return `Map<${key}, ${orNull(value, type.valueContainsNull)}>`;
    }
    case "struct":
      return type.length === 0
        ? "Record<string, never>"
        : `{\n${members(type.fields, `${indent}  `, imports)}${indent}}`;
    case "udt":
      return typeText(type.sqlType, indent, imports);
    default: {
      const imported = IMPORTED[type.kind];
      if (imported !== undefined) imports.add(imported);
      return imported ?? PLAIN[type.kind] ?? "unknown";
    }
  }
}

function orNull(type: string, nullable: boolean): string {
  return nullable && type !== "null" && type !== "unknown"
    ? `${type} | null`
    : type;
}

/** A text that ends no comment and has no second line. */
function inComment(text: string): string {
  return text.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ").trim();
}
