import { Buffer } from "node:buffer";
import { printBy } from "../common/inspect.ts";
import { readVariant, type VariantForms } from "./variant_decode.ts";

/**
 * A value of VARIANT: any JSON-like value, in the two parts that Spark keeps
 * it in. Nothing is decoded before it is asked for.
 *
 * @example
 * ```ts
 * import type { VariantVal } from "@tspark/tspark";
 *
 * function city(variant: VariantVal): unknown {
 *   return (variant.toJS() as { city?: unknown }).city;
 * }
 * ```
 */
export class VariantVal {
  /** The encoded value. */
  readonly value: Uint8Array;
  /** The names of the fields in it. */
  readonly metadata: Uint8Array;

  static {
    printBy(VariantVal.prototype, (self, inspect) => {
      try {
        return `VariantVal ${inspect(self.toJS())}`;
      } catch {
        return `VariantVal (malformed, ${self.value.length} bytes)`;
      }
    });
  }

  /**
   * Takes what is encoded already.
   *
   * @param value the encoded value
   * @param metadata the names of the fields in it
   */
  constructor(value: Uint8Array, metadata: Uint8Array) {
    this.value = value;
    this.metadata = metadata;
  }

  /**
   * The value in JavaScript's types: longs beyond 2^53 as bigint, decimals as
   * text with all digits, dates and timestamps as `Date`, times of day as text.
   *
   * @throws ProtocolError `VARIANT_MALFORMED` when it is no variant
   */
  toJS(): unknown {
    return readVariant(this.value, this.metadata, JS_FORMS);
  }

  /** What `JSON.stringify` writes: numbers with all their digits, dates as text, binaries in base64. */
  toJSON(): unknown {
    return readVariant(this.value, this.metadata, JSON_FORMS);
  }

  /** The value as JSON. */
  toString(): string {
    return JSON.stringify(this);
  }
}

const JS_FORMS: VariantForms = {
  long: (value) =>
    value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
      ? Number(value)
      : value,
  double: (value) => value,
  decimal: (text) => text,
  date: (days) => new Date(days * 86_400_000),
  timestamp: (micros) => new Date(Number(floorDiv(micros, 1000n))),
  timestampNtz: (micros) => new Date(Number(floorDiv(micros, 1000n))),
  time: (micros) => timeText(micros),
  binary: (bytes) => bytes.slice(),
};

const JSON_FORMS: VariantForms = {
  long: (value) => rawJson(String(value)),
  double: (value) => Number.isFinite(value) ? value : String(value),
  decimal: (text) => rawJson(text),
  date: (days) => new Date(days * 86_400_000).toISOString().slice(0, 10),
  timestamp: (micros) => `${localText(micros)}+00:00`,
  timestampNtz: localText,
  time: timeText,
  binary: (bytes) => Buffer.from(bytes).toString("base64"),
};

/** A number whose digits JSON keeps. */
function rawJson(text: string): unknown {
  const { rawJSON } = JSON as unknown as {
    readonly rawJSON: (text: string) => unknown;
  };
  return rawJSON(text);
}

function localText(micros: bigint): string {
  const ms = floorDiv(micros, 1000n);
  const text = new Date(Number(ms)).toISOString().replace("T", " ");
  const rest = micros - ms * 1000n;
  return fraction(
    text.slice(0, -5),
    Number(text.slice(-4, -1)) * 1000 + Number(rest),
  );
}

function timeText(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const two = (value: number): string => String(value).padStart(2, "0");
  const text = `${two(Math.floor(seconds / 3600))}:${
    two(Math.floor(seconds / 60) % 60)
  }:${two(seconds % 60)}`;
  return fraction(text, Number(micros % 1_000_000n));
}

function fraction(text: string, micros: number): string {
  if (micros === 0) return text;
  return `${text}.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
}

function floorDiv(value: bigint, by: bigint): bigint {
  return (value - ((value % by) + by) % by) / by;
}
