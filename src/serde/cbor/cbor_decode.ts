import { errorHeadline } from "../../common/error_message.ts";
import { SparkError } from "../../common/errors.ts";
import {
  DEPTH_MAX,
  ERROR_CLASSES,
  SHAPES_MAX,
  TAG_APART,
  TAG_ARRAY_BUFFER,
  TAG_BARE_OBJECT,
  TAG_BIGINT,
  TAG_BIGINT_NEGATIVE,
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
  TAG_WTF8,
  TYPED_ARRAYS,
  type TypedArrayClass,
} from "./cbor_tags.ts";
import { VariantVal } from "../../types/variant_val.ts";
import { CborReader } from "./cbor_reader.ts";
import { MATCH_NAMES } from "../records/own_properties.ts";
import { type RowClass, rowClass, rowNames } from "../records/row.ts";
import { TEMPORAL_NAMES } from "../../common/temporal_names.ts";
import { makeTemporal } from "../records/temporal.ts";
import { readWtf8 } from "./wtf8.ts";

const ROW_CLASSES_KEPT = 256;
const NONE: readonly Uint8Array<ArrayBuffer>[] = [];
const NOTHING = new CborReader(new Uint8Array(0));
const HOLE = 0xe0;
const TYPED_CLASSES = new Map<number, TypedArrayClass>(TYPED_ARRAYS);
const ERROR_PROTOTYPES = new Map<unknown, Error>(
  ERROR_CLASSES.map((made) => [made.name, made.prototype]),
);

/**
 * Reads what `CborEncoder` writes, and refuses all else: the bytes may come
 * from anywhere. Not to be shared between calls that overlap.
 */
export class CborDecoder {
  #in: CborReader = NOTHING;
  #apart: readonly Uint8Array<ArrayBuffer>[] = NONE;
  #nextApart = 0;
  #depth = 0;
  #shapes: (readonly string[])[] = [];
  #rowShapes: RowClass[] = [];
  /** Row classes of earlier messages by their names. */
  readonly #rowClasses: Map<string, RowClass> = new Map();

  /**
   * Reads one value.
   *
   * @param bytes one whole value; nothing of the result refers to them
   * @param apart byte strings that lie apart from them, each with a buffer of
   *   its own, which the result takes over
   * @throws ProtocolError `CBOR_MALFORMED` when they are anything else
   * @throws SparkError `TEMPORAL_MISSING` when they hold what this runtime has no type for
   */
  decode(
    bytes: Uint8Array,
    apart: readonly Uint8Array<ArrayBuffer>[] = NONE,
  ): unknown {
    const reader = this.#in = new CborReader(bytes);
    this.#apart = apart;
    this.#nextApart = 0;
    this.#depth = 0;
    try {
      const value = this.#read();
      if (reader.rest > 0) {
        throw reader.malformed(`${reader.rest} bytes follow the value`);
      }
      if (this.#nextApart < apart.length) {
        throw reader.malformed("not all that lies apart is named");
      }
      return value;
    } catch (error) {
      const isOurs = error instanceof SparkError &&
        ["CBOR_MALFORMED", "TEMPORAL_MISSING"].includes(error.condition);
      throw isOurs ? error : reader.malformed(errorHeadline(error), error);
    } finally {
      this.#in = NOTHING; // keeps neither the bytes nor their strings alive
      this.#apart = NONE;
      this.#shapes.length = 0;
      this.#rowShapes.length = 0;
    }
  }

