/**
 * Tables, batches and vectors of any copy of the package apache-arrow, by
 * their structure: those that functions bring come from a copy of their own.
 *
 * @module
 */
import { malformedArrow, unsupportedArrow } from "./arrow_message.ts";
import {
  type ArrowField,
  type ArrowType,
  INTERVAL_UNITS,
  TIME_UNITS,
} from "./arrow_type.ts";
import type { ArrowBatch, ColumnValues, ColumnView } from "./column_view.ts";

/** Columns and the batches that hold their values. */
export interface ForeignTable {
  readonly fields: readonly ArrowField[];
  readonly batches: readonly ArrowBatch[];
}

/** What the package keeps of a type. */
interface TypeLike {
  readonly typeId: number;
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  readonly precision?: number;
  readonly scale?: number;
  readonly unit?: number;
  readonly timezone?: string | null;
  readonly byteWidth?: number;
  readonly listSize?: number;
  readonly keysSorted?: boolean;
  readonly children?: readonly FieldLike[] | null;
  readonly dictionary?: TypeLike;
  readonly indices?: TypeLike;
  readonly id?: number;
}

interface FieldLike {
  readonly name: string;
  readonly type: TypeLike;
  readonly nullable: boolean;
  readonly metadata?: ReadonlyMap<string, string>;
}

interface DataLike {
  readonly type: TypeLike;
  readonly length: number;
  readonly offset: number;
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array | null;
  readonly values?: unknown;
  readonly valueOffsets?: Int32Array | BigInt64Array;
  readonly children: readonly DataLike[];
  readonly dictionary?: VectorLike;
}

interface VectorLike {
  readonly type: TypeLike;
  readonly data: readonly DataLike[];
}

interface BatchLike {
  readonly schema: { readonly fields: readonly FieldLike[] };
  readonly data: DataLike;
}

interface TableLike {
  readonly schema: { readonly fields: readonly FieldLike[] };
  readonly batches: readonly BatchLike[];
}

/**
 * The columns of a table or of a record batch.
 *
 * @param value anything
 * @returns null for anything else
 * @throws ProtocolError `ARROW_FORM_UNSUPPORTED` for types that are not read here
 */
export function foreignTable(value: unknown): ForeignTable | null {
  if (isOf(value, "Table")) {
    const { schema, batches } = value as TableLike;
    return tableOf(schema.fields, batches);
  }
  if (!isOf(value, "RecordBatch")) return null;
  const batch = value as BatchLike;
  return tableOf(batch.schema.fields, [batch]);
}

/**
 * A vector as a table of one column, `column`.
 *
 * @param value anything
 * @returns null for what is no vector
 * @throws ProtocolError as {@link foreignTable}
 */
export function foreignVector(value: unknown): ForeignTable | null {
  if (!isOf(value, "Vector")) return null;
  const { type, data } = value as VectorLike;
  const field = fieldOf({ name: "column", type, nullable: true });
  return {
    fields: [field],
    batches: data.map((part) => ({
      length: part.length,
      columns: [viewOf(field, part)],
    })),
  };
}

/** The package marks its objects so that its copies know each other's. */
function isOf(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null &&
    Reflect.get(value, Symbol.for(`apache-arrow/${name}`)) === true;
}

function tableOf(
  columns: readonly FieldLike[],
  batches: readonly BatchLike[],
): ForeignTable {
  const fields = columns.map(fieldOf);
  return {
    fields,
    batches: batches.map(({ data }) => ({
      length: data.length,
      columns: fields.map((field, at) => viewOf(field, childOf(data, at))),
    })),
  };
}

function fieldOf({ name, type, nullable, metadata }: FieldLike): ArrowField {
  const { dictionary, indices, id = 0 } = type;
  const own = dictionary ?? type;
  const index = indices === undefined ? null : arrowTypeOf(indices);
  return {
    name,
    nullable,
    type: arrowTypeOf(own),
    children: (own.children ?? []).map(fieldOf),
    dictionary: index?.kind === "int" ? { id, index } : null,
    metadata: metadata ?? new Map(),
  };
}

