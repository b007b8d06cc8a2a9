import {
  type ArrowField,
  type ArrowSchema,
  type ArrowType,
  INTERVAL_UNITS,
  TIME_UNITS,
} from "./arrow_type.ts";
import { encapsulate, MESSAGE_KINDS } from "./arrow_message.ts";
import { TYPE_CODES } from "./type_codes.ts";
import {
  flatByte,
  type FlatField,
  flatInt,
  flatLong,
  flatShort,
  flatTable,
  flatTables,
  type FlatTarget,
  flatText,
} from "./flat_writer.ts";

/**
 * Writes the message that begins a stream.
 *
 * Peer: `MessageSerializer.serialize(channel, schema)` of Arrow's Java library;
 * Arrow's `Schema.fbs`.
 *
 * @param schema columns of the batches that follow
 */
export function writeSchemaMessage(
  schema: ArrowSchema,
): Uint8Array<ArrayBuffer> {
  const header = flatTable(
    flatShort(0), // little-endian
    flatTables(schema.fields.map(flatFieldOf)),
  );
  return encapsulate(MESSAGE_KINDS.schema, header, 0);
}

function flatFieldOf(field: ArrowField): FlatTarget {
  const [code, type] = flatTypeOf(field.type);
  const { dictionary, metadata } = field;
  return flatTable(
    flatText(field.name),
    flatByte(field.nullable ? 1 : 0),
    flatByte(code),
    type,
    dictionary === null ? null : flatTable(
      flatLong(dictionary.id),
      flatTypeOf(dictionary.index)[1],
      flatByte(0),
    ),
    flatTables(field.children.map(flatFieldOf)),
    metadata.size === 0 ? null : flatTables(
      [...metadata].map(([key, value]) =>
        flatTable(flatText(key), flatText(value))
      ),
    ),
  );
}

/** A type's number and its table. */
function flatTypeOf(
  type: ArrowType,
): readonly [code: number, table: FlatTarget] {
  const code = TYPE_CODES[codeName(type)];
  return [code, flatTable(...typeFields(type))];
}

function codeName(type: ArrowType): keyof typeof TYPE_CODES {
  switch (type.kind) {
    case "utf8":
      return type.large ? "largeUtf8" : "utf8";
    case "binary":
      return type.large ? "largeBinary" : "binary";
    case "list":
      return type.large ? "largeList" : "list";
    default:
      return type.kind;
  }
}

function typeFields(type: ArrowType): (FlatField | null)[] {
  switch (type.kind) {
    case "int":
      return [flatInt(type.bits), flatByte(type.signed ? 1 : 0)];
    case "float":
      return [flatShort(Math.log2(type.bits / 16))];
    case "fixedBinary":
      return [flatInt(type.width)];
    case "fixedList":
      return [flatInt(type.size)];
    case "decimal":
      return [flatInt(type.precision), flatInt(type.scale), flatInt(type.bits)];
    case "date":
      return [flatShort(type.unit === "day" ? 0 : 1)];
    case "time":
      return [flatShort(TIME_UNITS.indexOf(type.unit)), flatInt(type.bits)];
    case "timestamp":
      return [
        flatShort(TIME_UNITS.indexOf(type.unit)),
        type.timeZone === null ? null : flatText(type.timeZone),
      ];
    case "interval":
      return [flatShort(INTERVAL_UNITS.indexOf(type.unit))];
    case "duration":
      return [flatShort(TIME_UNITS.indexOf(type.unit))];
    case "map":
      return [flatByte(type.keysSorted ? 1 : 0)];
    case "null":
    case "bool":
    case "utf8":
    case "binary":
    case "list":
    case "struct":
      return [];
  }
}
