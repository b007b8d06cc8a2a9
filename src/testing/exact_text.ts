import type { DataType } from "../types/data_type.ts";
import { VariantVal } from "../types/variant_val.ts";
import { isAbsent, isStruct, itemType, scalarText } from "./same_value.ts";

/** Stands for a number that may be a little off. */
const INEXACT = "~";

/**
 * A text that is the same for values that {@link sameValue} finds equal, so
 * that rows are searched among few others.
 *
 * @param value the value
 * @param type its column's type where it is known
 */
export function exactText(value: unknown, type: DataType | undefined): string {
  if (isAbsent(value)) return "null";
  if (type?.kind === "udt") return exactText(value, type.sqlType);
  if (type === undefined || INEXACT_KINDS.has(type.kind)) {
    if (typeof value === "number" || typeof value === "bigint") return INEXACT;
  }
  if (type?.kind === "decimal" || value instanceof VariantVal) return INEXACT;
  if (typeof value === "number") return String(value === 0 ? 0 : value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) {
    return `[${
      value.map((item, i) => exactText(item, itemType(type, i))).join()
    }]`;
  }
  if (value instanceof Uint8Array) return `x${value.join()}`;
  if (value instanceof Map) return `map ${value.size}`; // in any order
  if (isStruct(value)) {
    const fields = type?.kind === "struct" ? type.fields : [];
    const typeOf = (name: string): DataType | undefined =>
      fields.find((field) => field.name === name)?.type;
    return `{${
      Object.keys(value).filter((name) => !isAbsent(value[name])).sort()
        .map((name) => `${name}:${exactText(value[name], typeOf(name))}`)
        .join()
    }}`;
  }
  return scalarText(value);
}

const INEXACT_KINDS: ReadonlySet<string> = new Set(["float", "double"]);
