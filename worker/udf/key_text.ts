import type { ValueForms } from "../../src/protocol/udf_record.ts";

/** Keys are read so that they can be told apart, and written again, without losing anything. */
export const EXACT_FORMS: ValueForms = {
  longs: "bigint",
  timestamps: "instant",
  dates: "plainDate",
};

/**
 * A text for each key, equal only for equal keys of columns of the same types.
 * Keys that Spark finds equal may have several: what they stand for is merged
 * behind the shuffle.
 *
 * @param values the key's columns as they are read
 */
export function keyText(values: readonly unknown[]): string {
  let text = "";
  for (const value of values) text += valueText(value);
  return text;
}

function valueText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `s${value.length}:${value}`;
    case "number":
      return `d${value};`; // -0 is 0, as Spark has it
    case "bigint":
      return `i${value};`;
    case "object":
      return value === null ? "n" : objectText(value);
    default:
      return `p${String(value)};`;
  }
}

function objectText(value: object): string {
  if (Array.isArray(value)) return listText("[", value);
  if (value instanceof Uint8Array) return `b${valueText(value.toHex())}`;
  if (value instanceof Date) return `t${value.getTime()};`;
  if (value instanceof Map) return listText("{", [...value].flat(1));
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? listText("(", Object.values(value))
    : `o${valueText(String(value))}`; // Temporal's
}

function listText(begin: string, values: readonly unknown[]): string {
  return `${begin}${values.length}:${keyText(values)}`;
}
