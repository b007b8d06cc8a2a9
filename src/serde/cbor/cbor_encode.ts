import { types } from "node:util";
import { isError } from "../../common/describe_value.ts";
import { VariantVal } from "../../types/variant_val.ts";
import {
  APART_BYTES,
  DEPTH_MAX,
  ERROR_CLASSES,
  SHAPE_NAMES_MAX,
  SHAPES_MAX,
  TAG_APART,
  TAG_ARRAY_BUFFER,
  TAG_BARE_OBJECT,
  TAG_DATA_VIEW,
  TAG_DATE,
  TAG_ERROR,
  TAG_MAP,
  TAG_MATCH,
  TAG_OBJECT,
  TAG_REGEXP,
  TAG_ROW,
  TAG_ROW_SHAPE,
  TAG_SET,
  TAG_SHAPE,
  TAG_TEMPORAL,
  TAG_VARIANT,
  TYPED_ARRAYS,
} from "./cbor_tags.ts";
import { proxyRefusal, refusal, Unwritable } from "./cbor_refusal.ts";
import { CborWriter } from "./cbor_writer.ts";
import { LIST_LIKE, type ListLike } from "../records/list_like.ts";
import {
  hasOnlyColumns,
  hasOnlyElements,
  isAllShown,
  isBare,
  isRealmsRoot,
  matchNames,
  strayProperty,
  viewHasOnlyElements,
} from "../records/own_properties.ts";
import { isRow, type Row, rowNames, rowValues } from "../records/row.ts";
import {
  TEMPORAL_NAMES,
  type TemporalName,
} from "../../common/temporal_names.ts";
import { temporalName, temporalParts } from "../records/temporal.ts";

const ERROR_NAMES = new Map<object, string>(
  ERROR_CLASSES.map((made) => [made.prototype, made.name]),
);
const TYPED_TAGS = new Map<object, number>(
  TYPED_ARRAYS.map(([tag, made]) => [made.prototype, tag]),
);

/** A step in the tree of names, in the order in which objects have them. */
interface Shape {
  /** Number within the message, -1 as long as no object ended here. */
  id: number;
  /** All names from the root to here, once an object ended here. */
  names: readonly string[];
  readonly next: Map<string, Shape>;
}

/**
 * Writes values as CBOR, see `cbor_tags.ts`. Not to be shared between calls
 * that overlap.
 */
export class CborEncoder {
  readonly #out: CborWriter;
  #apart: Uint8Array[] | null = null;
  #depth = 0;
  #shapes: Shape = newShape();
  #shapeCount = 0;
  /** The shape last seen at each depth: most often that of the next object there. */
  #guesses: (Shape | undefined)[] = [];
  #rowShapes: Map<readonly string[], number> = new Map();

  /**
   * Makes an encoder.
   *
   * @param limit most bytes of one value; what an int can say the length of by default
   */
  constructor(limit?: number) {
    this.#out = new CborWriter(limit);
  }

  /**
   * Writes one value.
   *
   * @param value what to write
   * @param lead a byte to put before it
   * @param apart gets the large byte strings, which the bytes only name then;
   *   null: there are none apart
   * @returns a view that stays valid until the next call
   * @throws SparkError `RECORD_NOT_SERIALIZABLE` with the path to the culprit
   */
  encode(
    value: unknown,
    lead?: number,
    apart: Uint8Array[] | null = null,
  ): Uint8Array {
    this.#reset();
    this.#apart = apart;
    if (lead !== undefined) this.#out.byte(lead);
    try {
      this.#write(value);
    } catch (error) {
      throw isError(error) && error instanceof Unwritable
        ? refusal(value, error.culprit, error.property)
        : proxyRefusal(value) ?? error;
    } finally {
      this.#apart = null;
    }
    return this.#out.view();
  }

  #reset(): void {
    this.#out.clear();
    this.#depth = 0;
    if (this.#shapeCount > 0) {
      this.#shapes = newShape();
      this.#shapeCount = 0;
    }
    this.#guesses.length = 0;
    if (this.#rowShapes.size > 0) this.#rowShapes.clear();
  }

