import { ProtocolError } from "../../common/errors.ts";
import { PickleClass, pickleClass } from "./pickle_classes.ts";
import { OP } from "./pickle_opcodes.ts";
import { Utf8Text } from "../records/utf8_text.ts";

const HIGHEST_PROTOCOL = 5;
const INTEGER_BYTES = 1 << 16; // of one integer; reading a longer one takes more than linear time
const NAME_BYTES = 256; // of a class

/**
 * Reads the records of a frame that the JVM pickled for Python.
 *
 * Peer: `SerDeUtil.AutoBatchedPickler`, `SerDeUtil.pairRDDToPython`, Spark 3.5 – 4.3.
 * Layout: a pickle of a tuple or list of the records, a pair as a tuple of two.
 *
 * @param frame the pickle; the records do not refer to it
 * @throws ProtocolError as {@link readPickle}
 */
export function readPickledBatch(frame: Uint8Array): unknown[] {
  const records = readPickle(frame);
  if (Array.isArray(records)) return records;
  throw malformed(frame.length, "holds no list of records", 0);
}

/**
 * Reads a pickle of plain data. It runs no code: of the names in a pickle only
 * those of `pickleClass` are followed.
 *
 * None, bool and str come as null, boolean and string; int as number within
 * ±2^53 and as bigint beyond, float as number; bytes and bytearray as
 * `Uint8Array`, list and tuple as array, dict as `Map`, set as `Set`;
 * `array.array` as `Int16Array`, `Int32Array`, `BigInt64Array`, `Float32Array`
 * or `Float64Array`; `Decimal` as its text and `date` as `Date`.
 *
 * @param bytes one pickle, of protocol 2
 * @returns the value; what the pickle shares between places is shared here too
 * @throws ProtocolError `PICKLE_MALFORMED`, `TEXT_MALFORMED`, or `PICKLE_UNSUPPORTED` for other data
 */
export function readPickle(bytes: Uint8Array): unknown {
  return new PickleMachine(bytes).run();
}

function malformed(length: number, what: string, at: number): ProtocolError {
  return new ProtocolError(
    "PICKLE_MALFORMED",
    `Cannot read a pickle of ${length} bytes: it ${what}, at byte ${at}`,
    { length, at },
  );
}

function unsupported(what: string): ProtocolError {
  return new ProtocolError(
    "PICKLE_UNSUPPORTED",
    `Cannot read a pickle: it holds ${what}, which has no form here; give a keyConverter or valueConverter that makes numbers, strings, bytes, lists or maps of it`,
    { what },
  );
}

/** How many elements making a copy of a value takes. */
function sizeOf(value: unknown): number {
  const isLong = typeof value === "string" || Array.isArray(value) ||
    value instanceof Uint8Array;
  return isLong ? value.length : 0;
}

