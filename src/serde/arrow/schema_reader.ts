import {
  type ArrowDictionary,
  type ArrowField,
  type ArrowSchema,
  type ArrowType,
  INTERVAL_UNITS,
  TIME_UNITS,
  type TimeUnit,
} from "./arrow_type.ts";
import {
  findMessage,
  malformedArrow,
  MESSAGE_KINDS,
  unsupportedArrow,
} from "./arrow_message.ts";
import { FlatReader } from "./flat_reader.ts";
import { TYPE_CODES } from "./type_codes.ts";

const MAX_DEPTH = 100; // of fields within fields: as deep as the schemas that we read
const MAX_WIDTH = 1 << 20; // of values of a fixed size

/**
 * Reads the message that begins a stream.
 *
 * Peer: `MessageSerializer.serialize(channel, schema)` of Arrow's Java library,
 * Spark 3.5 – 4.3; Arrow's `Schema.fbs`.
 *
 * @param message one whole message
 * @throws ProtocolError `ARROW_MALFORMED`; `ARROW_FORM_UNSUPPORTED` for types
 *   that are not read here, such as views of strings
 */
export function readSchemaMessage(message: Uint8Array): ArrowSchema {
  const found = findMessage(message, 0);
  if (found === null || found.end !== message.length) {
    throw malformedArrow("it is no single schema");
  }
  const flat = new FlatReader(
    message.subarray(8, found.bodyStart),
    malformedArrow,
  );
  const root = flat.root();
  if (flat.byte(root, 1) !== MESSAGE_KINDS.schema) {
    throw malformedArrow("a schema is not where one belongs");
  }
  const schema = flat.table(root, 2);
  if (schema === null) throw malformedArrow("a message has no header");
  if (flat.short(schema, 0) !== 0) {
    throw unsupportedArrow(
      "its numbers are big-endian; use executors with little-endian processors",
    );
  }
  return {
    fields: flat.tables(schema, 1).map((field) => readField(flat, field, 0)),
  };
}

function readField(flat: FlatReader, field: number, depth: number): ArrowField {
  if (depth > MAX_DEPTH) throw malformedArrow("its fields nest too deeply");
  const name = flat.text(field, 0);
  const type = readType(
    flat,
    flat.byte(field, 2),
    flat.table(field, 3),
    name,
  );
  const children = flat.tables(field, 5).map((child) =>
    readField(flat, child, depth + 1)
  );
  checkChildren(type, children);
  return {
    name,
    nullable: flat.byte(field, 1) !== 0,
    type,
    children,
    dictionary: readDictionary(flat, flat.table(field, 4), name),
    metadata: new Map(
      flat.tables(field, 6).map((pair) =>
        [flat.text(pair, 0), flat.text(pair, 1)] as const
      ),
    ),
  };
}

function readDictionary(
  flat: FlatReader,
  table: number | null,
  name: string,
): ArrowDictionary | null {
  if (table === null) return null;
  const index = readType(flat, TYPE_CODES.int, flat.table(table, 1), name);
  if (index.kind !== "int" || index.bits === 64) {
    throw unsupportedArrow(
      `the indices of column "${name}" into its dictionary have 64 bits; encode them in 32`,
    );
  }
  return { id: flat.long(table, 0), index };
}

const INT_BITS = [8, 16, 32, 64] as const;
const FLOAT_BITS = [16, 32, 64] as const;
const FEWEST_CHILDREN: Readonly<Partial<Record<ArrowType["kind"], number>>> = {
  list: 1,
  fixedList: 1,
  map: 1,
};

/** That lists have elements, and maps keys and values. */
function checkChildren(
  { kind }: ArrowType,
  children: readonly ArrowField[],
): void {
  const wanted = FEWEST_CHILDREN[kind];
  if (wanted === undefined) {
    if (kind === "struct" || children.length === 0) return;
    throw malformedArrow(`a ${kind} has columns within it`);
  }
  if (children.length !== wanted) {
    throw malformedArrow(`a ${kind} has ${children.length} columns within it`);
  }
  const entries = kind === "map" ? children[0] : undefined;
  if (entries === undefined) return;
  if (entries.type.kind !== "struct" || entries.children.length !== 2) {
    throw malformedArrow("a map has no keys and values");
  }
}

