import type { ArrowField, ArrowSchema, ArrowType } from "./arrow_type.ts";
import { type BatchHeader, openMessage } from "./batch_header.ts";
import { malformedArrow } from "./arrow_message.ts";
import { bareBatchTooLarge } from "./message_size.ts";
import type { ArrowBatch, ColumnValues, ColumnView } from "./column_view.ts";
import { decompressBody } from "./decompress.ts";

const BITS = 8;

/** Most rows of a batch beyond one for each bit of its body: only columns of nulls take no bits, and batches without columns. Spark writes 10,000 at most, unless it is told otherwise. */
export const MAX_BARE_ROWS: number = 1 << 20;

/**
 * Reads the record batches of one schema. A column is a view over the bytes of
 * its batch where these lie at a multiple of 8 in their memory, and over a
 * copy of them otherwise. Dictionaries come before the batches that need them.
 *
 * Peer: `ArrowConverters` and `ArrowStreamWriter`, Spark 3.5 – 4.3; Arrow's
 * `Message.fbs`. Layout: one encapsulated message a batch.
 */
export class BatchReader {
  readonly #schema: ArrowSchema;
  readonly #cutsStructs: boolean;
  readonly #dictionaries: Map<number, ColumnView> = new Map();

  /**
   * Reads nothing yet.
   *
   * @param schema the columns of the batches
   * @param cutsStructs whether a column of structs may have fields with fewer
   *   values than it has itself: it has so many rows then, and the batch more
   */
  constructor(schema: ArrowSchema, cutsStructs = false) {
    this.#schema = schema;
    this.#cutsStructs = cutsStructs;
  }

