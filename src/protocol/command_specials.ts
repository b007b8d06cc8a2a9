import { addExtension } from "cbor-x/index-no-eval";
import { describeValue } from "../common/describe_value.ts";
import { ProtocolError } from "../common/errors.ts";

/** Most levels of objects, arrays and tags within each other. */
export const MAX_COMMAND_DEPTH = 64;

/** Tags of values that cbor-x would change; no registered tag has these numbers. */
export const TAGS = {
  /** -0, over the number 0. */
  negativeZero: 1401,
  /** A text that UTF-8 cannot carry or that begins with U+FEFF, over its form in JSON, which is pure ASCII there. */
  text: 1402,
  /** A bigint beyond 64 bits, over its hexadecimal digits. */
  bigint: 1403,
} as const;

/** The error of a value, or of bytes, beyond the limit. */
export function commandTooLarge(bytes: number, limit: number): ProtocolError {
  return new ProtocolError(
    "COMMAND_TOO_LARGE",
    `Cannot send functions with ${bytes} bytes of code and captured values: at most ${limit} bytes go with a job; put large values into broadcasts, or read them in the function`,
    { bytes, limit },
  );
}

/**
 * Replaces what cbor-x would change by values that it keeps.
 *
 * @param value what is to be encoded; it is copied where something is replaced
 * @param limit how many bytes it may take at least
 * @throws ProtocolError `COMMAND_NOT_ENCODABLE`, `COMMAND_TOO_LARGE`
 */
export function keepExact(value: unknown, limit: number): unknown {
  return new Keeper(limit).keep(value, MAX_COMMAND_DEPTH);
}

/** Stands for -0. */
class NegativeZero {}

/** Stands for a text, as JSON. */
class JsonText {
  readonly json: string;
  constructor(text: string) {
    this.json = JSON.stringify(text);
  }
}

/** Stands for a bigint, as digits. */
class HexBigint {
  readonly digits: string;
  constructor(value: bigint) {
    this.digits = value.toString(16);
  }
}

const NEGATIVE_ZERO = new NegativeZero();
const MOST_64_BITS = 2n ** 64n;
const BYTE_ORDER_MARK = "\ufeff";

/** One walk over a value, counting the bytes that it takes at least. */
class Keeper {
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  keep(value: unknown, levels: number): unknown {
    this.#count(1);
    switch (typeof value) {
      case "string":
        return this.#keepText(value);
      case "number":
        return Object.is(value, -0) ? NEGATIVE_ZERO : value;
      case "bigint":
        return value < MOST_64_BITS && value > -MOST_64_BITS
          ? value
          : new HexBigint(value);
      case "boolean":
      case "undefined":
        return value;
      case "object":
        if (value === null) return value;
        if (levels === 0) {
          throw notEncodable(`more than ${MAX_COMMAND_DEPTH} levels`);
        }
        return this.#keepObject(value, levels - 1);
      case "function":
      case "symbol":
        throw notEncodable(describeValue(value));
    }
  }

  #keepText(text: string): string | JsonText {
    this.#count(text.length);
    return text.isWellFormed() && !text.startsWith(BYTE_ORDER_MARK)
      ? text
      : new JsonText(text);
  }

  #keepObject(value: object, levels: number): unknown {
    if (value instanceof Uint8Array) {
      this.#count(value.length);
      return value;
    }
    if (Array.isArray(value)) return this.#keepItems(value, levels);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw notEncodable(describeValue(value));
    }
    return this.#keepEntries(value, levels);
  }

  #keepItems(
    items: readonly unknown[],
    levels: number,
  ): readonly unknown[] {
    let copy: unknown[] | null = null;
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (item === undefined && !(i in items)) {
        throw notEncodable("an array with a hole");
      }
      const kept = this.keep(item, levels);
      if (kept === item || Object.is(kept, item)) continue;
      copy ??= [...items];
      copy[i] = kept;
    }
    return copy ?? items;
  }

  #keepEntries(value: object, levels: number): object {
    let copy: Record<string, unknown> | null = null;
    for (const [name, item] of Object.entries(value)) {
      if (name === "__proto__" || !name.isWellFormed()) {
        throw notEncodable(`an object with the key ${JSON.stringify(name)}`);
      }
      this.#count(name.length);
      const kept = this.keep(item, levels);
      if (kept === item || Object.is(kept, item)) continue;
      copy ??= { ...value };
      copy[name] = kept;
    }
    return copy ?? value;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limit) {
      throw commandTooLarge(this.#bytes, this.#limit);
    }
  }
}

function notEncodable(what: string): ProtocolError {
  return new ProtocolError(
    "COMMAND_NOT_ENCODABLE",
    `Cannot encode a command: there is ${what} in it; commands are plain objects, arrays, Uint8Array, strings, numbers, bigints, booleans, null and undefined`,
    { what },
  );
}

addExtension<NegativeZero, number>({
  Class: NegativeZero,
  tag: TAGS.negativeZero,
  encode: (_, encode) => encode(0),
  decode: () => -0 as never,
});
addExtension<JsonText, string>({
  Class: JsonText,
  tag: TAGS.text,
  encode: ({ json }, encode) => encode(json),
  decode: (json) => JSON.parse(json),
});
addExtension<HexBigint, string>({
  Class: HexBigint,
  tag: TAGS.bigint,
  encode: ({ digits }, encode) => encode(digits),
  decode: (digits) => parseHex(digits) as never,
});

function parseHex(digits: string): bigint {
  return digits.startsWith("-")
    ? -BigInt(`0x${digits.slice(1)}`)
    : BigInt(`0x${digits}`);
}
