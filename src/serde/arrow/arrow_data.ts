import { ProtocolError } from "../../common/errors.ts";
import { malformedArrow } from "./arrow_message.ts";
import { type DataType, simpleName } from "../../types/spark_types.ts";

/** One column of a record batch, as Arrow lays it out. */
export interface ArrowData {
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array | null;
  readonly values?: unknown;
  readonly valueOffsets?: Int32Array | BigInt64Array;
  readonly children: readonly ArrowData[];
}

const BITS = 8;
const DECIMAL_WORDS = 4; // of 32 bits

/**
 * Checks that the buffers hold values of the type, as many as the length says,
 * and that ranges follow each other within them.
 *
 * @param data the column
 * @param type its type in Spark
 * @throws ProtocolError `ARROW_MALFORMED`, `ARROW_SHAPE_UNEXPECTED`
 */
export function checkColumn(data: ArrowData, type: DataType): void {
  const { length } = data;
  checkForm(data, type);
  if (data.nullBitmap && data.nullCount > 0) {
    checkRoom(BITS * data.nullBitmap.length, length);
  }
  switch (type.kind) {
    case "string":
    case "char":
    case "varchar":
    case "binary":
      return checkOffsets(data, asValues(data).length);
    case "array":
    case "map":
      return checkOffsets(data, childOf(data, 0).length);
    case "boolean":
      return checkRoom(BITS * asValues(data).length, length);
    case "decimal":
      return checkRoom(asValues(data).length / DECIMAL_WORDS, length);
    case "void":
    case "struct":
    case "interval":
    case "variant":
    case "time":
    case "timestamp_ltz_nanos":
    case "timestamp_ntz_nanos":
    case "geometry":
    case "geography":
    case "udt":
    case "other":
      return;
    default:
      return checkRoom(asValues(data).length, length);
  }
}

/** The message has types of its own, which those of the schema are read by. */
function checkForm({ values }: ArrowData, type: DataType): void {
  const form: Form | null = FORMS[type.kind];
  if (form === null || !ArrayBuffer.isView(values)) return;
  const name = values.constructor.name;
  if (values instanceof form) return;
  throw new ProtocolError(
    "ARROW_SHAPE_UNEXPECTED",
    `Cannot read an Arrow batch: a column of type "${
      simpleName(type)
    }" comes as ${name}; driver and executors run different Sparks`,
    { type: simpleName(type), form: name },
  );
}

type Form = new (length: number) => ArrayBufferView;

/** What Arrow gives the values of a type as; null where that says nothing. */
const FORMS: Readonly<Record<DataType["kind"], Form | null>> = {
  array: null,
  binary: Uint8Array,
  boolean: Uint8Array,
  byte: Int8Array,
  char: Uint8Array,
  date: Int32Array,
  "day_time_interval": BigInt64Array,
  decimal: Uint32Array,
  double: Float64Array,
  float: Float32Array,
  geography: null,
  geometry: null,
  integer: Int32Array,
  interval: null,
  long: BigInt64Array,
  map: null,
  other: null,
  short: Int16Array,
  string: Uint8Array,
  struct: null,
  time: BigInt64Array,
  timestamp: BigInt64Array,
  "timestamp_ltz_nanos": null,
  "timestamp_ntz": BigInt64Array,
  "timestamp_ntz_nanos": null,
  udt: null,
  varchar: Uint8Array,
  variant: null,
  void: null,
  "year_month_interval": Int32Array,
};

function checkOffsets(data: ArrowData, end: number): void {
  const offsets = offsetsOf(data);
  if (data.length === 0) return;
  checkRoom(offsets.length - 1, data.length);
  let before: number | bigint = 0;
  for (let i = 0; i <= data.length; i++) {
    const offset: number | bigint = offsets[i] ?? 0;
    if (offset < before || offset > end) {
      throw malformedArrow(`value ${i} of ${data.length} begins at ${offset}`);
    }
    before = offset;
  }
}

function checkRoom(room: number, length: number): void {
  if (length <= room) return;
  throw malformedArrow(`a column of ${length} values has room for ${room}`);
}

/** A column's buffer of values; none where it has another form than its type. */
function asValues(data: ArrowData): { readonly length: number } {
  return ArrayBuffer.isView(data.values)
    ? data.values as unknown as { readonly length: number }
    : [];
}

/** Where a column's ranges begin and end; nowhere where there is no buffer. */
export function offsetsOf(data: ArrowData): Int32Array | BigInt64Array {
  return data.valueOffsets ?? new Int32Array(data.length + 1);
}

/**
 * A column within a column.
 *
 * @throws ProtocolError `ARROW_SHAPE_UNEXPECTED` when it has no such
 */
export function childOf(data: ArrowData, index: number): ArrowData {
  return childAt(data.children, index);
}

/**
 * One of several columns.
 *
 * @throws ProtocolError `ARROW_SHAPE_UNEXPECTED` when there is no such
 */
export function childAt(
  children: readonly ArrowData[],
  index: number,
): ArrowData {
  const child = children[index];
  if (child !== undefined) return child;
  throw new ProtocolError(
    "ARROW_SHAPE_UNEXPECTED",
    `Cannot read an Arrow batch: it has ${children.length} columns where the schema has more than ${index}; driver and executors run different Sparks`,
    { columns: children.length, index },
  );
}
