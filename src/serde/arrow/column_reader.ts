import { ProtocolError } from "../../common/errors.ts";
import {
  type DataType,
  simpleName,
  type StructType,
} from "../../types/spark_types.ts";
import { VariantVal } from "../../types/variant_val.ts";
import { rowClass, rowsOf } from "../records/row.ts";
import { type MakeRows, plainRows } from "../records/row_code.ts";
import type { ArrowOptions, RowForm } from "./arrow_options.ts";
import { type ArrowField, arrowTypeName } from "./arrow_type.ts";
import { childAt, type ColumnView } from "./column_view.ts";
import {
  readBooleans,
  readDecimals,
  readLongs,
  readNumbers,
  readNumbersOfBigints,
} from "./read_numbers.ts";
import { readBytes, readTexts } from "./read_texts.ts";
import { readIntervals, timeReader } from "./read_times.ts";
import { SPATIAL_STRUCT, VARIANT_STRUCT } from "./struct_values.ts";
import { plainType, typesAgree } from "./spark_arrow.ts";

/** Reads a column into values; what stands where a null is may be anything. */
export type ReadValues = (view: ColumnView) => unknown[];

/** What reading takes. */
export interface ReadingOptions extends ArrowOptions {
  /** What structs are made as. */
  readonly rows: RowForm;
}

/**
 * What reads the values of a column: strings and binaries as they are, numbers
 * as numbers, decimals as text with all their digits, dates as `Date` at
 * midnight UTC, timestamps without a zone as `Date` whose UTC fields are the
 * local ones, arrays as arrays, maps as `Map`, structs as rows, intervals as a
 * number of months or a bigint of microseconds. Bytes of a string that are no
 * UTF-8 come as U+FFFD.
 *
 * @param field the column in Arrow
 * @param type its type in Spark
 * @param name its name, for messages
 * @param options forms of values
 * @returns a function that may throw `LONG_NOT_SAFE` for a long that a number
 *   cannot hold, and `TIME_NOT_IN_RANGE` for what no `Date` is
 * @throws ProtocolError `ARROW_SHAPE_UNEXPECTED` when Arrow's type is another;
 *   `ARROW_TYPE_UNSUPPORTED` for a type without a form here
 * @throws SparkError `COLUMN_NAME_TWICE`
 */
export function columnReader(
  field: ArrowField,
  type: DataType,
  name: string,
  options: ReadingOptions,
): ReadValues {
  const read = withNulls(valueReader(field, type, name, options));
  return field.dictionary === null ? read : readEncoded(read);
}

/**
 * What makes rows of columns.
 *
 * @param fields the columns in Arrow
 * @param struct their names and types in Spark
 * @param options forms of values
 * @param prefix what to put before a column's name in messages
 * @throws as {@link columnReader}
 */
export function rowReader(
  fields: readonly ArrowField[],
  struct: StructType,
  options: ReadingOptions,
  prefix: string = "",
): (columns: readonly ColumnView[], length: number) => object[] {
  if (fields.length !== struct.fields.length) {
    throw new ProtocolError(
      "ARROW_SHAPE_UNEXPECTED",
      `Cannot read an Arrow batch: it has ${fields.length} columns where the schema has ${struct.fields.length}; driver and executors run different Sparks`,
      { columns: fields.length, expected: struct.fields.length },
    );
  }
  const readers = struct.fields.map(({ name, type }, i) =>
    columnReader(fields[i] as ArrowField, type, prefix + name, options)
  );
  const make = rowMaker(struct, options.rows);
  return (columns, length) =>
    make(readers.map((read, i) => read(childAt(columns, i))), length);
}

function rowMaker(struct: StructType, form: RowForm): MakeRows {
  const names = struct.fieldNames;
  if (form === "plain") return plainRows(names);
  return rowsOf(rowClass(names), names.length) as MakeRows;
}

function valueReader(
  field: ArrowField,
  type: DataType,
  name: string,
  options: ReadingOptions,
): ReadValues {
  const agreed = (): void => checkAgreement(field, type, name);
  switch (type.kind) {
    case "array": {
      agreed();
      const items = columnReader(
        childOf(field, 0),
        type.elementType,
        `${name}.element`,
        options,
      );
      return (view) => readLists(view, items);
    }
    case "map": {
      agreed();
      const entries = childOf(field, 0);
      const keys = columnReader(
        childOf(entries, 0),
        type.keyType,
        `${name}.key`,
        options,
      );
      const values = columnReader(
        childOf(entries, 1),
        type.valueType,
        `${name}.value`,
        options,
      );
      return (view) => readMaps(view, keys, values);
    }
    case "struct": {
      agreed();
      const { children } = field;
      const rows = rowReader(children, type, options, `${name}.`);
      return (view) => rows(view.children, view.length);
    }
    case "variant": {
      agreed();
      const [values, metadata] = readersOf(
        field,
        VARIANT_STRUCT,
        name,
        options,
      );
      return (view) => readVariants(view, values, metadata);
    }
    case "geometry":
    case "geography": {
      agreed();
      const [srids, shapes] = readersOf(field, SPATIAL_STRUCT, name, options);
      return (view) => readShapes(view, srids, shapes);
    }
    case "udt":
      return valueReader(field, type.sqlType, name, options);
    default:
      agreed();
      return plainReader(type, name, options);
  }
}

