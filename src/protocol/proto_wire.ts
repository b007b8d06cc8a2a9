/**
 * The wire format of Protocol Buffers, as far as Spark's state server uses it:
 * numbers, bytes and messages within messages.
 *
 * @module
 */
import { concatBytes } from "../common/concat_bytes.ts";
import { ProtocolError } from "../common/errors.ts";

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const MAX_VARINT_BYTES = 10;
const TEXT = new TextEncoder();

/** A message under way: fields one after the other. */
export type ProtoBytes = Uint8Array<ArrayBuffer>;

/** A number as a field; nothing for 0, which is what a reader finds for none. */
export function numberField(field: number, value: number | bigint): ProtoBytes {
  const long = BigInt.asUintN(64, BigInt(value));
  if (long === 0n) return new Uint8Array(0);
  return concatBytes([varint(field << 3 | VARINT), varint(long)]);
}

/** Bytes, or a message, as a field. */
export function bytesField(field: number, bytes: Uint8Array): ProtoBytes {
  return concatBytes([
    varint(field << 3 | LENGTH_DELIMITED),
    varint(bytes.length),
    bytes,
  ]);
}

/** A text as a field; nothing for an empty one. */
export function textField(field: number, text: string): ProtoBytes {
  return text === "" ? new Uint8Array(0) : bytesField(field, TEXT.encode(text));
}

/** A message as a field, of its own fields. */
export function messageField(
  field: number,
  ...fields: readonly Uint8Array[]
): ProtoBytes {
  return bytesField(field, concatBytes(fields));
}

/** The fields of a message that came. */
export class ProtoFields {
  readonly #numbers = new Map<number, bigint>();
  readonly #bytes = new Map<number, Uint8Array[]>();

  /**
   * Reads all fields.
   *
   * @param message the bytes, over which those of the fields lie
   * @throws ProtocolError `PROTO_MALFORMED`
   */
  constructor(message: Uint8Array) {
    const reader = new VarintReader(message);
    while (!reader.isAtEnd) {
      const tag = Number(reader.varint());
      const field = Math.floor(tag / 8);
      if (field < 1) throw malformed("a field has no number");
      switch (tag % 8) {
        case VARINT:
          this.#numbers.set(field, reader.varint());
          break;
        case LENGTH_DELIMITED: {
          const list = this.#bytes.get(field) ?? [];
          list.push(reader.bytes());
          this.#bytes.set(field, list);
          break;
        }
        default:
          throw malformed(`field ${field} is of kind ${tag % 8}`);
      }
    }
  }

  /** A number of 64 bits, with its sign; 0 for none. */
  long(field: number): bigint {
    return BigInt.asIntN(64, this.#numbers.get(field) ?? 0n);
  }

  /** A number that is exact as one. @throws ProtocolError `PROTO_MALFORMED` */
  number(field: number): number {
    const value = Number(this.long(field));
    if (Number.isSafeInteger(value)) return value;
    throw malformed(`field ${field} is ${value}`);
  }

  /** Bytes; none for none. */
  bytes(field: number): Uint8Array {
    return this.#bytes.get(field)?.at(-1) ?? new Uint8Array(0);
  }

  /** All bytes of a field that may come several times. */
  allBytes(field: number): readonly Uint8Array[] {
    return this.#bytes.get(field) ?? [];
  }

  /** All messages of a field that may come several times. */
  allMessages(field: number): ProtoFields[] {
    return this.allBytes(field).map((bytes) => new ProtoFields(bytes));
  }

  /** A text. */
  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }
}

class VarintReader {
  readonly #message: Uint8Array;
  #at = 0;

  constructor(message: Uint8Array) {
    this.#message = message;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#message.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.#message[this.#at++];
      if (byte === undefined) throw malformed("it ends within a number");
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed(`a number has more than ${MAX_VARINT_BYTES} bytes`);
  }

  bytes(): Uint8Array {
    const length = Number(this.varint());
    const end = this.#at + length;
    if (end > this.#message.length) throw malformed("it ends within a field");
    const bytes = this.#message.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }
}

function varint(value: number | bigint): ProtoBytes {
  const bytes: number[] = [];
  for (let left = BigInt(value);; left >>= 7n) {
    const low = Number(left & 0x7fn);
    if (left < 0x80n) {
      bytes.push(low);
      return Uint8Array.from(bytes);
    }
    bytes.push(low | 0x80);
  }
}

function malformed(what: string): ProtocolError {
  return new ProtocolError(
    "PROTO_MALFORMED",
    `Cannot read a message of the state server: ${what}; driver and executors run different Sparks`,
    { what },
  );
}
