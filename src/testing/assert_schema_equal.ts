import { describeValue } from "../common/describe_value.ts";
import { SparkAssertionError, SparkError } from "../common/errors.ts";
import { checkOptions } from "../driver/rdd/checks.ts";
import {
  type DataType,
  type StructField,
  StructType,
} from "../types/data_type.ts";
import { NO_METADATA } from "../types/plain_type.ts";
import { equalTypes } from "../types/equal_types.ts";
import { fieldDdl } from "../types/type_text.ts";

/** What {@link assertSchemaEqual} looks at. */
export interface AssertSchemaEqualOptions {
  /** Whether it does not matter which columns, fields and elements may be null; true by default. */
  readonly ignoreNullable?: boolean;
  /** Whether columns are compared by their names, in whatever order they are; false by default. */
  readonly ignoreColumnOrder?: boolean;
  /** Whether columns are compared by their places, whatever their names are; false by default. */
  readonly ignoreColumnName?: boolean;
}

/**
 * Asserts that two schemas have the same columns. Comments and other metadata
 * do not count.
 *
 * @param actual the schema that is tested
 * @param expected what it should be, as a struct or in SQL's words
 * @param options what does not matter
 * @throws SparkAssertionError `DIFFERENT_SCHEMA`, with the columns that differ
 * @throws SparkError `OPTIONS_EXCLUDE_EACH_OTHER` when neither order nor names of columns are to matter; `DDL_INVALID`
 *
 * @example
 * ```ts
 * import { types } from "@tspark/tspark";
 * import { assertSchemaEqual } from "@tspark/tspark/testing";
 *
 * const actual = types.struct({ name: types.string, age: types.int.nullable() });
 * assertSchemaEqual(actual, "name STRING, age INT");
 * ```
 */
export function assertSchemaEqual(
  actual: StructType,
  expected: StructType | string,
  options: AssertSchemaEqualOptions = {},
): void {
  checkOptions("assertSchemaEqual()", options, SCHEMA_OPTIONS);
  requireOneWay("assertSchemaEqual()", options);
  requireEqualSchemas(actual, expected, options);
}

/** As {@link assertSchemaEqual}, with options that were looked at before. */
export function requireEqualSchemas(
  actual: StructType,
  expected: StructType | string,
  options: AssertSchemaEqualOptions,
): void {
  const there = comparable(actual, options);
  const wanted = comparable(
    typeof expected === "string" ? StructType.fromDDL(expected) : expected,
    options,
  );
  if (equalTypes(there, wanted)) return;
  const [lines, count] = differenceLines(there, wanted);
  throw new SparkAssertionError(
    "DIFFERENT_SCHEMA",
    `Schemas differ in ${
      count === 0 ? "the order of columns" : counted(count)
    }: "-" is actual, "+" is expected\n${lines.join("\n")}`,
    { actual: there.toDDL(), expected: wanted.toDDL() },
  );
}

/** The names of the options. */
export const SCHEMA_OPTIONS: readonly string[] = [
  "ignoreNullable",
  "ignoreColumnOrder",
  "ignoreColumnName",
];

/**
 * Refuses options of which only one can hold.
 *
 * @param operation who was given them
 * @param options what was given
 */
export function requireOneWay(
  operation: string,
  options: AssertSchemaEqualOptions,
): void {
  if (options.ignoreColumnOrder !== true) return;
  if (options.ignoreColumnName !== true) return;
  throw new SparkError(
    "OPTIONS_EXCLUDE_EACH_OTHER",
    `Cannot compare columns in ${operation}: "ignoreColumnOrder" pairs them by name and "ignoreColumnName" by place; set one of them`,
  );
}

function counted(columns: number): string {
  return columns === 1 ? "1 column" : `${columns} columns`;
}

/** A schema without what does not matter. */
function comparable(
  schema: StructType,
  { ignoreNullable = true, ignoreColumnOrder, ignoreColumnName }:
    AssertSchemaEqualOptions,
): StructType {
  const given: unknown = schema;
  if (!(given instanceof StructType)) {
    throw new TypeError(
      `Cannot compare the schema of ${
        describeValue(given)
      }: it is no schema; give await df.schema, or what is expected as a text such as "id BIGINT"`,
    );
  }
  let { fields } = ignoreNullable ? schema.toNullable() : schema;
  if (ignoreColumnOrder === true) {
    fields = fields.toSorted((a, b) =>
      a.name < b.name ? -1 : Number(a.name > b.name)
    );
  }
  if (ignoreColumnName === true) {
    fields = fields.map((field, i) => ({ ...field, name: `${i}` }));
  }
  return new StructType(fields.map(withoutMetadata));
}

function withoutMetadata(field: StructField): StructField {
  const type = withoutInnerMetadata(field.type);
  return { ...field, type, metadata: NO_METADATA };
}

function withoutInnerMetadata(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return { ...type, elementType: withoutInnerMetadata(type.elementType) };
    case "map":
      return {
        ...type,
        keyType: withoutInnerMetadata(type.keyType),
        valueType: withoutInnerMetadata(type.valueType),
      };
    case "struct":
      return new StructType(type.fields.map(withoutMetadata));
    default:
      return type;
  }
}

/** Both schemas, column by column, and how many columns differ. */
function differenceLines(
  actual: StructType,
  expected: StructType,
): [lines: string[], count: number] {
  const lines: string[] = [];
  const left = [...expected.fields];
  let count = 0;
  for (const field of actual.fields) {
    const place = left.findIndex(({ name }) => name === field.name);
    const [wanted] = place < 0 ? [] : left.splice(place, 1);
    if (wanted !== undefined && equalTypes(field, wanted)) {
      lines.push(`  ${fieldDdl(field)}`);
      continue;
    }
    count += 1;
    lines.push(`- ${fieldDdl(field)}`);
    if (wanted !== undefined) lines.push(`+ ${fieldDdl(wanted)}`);
  }
  lines.push(...left.map((field) => `+ ${fieldDdl(field)}`));
  count += left.length;
  if (count > 0) return [lines, count];
  const names = (schema: StructType): string => schema.fieldNames.join(", ");
  return [[`- ${names(actual)}`, `+ ${names(expected)}`], 0];
}
