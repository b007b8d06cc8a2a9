import { ProtocolError } from "../common/errors.ts";
import { collationName, collationProvider } from "./collation.ts";
import { intervalType } from "./interval_type.ts";
import {
  jsonText,
  metadataJson,
  parseJsonExactly,
  withoutEntry,
} from "./metadata_json.ts";
import {
  ATOMIC_TYPES,
  type AtomicType,
  type Metadata,
  type NanosecondTimestampType,
  NO_METADATA,
  type PlainField,
  type PlainStruct,
  type PlainType,
} from "./plain_type.ts";
import { typeName } from "./type_text.ts";

/** Deepest nesting of types: deeper ones are no schema of a person's. */
export const MAX_TYPE_DEPTH = 100;

const COLLATIONS = "__COLLATIONS";
const NO_COLLATIONS: ReadonlyMap<string, string> = new Map();

/**
 * Writes a type as Spark does.
 *
 * Peer: `DataType.json`.
 * Layout: names of types without parameters, `{"type":"array",…}` for others;
 *   collations of a field's strings stand in its metadata under
 *   `__COLLATIONS`, by the path from its name.
 */
export function typeJson(type: PlainType): string {
  return writeType(type, null, "");
}

/**
 * Reads a type as Spark writes it.
 *
 * @param json the JSON text
 * @throws ProtocolError `SCHEMA_INVALID` for anything else
 */
export function parseTypeJson(json: string): PlainType {
  return readType(parseJson(json));
}

/** As {@link parseTypeJson}, of a value that JSON's parser made. */
export function readType(value: unknown): PlainType {
  return readPart(value, 0, NO_COLLATIONS, "");
}

/** @param collations where to put collations by their path, within a field */
function writeType(
  type: PlainType,
  collations: Map<string, string> | null,
  path: string,
): string {
  switch (type.kind) {
    case "array":
      return `{"type":"array","elementType":${
        writeType(type.elementType, collations, `${path}.element`)
      },"containsNull":${type.containsNull}}`;
    case "map":
      return `{"type":"map","keyType":${
        writeType(type.keyType, collations, `${path}.key`)
      },"valueType":${
        writeType(type.valueType, collations, `${path}.value`)
      },"valueContainsNull":${type.valueContainsNull}}`;
    case "struct":
      return `{"type":"struct","fields":[${
        type.fields.map(writeField).join(",")
      }]}`;
    case "udt":
      return `{"type":"udt",${
        Object.entries(type.classes).map(([name, value]) =>
          `${jsonText(name)}:${JSON.stringify(value)},`
        ).join("")
      }"sqlType":${typeJson(type.sqlType)}}`;
    case "string":
    case "char":
    case "varchar": {
      const { collation, ...plain } = type;
      if (collations === null || collation === undefined) break;
      if (collation === "UTF8_BINARY") break; // said, and the rule
      collations.set(path, `${collationProvider(collation)}.${collation}`);
      return jsonText(typeName(plain));
    }
    case "geometry":
      return jsonText(`geometry(${type.crs})`);
    case "geography":
      return jsonText(`geography(${type.crs}, SPHERICAL)`);
  }
  return jsonText(typeName(type));
}

function writeField({ name, type, nullable, metadata }: PlainField): string {
  const collations = new Map<string, string>();
  const typeText = writeType(type, collations, name);
  const said = metadataJson(metadata);
  const all = collations.size === 0
    ? said
    : `${said.slice(0, -1)}${said === "{}" ? "" : ","}"${COLLATIONS}":${
      metadataJson(Object.fromEntries(collations))
    }}`;
  return `{"name":${
    jsonText(name)
  },"type":${typeText},"nullable":${nullable},"metadata":${all}}`;
}

function parseJson(json: string): unknown {
  try {
    const hasMetadata = /"metadata"\s*:\s*\{\s*[^\s}]/.test(json);
    return hasMetadata ? parseJsonExactly(json) : JSON.parse(json);
  } catch (cause) {
    throw invalidJson("it is no JSON", cause);
  }
}

/** @param collations of strings, by their path from the field that they are in */
function readPart(
  value: unknown,
  depth: number,
  collations: ReadonlyMap<string, string>,
  path: string,
): PlainType {
  if (depth > MAX_TYPE_DEPTH) {
    throw invalidJson(`it is over ${MAX_TYPE_DEPTH} types deep`);
  }
  if (typeof value === "string") {
    return withCollation(parseName(value), collations.get(path));
  }
  const object = asObject(value);
  const inner = (member: string, part: string): PlainType =>
    readPart(object[member], depth + 1, collations, `${path}.${part}`);
  switch (object["type"]) {
    case "struct":
      return readStruct(object["fields"], depth);
    case "array":
      return Object.freeze({
        kind: "array",
        elementType: inner("elementType", "element"),
        containsNull: asFlag(object, "containsNull"),
      });
    case "map":
      return Object.freeze({
        kind: "map",
        keyType: inner("keyType", "key"),
        valueType: inner("valueType", "value"),
        valueContainsNull: asFlag(object, "valueContainsNull"),
      });
    case "udt": {
      const { type: _, sqlType, ...classes } = object;
      return Object.freeze({
        kind: "udt",
        sqlType: readPart(sqlType, depth + 1, NO_COLLATIONS, ""),
        classes: Object.freeze(classes),
      });
    }
    default:
      return Object.freeze({ kind: "other", name: String(object["type"]) });
  }
}