  #read(): unknown {
    const head = this.#in.peek();
    if (head === undefined) throw this.#in.malformed("the bytes end here");
    switch (head >> 5) {
      case 0:
        if (head === 0x1b) return this.#in.long();
        return this.#in.argument();
      case 1:
        if (head === 0x3b) return -1n - this.#in.long();
        return -1 - this.#in.argument();
      case 2:
        return this.#bytes();
      case 3:
        return this.#in.text(this.#in.argument());
      case 4:
        return this.#array(this.#in.count(1));
      case 5:
        return this.#object({});
      case 6:
        return this.#tagged(this.#in.argument());
      default:
        return this.#simple(head);
    }
  }

  #simple(head: number): unknown {
    if (head !== 0xfb && (head < 0xf4 || head > 0xf7)) {
      throw this.#in.malformed(`no value starts with byte ${head}`);
    }
    this.#in.skip();
    switch (head) {
      case 0xf4:
        return false;
      case 0xf5:
        return true;
      case 0xf6:
        return null;
      case 0xf7:
        return undefined;
      default:
        return this.#in.float();
    }
  }

  #array(count: number): unknown[] {
    this.#enter();
    const values = new Array<unknown>(count);
    for (let i = 0; i < count; i++) {
      if (this.#in.peek() === HOLE) this.#in.skip();
      else values[i] = this.#read();
    }
    this.#depth--;
    return values;
  }

  #object(into: object): object {
    this.#enter();
    const count = this.#in.count(2);
    const record = into as Record<string, unknown>;
    for (let i = 0; i < count; i++) {
      const name = this.#name();
      setOwn(record, name, this.#read());
    }
    this.#depth--;
    return record;
  }

  #shaped(names: readonly string[]): object {
    this.#in.expect(4, "an array of values");
    if (this.#in.count(1) !== names.length) {
      throw this.#in.malformed("values do not match their names");
    }
    this.#enter();
    const record: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i++) {
      setOwn(record, names[i] as string, this.#read());
    }
    this.#depth--;
    return record;
  }

  #row(made: RowClass | undefined): object {
    const values = this.#list("an array of values");
    if (made === undefined) throw this.#in.malformed("row is not defined");
    const row = new made(values);
    if (rowNames(row).length !== values.length) {
      throw this.#in.malformed("values do not match their names");
    }
    return row;
  }

  #rowClass(names: readonly string[]): RowClass {
    const key = JSON.stringify(names);
    let made = this.#rowClasses.get(key);
    if (made === undefined) {
      if (this.#rowClasses.size >= ROW_CLASSES_KEPT) this.#rowClasses.clear();
      this.#rowClasses.set(key, made = rowClass(names));
    }
    return made;
  }

  #names(): string[] {
    this.#in.expect(4, "an array of names");
    const names = new Array<string>(this.#in.count(1));
    for (let i = 0; i < names.length; i++) names[i] = this.#name();
    return names;
  }

  #name(): string {
    const head = this.#in.peek() ?? 0;
    // Nothing that nests: a name within names would go as deep as it likes.
    const name = head >> 5 === 3 || head >> 5 === 6 ? this.#leaf(head) : null;
    if (typeof name !== "string") throw this.#in.malformed("a name is missing");
    return name;
  }

  #tagged(tag: number): unknown {
    if (tag >= TAG_OBJECT && tag < TAG_OBJECT + SHAPES_MAX) {
      const names = this.#shapes[tag - TAG_OBJECT];
      if (names === undefined) throw this.#in.malformed("shape is not defined");
      return this.#shaped(names);
    }
    switch (tag) {
      case TAG_SHAPE: {
        this.#pair();
        const names = this.#names();
        this.#shapes.push(names);
        return this.#shaped(names);
      }
      case TAG_ROW_SHAPE: {
        this.#pair();
        const made = this.#rowClass(this.#names());
        this.#rowShapes.push(made);
        return this.#row(made);
      }
      case TAG_ROW:
        this.#pair();
        this.#in.expect(0, "number of a row shape");
        return this.#row(this.#rowShapes[this.#in.argument()]);
      case TAG_DATE:
        return new Date(this.#numeric());
      case TAG_MAP:
        return this.#map();
      case TAG_SET:
        return new Set(this.#list("an array of members"));
      case TAG_BIGINT:
        return this.#wideBigint();
      case TAG_BIGINT_NEGATIVE:
        return -1n - this.#wideBigint();
      case TAG_WTF8:
        return readWtf8(this.#in.raw());
      case TAG_BARE_OBJECT:
        this.#in.expect(5, "an object");
        return this.#object(Object.create(null));
      case TAG_ARRAY_BUFFER:
        return this.#bytes().buffer;
      case TAG_DATA_VIEW:
        return new DataView(this.#bytes().buffer);
      case TAG_APART:
        return this.#takeApart();
      case TAG_REGEXP:
        return this.#regexp();
      case TAG_ERROR:
        return this.#error();
      case TAG_MATCH:
        return this.#match();
      case TAG_TEMPORAL:
        return this.#temporal();
      case TAG_VARIANT:
        return this.#variant();
      default:
        return this.#typedArray(tag);
    }
  }

  #map(): Map<unknown, unknown> {
    this.#in.expect(5, "a map");
    const count = this.#in.count(2);
    this.#enter();
    const map = new Map<unknown, unknown>();
    for (let i = 0; i < count; i++) {
      const key = this.#read();
      map.set(key, this.#read());
    }
    this.#depth--;
    return map;
  }

  #list(what: string): unknown[] {
    this.#in.expect(4, what);
    return this.#array(this.#in.count(1));
  }

  /** A text, or a tagged one. */
  #leaf(head: number): unknown {
    if (head >> 5 === 3) return this.#in.text(this.#in.argument());
    return this.#in.argument() === TAG_WTF8 ? readWtf8(this.#in.raw()) : null;
  }

  #numeric(): number {
    const major = (this.#in.peek() ?? 0) >> 5;
    const value = major === 6 ? null : this.#read(); // a tag within a tag would go as deep as it likes
    if (typeof value !== "number") {
      throw this.#in.malformed("a number is missing");
    }
    return value;
  }

  #wideBigint(): bigint {
    let hex = "0x0";
    for (const byte of this.#in.raw()) {
      hex += byte.toString(16).padStart(2, "0");
    }
    return BigInt(hex);
  }

  #typedArray(tag: number): ArrayBufferView {
    const made = TYPED_CLASSES.get(tag);
    if (made === undefined) {
      throw this.#in.malformed(`tag ${tag} is not in use`);
    }
    const bytes = this.#bytes();
    if (bytes.length % made.BYTES_PER_ELEMENT !== 0) {
      throw this.#in.malformed(`${bytes.length} bytes make no ${made.name}`);
    }
    return new made(bytes.buffer);
  }

  /** A byte string, here or apart, with a buffer of its own. */
  #bytes(): Uint8Array<ArrayBuffer> {
    const isTagged = (this.#in.peek() ?? 0) >> 5 === 6;
    if (!isTagged) return new Uint8Array(this.#in.raw());
    if (this.#in.argument() === TAG_APART) return this.#takeApart();
    throw this.#in.malformed("a byte string is missing");
  }

  #takeApart(): Uint8Array<ArrayBuffer> {
    this.#in.expect(0, "the length of what lies apart");
    const length = this.#in.argument();
    const bytes = this.#apart[this.#nextApart++];
    if (bytes?.length !== length) {
      throw this.#in.malformed(`${length} bytes do not lie apart`);
    }
    return bytes;
  }

  #regexp(): RegExp {
    const [source, flags, lastIndex] = this.#list("parts of a RegExp");
    if (
      typeof source !== "string" || typeof flags !== "string" ||
      typeof lastIndex !== "number"
    ) {
      throw this.#in.malformed("parts of a RegExp are of other types");
    }
    const made = new RegExp(source, flags);
    made.lastIndex = lastIndex;
    return made;
  }

  #error(): Error {
    const [name, hidden, shown] = this.#list("parts of an Error");
    const proto = ERROR_PROTOTYPES.get(name);
    if (
      proto === undefined || !(hidden instanceof Map) || !(shown instanceof Map)
    ) {
      throw this.#in.malformed("parts of an Error are of other types");
    }
    const error = Object.setPrototypeOf(new Error(), proto) as Error;
    for (const own of Object.getOwnPropertyNames(error)) {
      Reflect.deleteProperty(error, own);
    }
    for (const [key, value] of hidden) define(error, key, value, false);
    for (const [key, value] of shown) define(error, key, value, true);
    return error;
  }

  #match(): unknown[] {
    this.#pair();
    const array = this.#list("an array of matches");
    this.#in.expect(5, "properties of a match");
    this.#enter();
    for (let left = this.#in.count(2); left > 0; left--) {
      const name = this.#name();
      if (!MATCH_NAMES.includes(name)) {
        throw this.#in.malformed(`a match has no property "${name}"`);
      }
      define(array, name, this.#read(), true);
    }
    this.#depth--;
    return array;
  }

  #temporal(): object {
    const [number, ...parts] = this.#list("parts of a Temporal value");
    const name = TEMPORAL_NAMES[number as number];
    if (name === undefined) {
      throw this.#in.malformed("Temporal has no such type");
    }
    return makeTemporal(name, parts);
  }

  #variant(): VariantVal {
    const [value, metadata] = this.#list("parts of a variant");
    if (!(value instanceof Uint8Array) || !(metadata instanceof Uint8Array)) {
      throw this.#in.malformed("parts of a variant are of other types");
    }
    return new VariantVal(value, metadata);
  }

  #pair(): void {
    this.#in.expect(4, "a pair");
    if (this.#in.count(1) !== 2) {
      throw this.#in.malformed("a pair has two parts");
    }
  }

  #enter(): void {
    if (++this.#depth > DEPTH_MAX) {
      throw this.#in.malformed(`values nest deeper than ${DEPTH_MAX} levels`);
    }
  }
}

function setOwn(
  record: Record<string, unknown>,
  name: string,
  value: unknown,
): void {
  if (name === "__proto__") define(record, name, value, true);
  else record[name] = value;
}

/** Sets a property past any setter. */
function define(
  owner: object,
  name: string,
  value: unknown,
  enumerable: boolean,
): void {
  Object.defineProperty(owner, name, {
    value,
    enumerable,
    writable: true,
    configurable: true,
  });
}