  #write(value: unknown): void {
    switch (typeof value) {
      case "string":
        return this.#out.string(value);
      case "number":
        return this.#out.number(value);
      case "object":
        return value === null ? this.#out.byte(0xf6) : this.#object(value);
      case "boolean":
        return this.#out.byte(value ? 0xf5 : 0xf4);
      case "undefined":
        return this.#out.byte(0xf7);
      case "bigint":
        return this.#out.bigint(value);
      case "function":
      case "symbol":
        throw new Unwritable(value);
    }
  }

  #object(value: object): void {
    if (++this.#depth > DEPTH_MAX) throw new Unwritable(value);
    const proto: object | null = Object.getPrototypeOf(value);
    if (Array.isArray(value)) {
      if (proto !== Array.prototype && !isForeignArray(proto)) {
        throw new Unwritable(value);
      }
      if (hasOnlyElements(value)) this.#array(value);
      else this.#match(value);
    } else if (proto === Object.prototype) this.#plain(value);
    else if (value instanceof Date) this.#date(value, proto);
    else if (value instanceof Map) this.#map(value, proto);
    else if (value instanceof Set) this.#set(value, proto);
    else if (ArrayBuffer.isView(value)) this.#bufferView(value, proto ?? {});
    else if (isRow(value)) this.#row(value);
    else this.#rare(value, proto);
    this.#depth--;
  }

  #array(array: readonly unknown[]): void {
    const length = array.length;
    this.#out.head(0x80, length);
    for (let i = 0; i < length; i++) {
      const value = array[i];
      if (value === undefined && !(i in array)) this.#out.byte(0xe0);
      else this.#write(value);
    }
  }

  #match(array: readonly unknown[]): void {
    refuseStray(array);
    const names = matchNames(array);
    if (!names.includes("groups")) return this.#array(array); // a proxy's others
    this.#out.tag(TAG_MATCH);
    this.#out.byte(0x82);
    this.#array(array);
    this.#entries(array as unknown as Record<string, unknown>, names);
  }

  /** Item by item: it may be larger than memory. */
  #list(list: ListLike): void {
    this.#out.head(0x80, list.length);
    for (const item of list) this.#write(item);
  }

  #plain(object: object): void {
    const record = object as Record<string, unknown>;
    const guess = this.#guesses[this.#depth];
    if (guess !== undefined && hasNames(record, guess.names)) {
      if (!isAllShown(record, guess.names.length)) refuseStray(record);
      return this.#shaped(record, guess);
    }
    const names = Object.keys(record);
    if (!isAllShown(record, names.length)) refuseStray(record);
    const shape = names.length > SHAPE_NAMES_MAX
      ? undefined
      : this.#findShape(names);
    if (shape === undefined) return this.#entries(record, names);
    this.#guesses[this.#depth] = shape;
    if (shape.id >= 0) return this.#shaped(record, shape);
    shape.id = this.#shapeCount++;
    shape.names = names;
    this.#out.tag(TAG_SHAPE);
    this.#out.byte(0x82);
    this.#array(names);
    this.#out.head(0x80, names.length);
    for (const name of names) this.#write(record[name]);
  }

  /** The shape with these names, undefined when there is no place for another. */
  #findShape(names: readonly string[]): Shape | undefined {
    const isFull = this.#shapeCount >= SHAPES_MAX;
    let shape = this.#shapes;
    for (const name of names) {
      let next = shape.next.get(name);
      if (next === undefined) {
        if (isFull) return undefined;
        shape.next.set(name, next = newShape());
      }
      shape = next;
    }
    return shape.id < 0 && isFull ? undefined : shape;
  }

  #shaped(record: Record<string, unknown>, shape: Shape): void {
    const names = shape.names;
    this.#out.tag(TAG_OBJECT + shape.id);
    this.#out.head(0x80, names.length);
    for (let i = 0; i < names.length; i++) {
      this.#write(record[names[i] as string]);
    }
  }

  #entries(record: Record<string, unknown>, names: readonly string[]): void {
    this.#out.head(0xa0, names.length);
    for (const name of names) {
      this.#out.string(name);
      this.#write(record[name]);
    }
  }

  #date(date: Date, proto: unknown): void {
    if (proto !== Date.prototype) throw new Unwritable(date);
    if (!isBare(date)) refuseStray(date);
    this.#out.tag(TAG_DATE);
    this.#out.number(date.getTime());
  }

  #map(map: ReadonlyMap<unknown, unknown>, proto: unknown): void {
    if (proto !== Map.prototype) throw new Unwritable(map);
    if (!isBare(map)) refuseStray(map);
    this.#out.tag(TAG_MAP);
    this.#out.head(0xa0, map.size);
    for (const [key, value] of map) {
      this.#write(key);
      this.#write(value);
    }
  }

  #set(set: ReadonlySet<unknown>, proto: unknown): void {
    if (proto !== Set.prototype) throw new Unwritable(set);
    if (!isBare(set)) refuseStray(set);
    this.#out.tag(TAG_SET);
    this.#out.head(0x80, set.size);
    for (const value of set) this.#write(value);
  }

  #bufferView(view: ArrayBufferView, proto: object): void {
    if (!viewHasOnlyElements(view)) refuseStray(view);
    const bytes = new Uint8Array(
      view.buffer,
      view.byteOffset,
      view.byteLength,
    );
    const tag = TYPED_TAGS.get(proto);
    if (tag !== undefined) this.#out.tag(tag);
    else if (proto === DataView.prototype) this.#out.tag(TAG_DATA_VIEW);
    else if (!(view instanceof Uint8Array)) throw new Unwritable(view);
    this.#bytes(bytes); // a subclass of Uint8Array, such as Node's Buffer, comes back as Uint8Array
  }

  #bytes(bytes: Uint8Array): void {
    const isApart = this.#apart !== null && bytes.length >= APART_BYTES &&
      bytes.length < 2 ** 32 && isPlainBuffer(bytes.buffer);
    if (!isApart) return this.#out.raw(bytes);
    this.#out.tag(TAG_APART);
    this.#out.head(0, bytes.length);
    this.#apart?.push(bytes);
  }

  #row(row: Row): void {
    if (!hasOnlyColumns(row)) refuseStray(row);
    const names = rowNames(row);
    const id = this.#rowShapes.get(names);
    if (id === undefined) {
      this.#rowShapes.set(names, this.#rowShapes.size);
      this.#out.tag(TAG_ROW_SHAPE);
      this.#out.byte(0x82);
      this.#array(names);
    } else {
      this.#out.tag(TAG_ROW);
      this.#out.byte(0x82);
      this.#out.head(0, id);
    }
    this.#array(rowValues(row));
  }

  #rare(value: object, proto: object | null): void {
    if (LIST_LIKE in value) return this.#list(value as object as ListLike);
    const temporal = temporalName(proto);
    if (temporal !== undefined) return this.#temporal(temporal, value);
    if (proto !== null && isRealmsRoot(proto)) return this.#plain(value);
    const error = proto === null ? undefined : ERROR_NAMES.get(proto);
    if (proto === null) this.#bare(value);
    else if (error !== undefined) this.#error(value, error);
    else if (value instanceof ArrayBuffer && proto === ArrayBuffer.prototype) {
      refuseStray(value);
      this.#out.tag(TAG_ARRAY_BUFFER);
      this.#bytes(new Uint8Array(value));
    } else if (value instanceof RegExp && proto === RegExp.prototype) {
      refuseStray(value);
      this.#out.tag(TAG_REGEXP);
      this.#array([value.source, value.flags, value.lastIndex]);
    } else if (proto === VariantVal.prototype) {
      refuseStray(value);
      const { value: bytes, metadata } = value as VariantVal;
      this.#out.tag(TAG_VARIANT);
      this.#array([bytes, metadata]);
    } else throw new Unwritable(value);
  }

  /** An object without a prototype. */
  #bare(object: object): void {
    refuseStray(object);
    this.#out.tag(TAG_BARE_OBJECT);
    this.#entries(object as Record<string, unknown>, Object.keys(object));
  }

  #temporal(name: TemporalName, value: object): void {
    if (!isBare(value)) refuseStray(value);
    const parts = temporalParts(name, value);
    this.#out.tag(TAG_TEMPORAL);
    this.#array([TEMPORAL_NAMES.indexOf(name), ...parts]);
  }

  #error(error: object, name: string): void {
    refuseStray(error);
    const hidden = new Map<string, unknown>();
    const shown = new Map<string, unknown>();
    for (const key of Object.getOwnPropertyNames(error)) {
      const isShown = Object.prototype.propertyIsEnumerable.call(error, key);
      (isShown ? shown : hidden).set(key, Reflect.get(error, key));
    }
    this.#out.tag(TAG_ERROR);
    this.#array([name, hidden, shown]);
  }
}

/** A proxy is taken for what it shows. */
function refuseStray(value: object): void {
  const stray = types.isProxy(value) ? null : strayProperty(value);
  if (stray !== null) throw new Unwritable(value, stray);
}

function newShape(): Shape {
  return { id: -1, names: [], next: new Map() };
}

/** Whether these are an object's own enumerable names, in this order. */
function hasNames(record: object, names: readonly string[]): boolean {
  let count = 0;
  for (const name in record) {
    if (name !== names[count++]) return false; // also where Object.prototype has gained names
  }
  return count === names.length;
}

/** Whether system calls take it: neither shared nor resizable. */
function isPlainBuffer(buffer: ArrayBufferLike): boolean {
  return buffer instanceof ArrayBuffer && !buffer.resizable;
}

function isForeignArray(proto: object | null): boolean {
  return proto !== null && Array.isArray(proto) &&
    isRealmsRoot(Object.getPrototypeOf(proto) ?? {});
}