/** The stack machine that a pickle is a program for. */
class PickleMachine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #text: Utf8Text;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
  #at = 0;
  /** Elements that classes may still be given: each takes a byte, but a value may be named again in a few. */
  #budget: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#text = new Utf8Text(bytes);
    this.#budget = bytes.length;
  }

  run(): unknown {
    for (;;) {
      const op = this.#byte();
      if (op === OP.STOP) return this.#end();
      this.#step(op);
    }
  }

  #end(): unknown {
    const value = this.#pop();
    if (this.#stack.length > 0 || this.#marks.length > 0) {
      throw this.#malformed("ends with values left over");
    }
    if (this.#at < this.#bytes.length) {
      throw this.#malformed("goes on after its end");
    }
    return value;
  }

  #step(op: number): void {
    switch (op) {
      case OP.PROTO:
        return this.#protocol();
      case OP.MARK:
        this.#marks.push(this.#stack.length);
        return;
      case OP.NONE:
        return this.#push(null);
      case OP.NEWTRUE:
        return this.#push(true);
      case OP.NEWFALSE:
        return this.#push(false);
      case OP.BININT:
        return this.#push(this.#view.getInt32(this.#take(4), true));
      case OP.BININT1:
        return this.#push(this.#byte());
      case OP.BININT2:
        return this.#push(this.#view.getUint16(this.#take(2), true));
      case OP.LONG1:
        return this.#push(this.#integer(this.#byte()));
      case OP.LONG4:
        return this.#push(this.#integer(this.#length()));
      case OP.BINFLOAT:
        return this.#push(this.#view.getFloat64(this.#take(8)));
      case OP.BINUNICODE:
        return this.#push(this.#string(this.#length()));
      case OP.SHORT_BINSTRING:
        return this.#push(this.#latin1(this.#byte()));
      case OP.BINSTRING:
        return this.#push(this.#latin1(this.#length()));
      case OP.SHORT_BINBYTES:
        return this.#push(this.#slice(this.#byte()));
      case OP.BINBYTES:
        return this.#push(this.#slice(this.#length()));
      case OP.EMPTY_TUPLE:
      case OP.EMPTY_LIST:
        return this.#push([]);
      case OP.TUPLE1:
        return this.#push(this.#popMany(1));
      case OP.TUPLE2:
        return this.#push(this.#popMany(2));
      case OP.TUPLE3:
        return this.#push(this.#popMany(3));
      case OP.TUPLE:
        return this.#push(this.#popToMark());
      case OP.APPEND:
        return this.#append(this.#popMany(1));
      case OP.APPENDS:
        return this.#append(this.#popToMark());
      case OP.EMPTY_DICT:
        return this.#push(new Map());
      case OP.SETITEM:
        return this.#setItems(this.#popMany(2));
      case OP.SETITEMS:
        return this.#setItems(this.#popToMark());
      case OP.BINPUT:
        return this.#put(this.#byte());
      case OP.LONG_BINPUT:
        return this.#put(this.#length());
      case OP.BINGET:
        return this.#get(this.#byte());
      case OP.LONG_BINGET:
        return this.#get(this.#length());
      case OP.GLOBAL:
        return this.#push(this.#class());
      case OP.REDUCE:
        return this.#reduce();
      default:
        throw unsupported(
          `the operation 0x${op.toString(16).padStart(2, "0")} at byte ${
            this.#at - 1
          }`,
        );
    }
  }

  #protocol(): void {
    const version = this.#byte();
    if (version > HIGHEST_PROTOCOL) throw unsupported(`protocol ${version}`);
  }

  /** A little-endian integer in two's complement. */
  #integer(length: number): number | bigint {
    if (length > INTEGER_BYTES) {
      throw unsupported(`an integer of ${length} bytes`);
    }
    const start = this.#take(length);
    if (length === 0) return 0;
    let hex = "";
    for (let i = start + length - 1; i >= start; i--) {
      hex += (this.#bytes[i] ?? 0).toString(16).padStart(2, "0");
    }
    const value = BigInt.asIntN(8 * length, BigInt(`0x${hex}`));
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  #string(length: number): string {
    const start = this.#take(length);
    return this.#text.read(start, start + length);
  }

  #latin1(length: number): string {
    const start = this.#take(length);
    let text = "";
    for (let i = start; i < start + length; i++) {
      text += String.fromCharCode(this.#bytes[i] ?? 0);
    }
    return text;
  }

  #slice(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.slice(start, start + length);
  }

  #append(items: readonly unknown[]): void {
    const list = this.#peek();
    if (!Array.isArray(list)) throw this.#malformed("appends to no list");
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly unknown[]): void {
    const map = this.#peek();
    if (!(map instanceof Map) || items.length % 2 !== 0) {
      throw this.#malformed("sets items of no dict");
    }
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  }

  #class(): PickleClass {
    const name = `${this.#line()}.${this.#line()}`;
    const found = pickleClass(name);
    if (found === undefined) throw unsupported(`a "${name}"`);
    return found;
  }

  #line(): string {
    const start = this.#at;
    const end = this.#bytes.subarray(start, start + NAME_BYTES).indexOf(0x0a);
    if (end < 0) throw this.#malformed("names a class without an end");
    const name = this.#string(end);
    this.#at++;
    return name;
  }

  #reduce(): void {
    const args = this.#pop();
    const made = this.#popAny();
    if (!(made instanceof PickleClass) || !Array.isArray(args)) {
      throw this.#malformed("calls what is no class");
    }
    for (const arg of args) this.#budget -= sizeOf(arg);
    if (this.#budget < 0) throw this.#malformed("copies more than it holds");
    const value = made.make(args);
    if (value === undefined) {
      throw unsupported(`a "${made.name}" of other arguments`);
    }
    this.#push(value);
  }

  #put(index: number): void {
    this.#memo.set(index, this.#peek());
  }

  #get(index: number): void {
    if (!this.#memo.has(index)) {
      throw this.#malformed(`refers to value ${index}, which it does not have`);
    }
    this.#push(this.#memo.get(index));
  }

  #push(value: unknown): void {
    this.#stack.push(value);
  }

  #peek(): unknown {
    if (this.#stack.length <= this.#floor()) {
      throw this.#malformed("takes a value that it does not have");
    }
    return this.#stack[this.#stack.length - 1];
  }

  #pop(): unknown {
    return this.#popMany(1)[0];
  }

  /** The topmost value, which may be a class. */
  #popAny(): unknown {
    const value = this.#peek();
    this.#stack.length--;
    return value;
  }

  #popMany(count: number): unknown[] {
    if (this.#stack.length < this.#floor() + count) {
      throw this.#malformed("takes a value that it does not have");
    }
    return this.#plain(this.#stack.splice(-count));
  }

  #popToMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.#malformed("closes what is not open");
    return this.#plain(this.#stack.splice(mark));
  }

  #plain(values: unknown[]): unknown[] {
    for (const value of values) {
      if (value instanceof PickleClass) {
        throw unsupported(`the class "${value.name}" itself`);
      }
    }
    return values;
  }

  /** Values below the last mark are out of reach. */
  #floor(): number {
    return this.#marks[this.#marks.length - 1] ?? 0;
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0;
  }

  /** A length or index of 32 bits, little-endian. */
  #length(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Moves past some bytes. */
  #take(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start) {
      throw this.#malformed("ends too early");
    }
    this.#at += count;
    return start;
  }

  #malformed(what: string): ProtocolError {
    return malformed(this.#bytes.length, what, this.#at);
  }
}
