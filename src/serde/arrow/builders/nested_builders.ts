import { compile } from "../../../common/compile.ts";
import { eachEntry } from "../../../common/primordials.ts";
import {
  type DataType,
  simpleName,
  type StructType,
} from "../../../types/spark_types.ts";
import {
  type BatchParts,
  ColumnBuilder,
  type ColumnPlace,
} from "./column_builder.ts";
import { RangeBuilder } from "./plain_builders.ts";

// Taken before user code can replace them: it runs between two values.
const { getPrototypeOf, hasOwn, keys, prototype: ROOT } = Object;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const { DataView, Date, Map } = globalThis;

/** Makes the builder of a column within a column. */
export type MakeBuilder = (type: DataType, place: ColumnPlace) => ColumnBuilder;

/** Arrays. */
export class ListBuilder extends RangeBuilder {
  readonly #items: ColumnBuilder;

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param place where it stands
   * @param make makes the column of the elements
   */
  constructor(
    type: Extract<DataType, { kind: "array" }>,
    place: ColumnPlace,
    make: MakeBuilder,
  ) {
    super(type, place);
    const { elementType, containsNull } = type;
    this.#items = make(elementType, this.placeWithin("element", containsNull));
  }

  override get byteLength(): number {
    return 4 * this.length + this.#items.byteLength;
  }

  protected override get end(): number {
    return this.#items.length;
  }

  protected override put(value: unknown): void {
    if (!isList(value)) throw this.mismatch(value, "give an array");
    this.#items.appendAll(value);
    this.mark();
  }

  protected override addBuffers(parts: BatchParts): void {
    this.addOffsets(parts, false);
    this.#items.addTo(parts);
  }

  protected override clearValues(): void {
    this.#items.clear();
  }
}

/** Maps. */
export class MapBuilder extends RangeBuilder {
  readonly #keys: ColumnBuilder;
  readonly #values: ColumnBuilder;
  readonly #takesObjects: boolean;

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param place where it stands
   * @param make makes the columns of keys and values
   */
  constructor(
    type: Extract<DataType, { kind: "map" }>,
    place: ColumnPlace,
    make: MakeBuilder,
  ) {
    super(type, place);
    const { keyType, valueType, valueContainsNull } = type;
    this.#keys = make(keyType, this.placeWithin("key", false));
    this.#values = make(
      valueType,
      this.placeWithin("value", valueContainsNull),
    );
    this.#takesObjects = keyType.kind === "string";
  }

  override get byteLength(): number {
    return 4 * this.length + this.#keys.byteLength + this.#values.byteLength;
  }

  protected override get end(): number {
    return this.#keys.length;
  }

  protected override put(value: unknown): void {
    if (value instanceof Map) {
      eachEntry(value, (item, key) => {
        this.#keys.append(key);
        this.#values.append(item);
      });
    } else if (this.#takesObjects && isPlain(value)) {
      const names = keys(value);
      for (let i = 0; i < names.length; i++) {
        const key = names[i] as string;
        this.#keys.append(key);
        this.#values.append(value[key]);
      }
    } else {
      throw this.mismatch(
        value,
        this.#takesObjects ? "give a Map or a plain object" : "give a Map",
      );
    }
    this.mark();
  }

  protected override addBuffers(parts: BatchParts): void {
    this.addOffsets(parts, false);
    parts.nodes.push(this.#keys.length, 0); // the entries, of which none is null
    parts.buffers.push(new Uint8Array(0));
    this.#keys.addTo(parts);
    this.#values.addTo(parts);
  }

  protected override clearValues(): void {
    this.#keys.clear();
    this.#values.clear();
  }
}

/** Structs, of objects by the names of their fields or of arrays by position. */
export class StructBuilder extends ColumnBuilder {
  readonly #appender: FieldAppender;
  /** The columns of the fields. */
  readonly fields: readonly ColumnBuilder[];

  /**
   * Begins a column without values.
   *
   * @param type its type
   * @param struct names and types of its fields
   * @param place where it stands
   * @param make makes the columns of the fields
   */
  constructor(
    type: DataType,
    struct: StructType,
    place: ColumnPlace,
    make: MakeBuilder,
  ) {
    super(type, place);
    this.fields = struct.fields.map((field) =>
      make(field.type, this.placeWithin(field.name, field.nullable))
    );
    this.#appender = new FieldAppender(this.fields, struct.fieldNames);
  }

  override get byteLength(): number {
    return this.fields.reduce((sum, field) => sum + field.byteLength, 0);
  }

  protected override put(value: unknown): void {
    if (typeof value !== "object" || value === null) {
      throw this.mismatch(value, GIVE_OBJECT);
    }
    if (!this.#appender.append(value)) {
      throw this.mismatch(
        value,
        `it has ${this.fields.length} fields: give an object, or an array with a value for each`,
      );
    }
  }

  protected override putNothing(): void {
    for (let i = 0; i < this.fields.length; i++) this.fields[i]?.appendHidden();
  }

  protected override addBuffers(parts: BatchParts): void {
    for (const field of this.fields) field.addTo(parts);
  }

  protected override clearValues(): void {
    for (const field of this.fields) field.clear();
  }
}

const GIVE_OBJECT = "give an object with its fields";

/** Appends the fields of objects, or the items of arrays, to their columns. */
export class FieldAppender {
  readonly #columns: readonly ColumnBuilder[];
  readonly #names: readonly string[];
  readonly #appendNamed: AppendNamed;

  /**
   * @param columns one for each field
   * @param names of the fields: they are in the code, so that V8 finds each
   *   where it found it before
   */
  constructor(columns: readonly ColumnBuilder[], names: readonly string[]) {
    this.#columns = columns;
    this.#names = names;
    const types = columns.map(({ type }) => simpleName(type)).join();
    this.#appendNamed = compile<AppendNamed>(appendCode(names), [], types);
  }

  /**
   * Appends a value's fields.
   *
   * @param value an object or an array
   * @returns false for an array of another length, and for what has none of
   *   the fields, unless it is a plain object: nothing is appended then
   */
  append(value: object): boolean {
    const columns = this.#columns;
    if (isArray(value)) {
      if (value.length !== columns.length) return false;
      for (let i = 0; i < columns.length; i++) columns[i]?.append(value[i]);
      return true;
    }
    if (value instanceof Map || value instanceof Date) return false;
    if (!isPlain(value) && !hasSome(value, this.#names)) return false;
    this.#appendNamed(columns, value, hasOwn);
    return true;
  }
}

type AppendNamed = (
  columns: readonly ColumnBuilder[],
  fields: object,
  hasOwn: (object: object, name: string) => boolean,
) => void;

function appendCode(names: readonly string[]): string {
  const appends = names.map((name, i) =>
    `columns[${i}].append(${valueCode(name)});`
  );
  return `"use strict";
return function appendFields(columns, fields, hasOwn) {
${appends.join("\n")}
};`;
}

/** Whether an instance of a class is one that has such fields: a promise, a set or a date of Temporal's is none. */
function hasSome(value: object, names: readonly string[]): boolean {
  if (names.length === 0) return true;
  for (let i = 0; i < names.length; i++) {
    if (names[i] as string in value) return true;
  }
  return false;
}

/** What every object inherits is no field of its own. */
function valueCode(name: string): string {
  const text = JSON.stringify(name);
  return name in ROOT
    ? `hasOwn(fields, ${text}) ? fields[${text}] : null`
    : `fields[${text}]`;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return isArray(value) ||
    (isView(value) && !(value instanceof DataView));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const proto: unknown = getPrototypeOf(value);
  return proto === null || proto === ROOT;
}