  /**
   * Reads one message.
   *
   * @param message one whole message: a record batch or a dictionary
   * @returns null for a dictionary, which is kept for the batches behind it
   * @throws ProtocolError `ARROW_MALFORMED`; `ARROW_FORM_UNSUPPORTED` for what
   *   is no mistake, but is not read here
   */
  read(message: Uint8Array): ArrowBatch | null {
    const { header, body } = openMessage(message);
    if (header.dictionary === null) {
      const { fields } = this.#schema;
      const cuts = this.#cutsStructs;
      return readColumns(fields, header, body, this.#dictionaries, cuts);
    }
    const kept = body.slice(); // the bytes may be overwritten before a batch needs them
    const { id, isDelta } = header.dictionary;
    const field = findDictionary(this.#schema.fields, id);
    if (field === null) throw malformedArrow(`no column has dictionary ${id}`);
    if (isDelta) throw malformedArrow("a dictionary comes in parts");
    const values = { ...field, dictionary: null };
    const batch = readColumns([values], header, kept, this.#dictionaries);
    const [column] = batch.columns;
    if (column !== undefined) this.#dictionaries.set(id, column);
    return null;
  }
}

function findDictionary(
  fields: readonly ArrowField[],
  id: number,
): ArrowField | null {
  for (const field of fields) {
    if (field.dictionary?.id === id) return field;
    const within = findDictionary(field.children, id);
    if (within !== null) return within;
  }
  return null;
}

function readColumns(
  fields: readonly ArrowField[],
  header: BatchHeader,
  body: Uint8Array,
  dictionaries: ReadonlyMap<number, ColumnView>,
  cutsStructs = false,
): ArrowBatch {
  const buffers = header.codec === null
    ? buffersOf(header, aligned(body)).map(checkPlace)
    : decompressBody(header.codec, buffersOf(header, body));
  const size = header.codec === null
    ? body.length
    : buffers.reduce((sum, { length }) => sum + length, 0);
  const cursor = new Cursor(header, buffers, dictionaries);
  // Each row takes at least a bit somewhere, or it is one of few.
  const most = BITS * size + MAX_BARE_ROWS;
  if (header.length < 0 || header.length > most) {
    throw size === 0 && header.length > 0
      ? bareBatchTooLarge(header.length, most)
      : malformedArrow(`a number of rows of ${header.length} in ${size} bytes`);
  }
  const columns = fields.map((field) =>
    cursor.column(field, most, cutsStructs)
  );
  if (cutsStructs) return { length: header.length, columns };
  for (const { field, length } of columns) {
    if (length === header.length) continue;
    throw malformedArrow(
      `column "${field.name}" has ${length} values in ${header.length} rows`,
    );
  }
  return { length: header.length, columns };
}

function buffersOf(header: BatchHeader, body: Uint8Array): Uint8Array[] {
  return header.buffers.map(([start, size]) => {
    if (start < 0 || size < 0 || start + size > body.length) {
      throw malformedArrow(
        `bytes ${start} to ${start + size} of ${body.length} hold values`,
      );
    }
    return body.subarray(start, start + size);
  });
}

const NO_VALUES = new Uint8Array(0);

/** Arrow has every buffer at a multiple of 8 bytes. */
function checkPlace(buffer: Uint8Array): Uint8Array {
  if (buffer.byteOffset % 8 === 0) return buffer;
  if (buffer.length === 0) return NO_VALUES; // it may be said to lie anywhere
  throw malformedArrow("a buffer begins at no multiple of 8 bytes");
}

/** The bytes, at a multiple of 8 in their memory, so that arrays of larger elements can lie over them. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

/** Takes nodes and buffers in the order in which columns have them. */
class Cursor {
  readonly #header: BatchHeader;
  readonly #buffers: readonly Uint8Array[];
  readonly #dictionaries: ReadonlyMap<number, ColumnView>;
  #node = 0;
  #buffer = 0;

  constructor(
    header: BatchHeader,
    buffers: readonly Uint8Array[],
    dictionaries: ReadonlyMap<number, ColumnView>,
  ) {
    this.#header = header;
    this.#buffers = buffers;
    this.#dictionaries = dictionaries;
  }

  column(field: ArrowField, most: number, cutsStruct = false): ColumnView {
    const node = this.#header.nodes[this.#node++];
    if (node === undefined) throw malformedArrow("a column is missing");
    const [length, nullCount] = node;
    if (length < 0 || length > most || nullCount < 0) {
      throw malformedArrow(
        `a number of values of ${length} with ${nullCount} nulls`,
      );
    }
    if (field.dictionary !== null) {
      return this.#indices(field, length, nullCount);
    }
    const { type } = field;
    const isNull = type.kind === "null";
    const validity = isNull ? null : this.#validity(length, nullCount);
    const offsets = this.#offsets(type, length);
    const values = this.#values(type, length);
    const children = field.children.map((child) => this.column(child, most));
    const rows = cutsStruct && type.kind === "struct"
      ? rowsOf(children, length)
      : length;
    checkRanges(field, rows, offsets, values, children);
    return {
      field,
      length: rows,
      nullCount: isNull ? length : validity === null ? 0 : nullCount,
      validity,
      values,
      offsets,
      children,
      dictionary: null,
    };
  }

  #indices(field: ArrowField, length: number, nullCount: number): ColumnView {
    const { id, index } = field.dictionary ?? { id: 0, index: INT };
    const validity = this.#validity(length, nullCount);
    const values = this.#values(index, length);
    const dictionary = this.#dictionaries.get(id);
    if (dictionary === undefined) {
      throw malformedArrow(`dictionary ${id} did not come before it is needed`);
    }
    for (let i = 0; i < length; i++) {
      const at = values[i] ?? 0;
      const isThere = validity === null ||
        ((validity[i >> 3] ?? 0) >> (i & 7) & 1) === 1;
      if (isThere && (at < 0 || at >= dictionary.length)) {
        throw malformedArrow(
          `index ${at} leads out of a dictionary of ${dictionary.length} values`,
        );
      }
    }
    return {
      field,
      length,
      nullCount: validity === null ? 0 : nullCount,
      validity,
      values,
      offsets: null,
      children: [],
      dictionary,
    };
  }

  #validity(length: number, nullCount: number): Uint8Array | null {
    const bits = this.#next();
    if (nullCount === 0) return null;
    checkRoom(BITS * bits.length, length);
    return bits;
  }

  #offsets(type: ArrowType, length: number): Int32Array | null {
    switch (type.kind) {
      case "utf8":
      case "binary":
      case "list":
        return this.#ends(type.large, length);
      case "map":
        return this.#ends(false, length);
      default:
        return null;
    }
  }