function plainReader(
  type: DataType,
  name: string,
  options: ReadingOptions,
): ReadValues {
  switch (type.kind) {
    case "void":
      return ({ length }) => new Array<unknown>(length).fill(null);
    case "boolean":
      return readBooleans;
    case "byte":
    case "short":
    case "integer":
    case "float":
    case "double":
    case "year_month_interval":
      return readNumbers;
    case "long":
      return options.longs === "bigint"
        ? readNumbersOfBigints
        : (view) => readLongs(view, name);
    case "day_time_interval": // in microseconds
      return readNumbersOfBigints;
    case "decimal":
      return (view) => readDecimals(view, type.scale);
    case "interval":
      return readIntervals;
    case "string":
    case "char":
    case "varchar":
      return readTexts;
    case "binary":
      return readBytes;
    default:
      return timeReader(type, name, options);
  }
}

/** What reads the two columns of a struct that is one value. */
function readersOf(
  field: ArrowField,
  struct: StructType,
  name: string,
  options: ReadingOptions,
): readonly [ReadValues, ReadValues] {
  const [first, second] = struct.fields.map(({ name: part, type }, i) =>
    columnReader(childOf(field, i), type, `${name}.${part}`, options)
  );
  return [first as ReadValues, second as ReadValues];
}

function readVariants(
  view: ColumnView,
  readValues: ReadValues,
  readMetadata: ReadValues,
): unknown[] {
  const values = readValues(childAt(view.children, 0)) as Uint8Array[];
  const metadata = readMetadata(childAt(view.children, 1)) as Uint8Array[];
  return Array.from(
    { length: view.length },
    (_, i) =>
      new VariantVal(values[i] as Uint8Array, metadata[i] as Uint8Array),
  );
}

function readShapes(
  view: ColumnView,
  readSrids: ReadValues,
  readShapes: ReadValues,
): unknown[] {
  const srids = readSrids(childAt(view.children, 0));
  const shapes = readShapes(childAt(view.children, 1));
  return Array.from(
    { length: view.length },
    (_, i) => ({ srid: srids[i], wkb: shapes[i] }),
  );
}

/** The message has types of its own, which those of the schema are read by. */
function checkAgreement(field: ArrowField, type: DataType, name: string): void {
  const wanted = plainType(name, type);
  if (typesAgree(field.type, wanted)) return;
  throw new ProtocolError(
    "ARROW_SHAPE_UNEXPECTED",
    `Cannot read an Arrow batch: column "${name}" of type ${
      simpleName(type)
    } comes as ${
      arrowTypeName(field.type)
    }; driver and executors run different Sparks`,
    {
      column: name,
      type: simpleName(type),
      form: arrowTypeName(field.type),
    },
  );
}

function childOf(field: ArrowField, index: number): ArrowField {
  const child = field.children[index];
  if (child !== undefined) return child;
  throw new ProtocolError(
    "ARROW_SHAPE_UNEXPECTED",
    `Cannot read an Arrow batch: column "${field.name}" has ${field.children.length} columns within it where the schema has more than ${index}; driver and executors run different Sparks`,
    { column: field.name, columns: field.children.length, index },
  );
}

function withNulls(read: ReadValues): ReadValues {
  return (view) => {
    if (view.length === 0) return []; // and there may be no buffer
    const values = read(view);
    const { validity, length } = view;
    if (validity === null) return values;
    for (let from = 0; from < length; from += 8) {
      const bits = validity[from >> 3] as number;
      if (bits === 0xff) continue;
      const to = Math.min(from + 8, length);
      for (let i = from; i < to; i++) {
        if ((bits >> (i & 7) & 1) === 0) values[i] = null;
      }
    }
    return values;
  };
}

/** Values that lie in a dictionary: each is read once, and equal ones are one value. */
function readEncoded(read: ReadValues): ReadValues {
  const known = new WeakMap<ColumnView, unknown[]>();
  return withNulls((view) => {
    const { dictionary, values: indices } = view;
    if (dictionary === null) return read(view);
    let texts = known.get(dictionary);
    if (texts === undefined) known.set(dictionary, texts = read(dictionary));
    const values = new Array<unknown>(view.length);
    for (let i = 0; i < view.length; i++) {
      values[i] = texts[indices[i] as number];
    }
    return values;
  });
}

function readLists(view: ColumnView, read: ReadValues): unknown[] {
  const items = read(childAt(view.children, 0));
  const offsets = view.offsets as Int32Array;
  const lists = new Array<unknown>(view.length);
  for (let i = 0; i < view.length; i++) {
    lists[i] = items.slice(offsets[i], offsets[i + 1]);
  }
  return lists;
}

function readMaps(
  view: ColumnView,
  readKeys: ReadValues,
  readItems: ReadValues,
): unknown[] {
  const entries = childAt(view.children, 0);
  const keys = readKeys(childAt(entries.children, 0));
  const items = readItems(childAt(entries.children, 1));
  const offsets = view.offsets as Int32Array;
  const maps = new Array<unknown>(view.length);
  for (let i = 0; i < view.length; i++) {
    const map = new Map<unknown, unknown>();
    const end = offsets[i + 1] as number;
    for (let at = offsets[i] as number; at < end; at++) {
      map.set(keys[at], items[at]);
    }
    maps[i] = map;
  }
  return maps;
}