/** Peer: `enum.Type` of the package. */
function arrowTypeOf(type: TypeLike): ArrowType {
  switch (type.typeId) {
    case 1:
      return { kind: "null" };
    case 2:
      return {
        kind: "int",
        bits: memberOf([8, 16, 32, 64] as const, type.bitWidth),
        signed: type.isSigned === true,
      };
    case 3:
      return {
        kind: "float",
        bits: ([16, 32, 64] as const)[type.precision ?? 2] ?? 64,
      };
    case 4:
      return { kind: "binary", large: false };
    case 5:
      return { kind: "utf8", large: false };
    case 6:
      return { kind: "bool" };
    case 7:
      return {
        kind: "decimal",
        precision: type.precision ?? 0,
        scale: type.scale ?? 0,
        bits: type.bitWidth ?? 128,
      };
    case 8:
      return { kind: "date", unit: type.unit === 0 ? "day" : "ms" };
    case 9:
      return {
        kind: "time",
        unit: unitOf(type),
        bits: type.bitWidth === 64 ? 64 : 32,
      };
    case 10:
      return {
        kind: "timestamp",
        unit: unitOf(type),
        timeZone: type.timezone ?? null,
      };
    case 11:
      return {
        kind: "interval",
        unit: INTERVAL_UNITS[type.unit ?? 0] ?? "yearMonth",
      };
    case 12:
      return { kind: "list", large: false };
    case 13:
      return { kind: "struct" };
    case 15:
      return { kind: "fixedBinary", width: type.byteWidth ?? 0 };
    case 16:
      return { kind: "fixedList", size: type.listSize ?? 0 };
    case 17:
      return { kind: "map", keysSorted: type.keysSorted === true };
    case 18:
      return { kind: "duration", unit: unitOf(type) };
    case 19:
      return { kind: "binary", large: true };
    case 20:
      return { kind: "utf8", large: true };
    case 21:
      return { kind: "list", large: true };
    default:
      throw unsupportedArrow(
        `its type ${type.typeId} of apache-arrow has no form here; convert it before`,
      );
  }
}

function unitOf({ unit }: TypeLike): typeof TIME_UNITS[number] {
  return TIME_UNITS[unit ?? 0] ?? "s";
}

function memberOf<T>(members: readonly T[], value: unknown): T {
  const member = members.find((each) => each === value);
  if (member !== undefined) return member;
  throw malformedArrow(`a type has ${String(value)} bits`);
}

function viewOf(field: ArrowField, data: DataLike): ColumnView {
  const { length, offset, nullCount } = data;
  const isNull = field.type.kind === "null";
  const hasNulls = !isNull && nullCount > 0 && data.nullBitmap instanceof
      Uint8Array;
  return {
    field,
    length,
    nullCount: isNull ? length : hasNulls ? nullCount : 0,
    validity: hasNulls
      ? bitsFrom(data.nullBitmap as Uint8Array, offset, length)
      : null,
    values: valuesOf(field, data),
    offsets: offsetsOf(data),
    children: field.dictionary === null
      ? field.children.map((child, at) => viewOf(child, childOf(data, at)))
      : [],
    dictionary: field.dictionary === null
      ? null
      : dictionaryOf(field, data.dictionary),
  };
}

function childOf({ children }: DataLike, at: number): DataLike {
  const child = children[at];
  if (child !== undefined) return child;
  throw malformedArrow(`it has ${children.length} columns within it`);
}

function dictionaryOf(
  field: ArrowField,
  dictionary: VectorLike | undefined,
): ColumnView {
  const [only, ...others] = dictionary?.data ?? [];
  if (only === undefined || others.length > 0) {
    throw unsupportedArrow("a dictionary comes in parts; join them before");
  }
  return viewOf({ ...field, dictionary: null }, only);
}

/** The package cuts values where a part of them is taken, but not bits. */
function valuesOf(
  { type, dictionary }: ArrowField,
  data: DataLike,
): ColumnValues {
  const { values } = data;
  if (!ArrayBuffer.isView(values)) return new Uint8Array(0);
  if (dictionary === null && type.kind === "bool") {
    return bitsFrom(values as Uint8Array, data.offset, data.length);
  }
  return dictionary === null && type.kind === "decimal"
    ? new Int32Array(
      values.buffer,
      values.byteOffset,
      values.byteLength / 4,
    )
    : values as ColumnValues;
}

function offsetsOf({ valueOffsets }: DataLike): Int32Array | null {
  if (valueOffsets === undefined || valueOffsets === null) return null;
  return valueOffsets instanceof BigInt64Array
    ? Int32Array.from(valueOffsets, Number)
    : valueOffsets;
}

/** Bits from an index on, as they are from index 0 on. */
function bitsFrom(
  bits: Uint8Array,
  offset: number,
  length: number,
): Uint8Array {
  if (offset === 0) return bits;
  const moved = new Uint8Array(length + 7 >> 3);
  for (let i = 0; i < length; i++) {
    const at = offset + i;
    const bit = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
    moved[i >> 3] = (moved[i >> 3] ?? 0) | bit << (i & 7);
  }
  return moved;
}