function readType(
  flat: FlatReader,
  code: number,
  table: number | null,
  column: string,
): ArrowType {
  if (table === null) return typeWithoutTable(code);
  switch (code) {
    case TYPE_CODES.int:
      return {
        kind: "int",
        bits: memberOf(INT_BITS, INT_BITS.indexOf(flat.int(table, 0) as 8)),
        signed: flat.byte(table, 1) !== 0,
      };
    case TYPE_CODES.float:
      return {
        kind: "float",
        bits: memberOf(FLOAT_BITS, flat.short(table, 0)),
      };
    case TYPE_CODES.decimal:
      return readDecimal(flat, table);
    case TYPE_CODES.date:
      return {
        kind: "date",
        unit: flat.short(table, 0, 1) === 0 ? "day" : "ms",
      };
    case TYPE_CODES.time:
      return {
        kind: "time",
        unit: unitOf(flat, table),
        bits: flat.int(table, 1, 32) === 64 ? 64 : 32,
      };
    case TYPE_CODES.timestamp:
      return {
        kind: "timestamp",
        unit: memberOf(TIME_UNITS, flat.short(table, 0)),
        timeZone: flat.has(table, 1) ? flat.text(table, 1) : null,
      };
    case TYPE_CODES.interval:
      return {
        kind: "interval",
        unit: memberOf(INTERVAL_UNITS, flat.short(table, 0)),
      };
    case TYPE_CODES.duration:
      return { kind: "duration", unit: unitOf(flat, table) };
    case TYPE_CODES.fixedBinary:
      return { kind: "fixedBinary", width: widthOf(flat, table) };
    case TYPE_CODES.fixedList:
      return { kind: "fixedList", size: widthOf(flat, table) };
    case TYPE_CODES.map:
      return { kind: "map", keysSorted: flat.byte(table, 0) !== 0 };
    case TYPE_CODES.union:
      throw malformedArrow("it has a union");
    default:
      return typeByCode(code, column);
  }
}

/** Types whose tables say nothing. */
const PLAIN_TYPES: ReadonlyMap<number, ArrowType> = new Map<number, ArrowType>([
  [TYPE_CODES.null, { kind: "null" }],
  [TYPE_CODES.bool, { kind: "bool" }],
  [TYPE_CODES.utf8, { kind: "utf8", large: false }],
  [TYPE_CODES.largeUtf8, { kind: "utf8", large: true }],
  [TYPE_CODES.binary, { kind: "binary", large: false }],
  [TYPE_CODES.largeBinary, { kind: "binary", large: true }],
  [TYPE_CODES.list, { kind: "list", large: false }],
  [TYPE_CODES.largeList, { kind: "list", large: true }],
  [TYPE_CODES.struct, { kind: "struct" }],
]);

/** Types that exist and are not read. */
const OTHER_TYPES: ReadonlyMap<number, string> = new Map([
  [TYPE_CODES.runEndEncoded, "runs of equal values"],
  [TYPE_CODES.binaryView, "binary views"],
  [TYPE_CODES.utf8View, "string views"],
  [TYPE_CODES.listView, "list views"],
  [TYPE_CODES.largeListView, "list views"],
]);

function typeByCode(code: number, column: string): ArrowType {
  const plain = PLAIN_TYPES.get(code);
  if (plain !== undefined) return plain;
  const other = OTHER_TYPES.get(code);
  if (other === undefined) throw malformedArrow(`no type has number ${code}`);
  throw unsupportedArrow(
    `column "${column}" comes as ${other}; cast it to the type without views before it is written`,
  );
}

function typeWithoutTable(code: number): ArrowType {
  if (code === 0) throw malformedArrow("a field has no type");
  const plain = PLAIN_TYPES.get(code);
  if (plain !== undefined) return plain;
  throw malformedArrow("a type is not described");
}

function readDecimal(flat: FlatReader, table: number): ArrowType {
  const bits = flat.int(table, 2, 128);
  if (bits !== 128 && bits !== 256) {
    throw unsupportedArrow(
      `it has decimals of ${bits} bits; write them as decimal128`,
    );
  }
  return {
    kind: "decimal",
    precision: flat.int(table, 0),
    scale: flat.int(table, 1),
    bits,
  };
}

/** A unit whose default is milliseconds. */
function unitOf(flat: FlatReader, table: number): TimeUnit {
  return memberOf(TIME_UNITS, flat.short(table, 0, 1));
}

function widthOf(flat: FlatReader, table: number): number {
  const width = flat.int(table, 0);
  if (width >= 0 && width <= MAX_WIDTH) return width;
  throw malformedArrow(`values have a size of ${width}`);
}

function memberOf<T>(members: readonly T[], index: number): T {
  const member = members[index];
  if (member !== undefined) return member;
  throw malformedArrow("a type has a unit that there is none of");
}
