/**
 * Tables of the package apache-arrow over batches that were read here. The
 * only file that loads the package; nothing that comes from elsewhere reaches
 * its readers.
 *
 * @module
 */
import {
  Binary,
  Bool,
  BufferType,
  Data,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Duration,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  Interval,
  List,
  Map_,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Time,
  Timestamp,
  type TimeUnit,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  Vector,
} from "apache-arrow";
import {
  type ArrowField,
  type ArrowSchema,
  type ArrowType,
  INTERVAL_UNITS,
  TIME_UNITS,
} from "./arrow_type.ts";
import { unsupportedArrow } from "./arrow_message.ts";
import type { ArrowBatch, ColumnView } from "./column_view.ts";

export type { RecordBatch, Table, Vector };

/**
 * A table over batches, without a copy of their bytes. Texts, binaries and
 * lists have offsets of 32 bits in it.
 *
 * @param schema the columns
 * @param batches what they hold
 */
export function arrowTable(
  schema: ArrowSchema,
  batches: readonly ArrowBatch[],
): Table {
  const fields = schema.fields.map(fieldOf);
  const made = new Schema(fields);
  return new Table(
    made,
    batches.map(({ length, columns }) =>
      recordBatch(
        made,
        length,
        columns.map((column, i) => dataOf(column, typeAt(fields, i))),
      )
    ),
  );
}

/**
 * A batch of columns, of which several may have one name: the package looks
 * for fields by their names as it makes a batch, and would give all of these
 * the type of the last.
 */
function recordBatch(
  schema: Schema,
  length: number,
  columns: Data[],
): RecordBatch {
  const { fields } = schema;
  const dataAs = (fields: Field[]): Data<Struct> =>
    new Data(new Struct(fields), 0, length, 0, undefined, columns);
  const names = new Set(fields.map(({ name }) => name));
  if (names.size === fields.length) {
    return new RecordBatch(schema, dataAs(fields));
  }
  const numbered = fields.map(({ type, nullable, metadata }, at) =>
    new Field(`${at}`, type, nullable, metadata)
  );
  const batch = new RecordBatch(new Schema(numbered), dataAs(numbered));
  return Object.assign(batch, { schema, data: dataAs(fields) });
}

/**
 * A table as an Arrow stream.
 *
 * @param table the table
 */
export function tableBytes(table: Table): Uint8Array {
  return tableToIPC(table, "stream");
}

function typeAt(fields: readonly Field[], index: number): DataType {
  return fields[index]?.type ?? new Null();
}

function fieldOf(field: ArrowField): Field {
  const type = typeOf(field.type, field.children.map(fieldOf));
  const { dictionary, metadata } = field;
  const encoded = dictionary === null ? type : new Dictionary(
    type,
    intOf(dictionary.index) as Int32,
    dictionary.id,
  );
  return new Field(field.name, encoded, field.nullable, new Map(metadata));
}

function typeOf(type: ArrowType, children: Field[]): DataType {
  switch (type.kind) {
    case "null":
      return new Null();
    case "bool":
      return new Bool();
    case "int":
      return intOf(type);
    case "float":
      return { 16: new Float16(), 32: new Float32(), 64: new Float64() }[
        type.bits
      ];
    case "utf8":
      return new Utf8();
    case "binary":
      return new Binary();
    case "fixedBinary":
      return new FixedSizeBinary(type.width);
    case "decimal":
      return new Decimal(type.scale, type.precision, type.bits);
    case "date":
      return type.unit === "day" ? new DateDay() : new DateMillisecond();
    case "time":
      return new Time(
        unitOf(type.unit),
        type.bits as ConstructorParameters<typeof Time>[1],
      );
    case "timestamp":
      return new Timestamp(unitOf(type.unit), type.timeZone);
    case "interval":
      return new Interval(INTERVAL_UNITS.indexOf(type.unit));
    case "duration":
      return new Duration(unitOf(type.unit));
    case "list":
      return new List(onlyOf(children));
    case "fixedList":
      return new FixedSizeList(type.size, onlyOf(children));
    case "struct":
      return new Struct(children);
    case "map":
      return new Map_(onlyOf(children) as Field<Struct>, type.keysSorted);
  }
}

function unitOf(unit: typeof TIME_UNITS[number]): TimeUnit {
  return TIME_UNITS.indexOf(unit);
}

function intOf(
  { bits, signed }: Extract<ArrowType, { kind: "int" }>,
): DataType {
  switch (bits) {
    case 8:
      return signed ? new Int8() : new Uint8();
    case 16:
      return signed ? new Int16() : new Uint16();
    case 32:
      return signed ? new Int32() : new Uint32();
    case 64:
      return signed ? new Int64() : new Uint64();
  }
}

function onlyOf(children: readonly Field[]): Field {
  const [only] = children;
  if (only !== undefined) return only;
  throw unsupportedArrow("a list says nothing of its elements");
}

/** A column over the same memory. */
function dataOf(view: ColumnView, type: DataType): Data {
  const { length, nullCount, validity, offsets } = view;
  const types = type.children as Field[] | null;
  const children = view.children.map((child, i) =>
    dataOf(child, typeAt(types ?? [], i))
  );
  const isNull = view.field.type.kind === "null";
  const dictionary = view.dictionary === null ? undefined : new Vector([
    dataOf(view.dictionary, (type as Dictionary).dictionary),
  ]);
  return new Data(
    type,
    0,
    length,
    nullCount,
    {
      ...(offsets === null ? {} : { [BufferType.OFFSET]: offsets }),
      ...(isNull ? {} : { [BufferType.DATA]: valuesOf(view) }),
      ...(validity === null ? {} : { [BufferType.VALIDITY]: validity }),
    },
    children,
    dictionary,
  );
}

/** Decimals are unsigned words to the package. */
function valuesOf({ field, values }: ColumnView): ColumnView["values"] {
  return field.type.kind === "decimal" && field.dictionary === null
    ? new Uint32Array(values.buffer, values.byteOffset, values.length)
    : values;
}