function readStruct(fields: unknown, depth: number): PlainStruct {
  if (!Array.isArray(fields)) {
    throw invalidJson("a struct has no list of fields");
  }
  return Object.freeze({
    kind: "struct",
    fields: fields.map((field) => readField(asObject(field), depth)),
  });
}

function readField(
  field: Readonly<Record<string, unknown>>,
  depth: number,
): PlainField {
  const { name, type, nullable = true } = field;
  if (typeof name !== "string") throw invalidJson("a field has no name");
  const said = asObject(field["metadata"] ?? NO_METADATA) as Metadata;
  const collations = said[COLLATIONS];
  return {
    name,
    type: readPart(type, depth + 1, readCollations(collations), name),
    nullable: asFlag({ nullable }, "nullable"),
    metadata: collations === undefined ? said : withoutEntry(said, COLLATIONS),
  };
}

/** A type that has a name only. */
function parseName(name: string): PlainType {
  const atomic = ATOMIC_TYPES.get(name);
  if (atomic !== undefined) return atomic;
  return readPlain(name) ?? readSized(name) ?? readSpatial(name) ??
    intervalType(name) ?? Object.freeze({ kind: "other", name });
}

function readPlain(name: string): PlainType | undefined {
  switch (name) {
    case "string":
      return Object.freeze({ kind: "string" });
    case "decimal":
      return Object.freeze({ kind: "decimal", precision: 10, scale: 0 });
    case "null":
      return ATOMIC_TYPES.get("void");
    case "timestamp_ltz":
      return ATOMIC_TYPES.get("timestamp");
    default:
      return undefined;
  }
}

function readSized(name: string): PlainType | undefined {
  const found =
    /^([a-z_]+)(?:\( *(\d{1,10}) *(?:, *(-?\d{1,10}) *)?\))?(?: +collate +(\w+))?$/
      .exec(name);
  if (found === null) return undefined;
  const [, kind, size, scale, collate] = found;
  const collation = collate === undefined
    ? {}
    : { collation: collationName(collate) };
  if (kind === "string" && size === undefined && collate !== undefined) {
    return Object.freeze({ kind, ...collation });
  }
  if (size === undefined) return undefined;
  const first = Number(size);
  if (kind === "decimal" && scale !== undefined) {
    return Object.freeze({ kind, precision: first, scale: Number(scale) });
  }
  if (scale !== undefined) return undefined;
  switch (kind) {
    case "char":
    case "varchar":
      return Object.freeze({ kind, length: first, ...collation });
    case "time":
      return Object.freeze({ kind, precision: first });
    case "timestamp_ltz":
      return nanosecondType("timestamp", first);
    case "timestamp_ntz":
      return nanosecondType("timestamp_ntz", first);
    default:
      return undefined;
  }
}

/** A timestamp of so many digits of a second: of 6 it is the ordinary one. */
export function nanosecondType(
  plain: "timestamp" | "timestamp_ntz",
  precision: number,
): AtomicType | NanosecondTimestampType {
  if (precision === 6) return Object.freeze({ kind: plain });
  const kind = plain === "timestamp"
    ? "timestamp_ltz_nanos"
    : "timestamp_ntz_nanos";
  return Object.freeze({ kind, precision });
}

function readSpatial(name: string): PlainType | undefined {
  const found =
    /^(geometry|geography)(?:\( *(?:(\w+:-?\w+) *)?(?:, *(?=S))?(?:SPHERICAL *)?\))?$/
      .exec(name);
  if (found === null) return undefined;
  const kind = found[1] === "geometry" ? "geometry" : "geography";
  return Object.freeze({ kind, crs: found[2] ?? "OGC:CRS84" });
}

function withCollation(
  type: PlainType,
  collation: string | undefined,
): PlainType {
  if (collation === undefined) return type;
  switch (type.kind) {
    case "string":
    case "char":
    case "varchar":
      return Object.freeze({ ...type, collation });
    default:
      throw invalidJson(`a collation is given to "${typeName(type)}"`);
  }
}

function readCollations(said: unknown): ReadonlyMap<string, string> {
  if (said === undefined) return NO_COLLATIONS;
  return new Map(
    Object.entries(asObject(said)).map(([path, value]) => {
      const name = /^(?:spark|icu)\.(\w+)$/i.exec(String(value))?.[1];
      if (name === undefined) {
        throw invalidJson(`"${String(value)}" is no collation`);
      }
      return [path, name];
    }),
  );
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw invalidJson("a type is neither a name nor an object");
}

function asFlag(
  object: Readonly<Record<string, unknown>>,
  name: string,
): boolean {
  const flag = object[name];
  if (typeof flag === "boolean") return flag;
  throw invalidJson(`"${name}" is neither true nor false`);
}

/** An error about the JSON of a type. */
export function invalidJson(why: string, cause?: unknown): ProtocolError {
  return new ProtocolError(
    "SCHEMA_INVALID",
    `Cannot read a schema: ${why}; the JVM's StructType.json() writes another form`,
    { why },
    { cause },
  );
}