  #ends(large: boolean, length: number): Int32Array {
    const bytes = this.#next();
    if (length === 0) return new Int32Array(1); // and there may be no buffer
    if (bytes.length === 0) return new Int32Array(length + 1);
    if (!large) {
      checkRoom((bytes.length >> 2) - 1, length);
      return new Int32Array(bytes.buffer, bytes.byteOffset, length + 1);
    }
    checkRoom((bytes.length >> 3) - 1, length);
    const words = new Int32Array(
      bytes.buffer,
      bytes.byteOffset,
      2 * (length + 1),
    );
    const offsets = new Int32Array(length + 1);
    for (let i = 0; i <= length; i++) {
      if (words[2 * i + 1] !== 0) throw malformedArrow("a range is too long");
      offsets[i] = words[2 * i] as number;
    }
    return offsets;
  }

  #values(type: ArrowType, length: number): ColumnValues {
    const [form, count] = formOf(type, length);
    if (form === null) return NO_VALUES;
    const bytes = this.#next();
    if (form === Uint8Array) {
      if (type.kind !== "utf8" && type.kind !== "binary") {
        checkRoom(bytes.length, count);
      }
      return bytes;
    }
    const size = form.BYTES_PER_ELEMENT;
    checkRoom(Math.floor(bytes.length / size), count);
    return new form(bytes.buffer, bytes.byteOffset, count);
  }

  #next(): Uint8Array {
    const buffer = this.#buffers[this.#buffer++];
    if (buffer === undefined) throw malformedArrow("a buffer is missing");
    return buffer;
  }
}

const INT = { kind: "int", bits: 32, signed: true } as const;

type Form = {
  readonly BYTES_PER_ELEMENT: number;
  new (
    buffer: ArrayBufferLike,
    byteOffset: number,
    length: number,
  ): ColumnValues;
};

/** How many elements of what the values are; null for a type without values of its own. */
function formOf(
  type: ArrowType,
  length: number,
): readonly [form: Form | null, count: number] {
  switch (type.kind) {
    case "null":
    case "list":
    case "fixedList":
    case "struct":
    case "map":
      return [null, 0];
    case "bool":
      return [Uint8Array, Math.ceil(length / BITS)];
    case "int":
      return [type.signed ? INTS[type.bits] : UINTS[type.bits], length];
    case "float":
      return [FLOATS[type.bits], length];
    case "utf8":
    case "binary":
      return [Uint8Array, 0];
    case "fixedBinary":
      return [Uint8Array, type.width * length];
    case "decimal":
      return [Int32Array, type.bits / 32 * length];
    case "date":
      return [type.unit === "day" ? Int32Array : BigInt64Array, length];
    case "time":
      return [INTS[type.bits], length];
    case "timestamp":
    case "duration":
      return [BigInt64Array, length];
    case "interval":
      return [Int32Array, INTERVAL_WORDS[type.unit] * length];
  }
}

const INTS = {
  8: Int8Array,
  16: Int16Array,
  32: Int32Array,
  64: BigInt64Array,
} as const;
const UINTS = {
  8: Uint8Array,
  16: Uint16Array,
  32: Uint32Array,
  64: BigUint64Array,
} as const;
const FLOATS = { 16: Uint16Array, 32: Float32Array, 64: Float64Array } as const;
const INTERVAL_WORDS = { yearMonth: 1, dayTime: 2, monthDayNano: 4 } as const;

/** How many rows of a struct have values, where its last ones are nobody's. */
function rowsOf(children: readonly ColumnView[], length: number): number {
  return children.reduce((rows, child) => Math.min(rows, child.length), length);
}

/** That ranges follow each other within what they lead to, and fields have enough values. */
function checkRanges(
  { type }: ArrowField,
  length: number,
  offsets: Int32Array | null,
  values: ColumnValues,
  children: readonly ColumnView[],
): void {
  const [child] = children;
  if (type.kind === "struct") {
    for (const field of children) checkRoom(field.length, length);
  } else if (type.kind === "fixedList") {
    checkRoom((child?.length ?? 0) / Math.max(type.size, 1), length);
  } else if (offsets !== null && length > 0) {
    checkOffsets(
      offsets,
      length,
      type.kind === "list" || type.kind === "map"
        ? child?.length ?? 0
        : values.length,
    );
  }
}

function checkOffsets(offsets: Int32Array, length: number, end: number): void {
  let before = 0;
  for (let i = 0; i <= length; i++) {
    const offset = offsets[i] as number;
    if (offset < before || offset > end) {
      throw malformedArrow(`value ${i} of ${length} begins at ${offset}`);
    }
    before = offset;
  }
}

function checkRoom(room: number, length: number): void {
  if (length <= room) return;
  throw malformedArrow(`a column of ${length} values has room for ${room}`);
}
