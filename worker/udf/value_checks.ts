import type { ValueForms } from "../../src/protocol/udf_record.ts";
import type { DataType } from "../../src/types/spark_types.ts";

/** Makes a result of a function into what a column of its type would give. */
export type ValueCheck = (value: unknown) => unknown;

/**
 * What a result becomes between two functions that follow each other in one
 * loop: the same as through a column of its type.
 *
 * @param type the result's type
 * @param forms how values come
 * @param throughColumn takes what is not plainly of the type through a column,
 *   which throws where it is no value of the type
 * @returns null where only a column can tell
 */
export function valueCheck(
  type: DataType,
  forms: ValueForms,
  throughColumn: ValueCheck,
): ValueCheck | null {
  const test = testOf(type, forms, throughColumn);
  return test === null
    ? null
    : (value) => value === null || value === undefined ? null : test(value);
}

function testOf(
  type: DataType,
  forms: ValueForms,
  otherwise: ValueCheck,
): ValueCheck | null {
  switch (type.kind) {
    case "boolean":
      return (value) => typeof value === "boolean" ? value : otherwise(value);
    case "byte":
      return intCheck(8, otherwise);
    case "short":
      return intCheck(16, otherwise);
    case "integer":
      return intCheck(32, otherwise);
    case "long":
      return forms.longs === "number" ? longCheck(otherwise) : null;
    case "double":
      return (value) => typeof value === "number" ? value : otherwise(value);
    case "string":
      return (value) =>
        typeof value === "string" && value.isWellFormed()
          ? value
          : otherwise(value);
    default:
      return null;
  }
}

function intCheck(bits: number, otherwise: ValueCheck): ValueCheck {
  const most = 2 ** (bits - 1) - 1;
  return (value) =>
    Number.isInteger(value) && (value as number) <= most &&
      (value as number) >= -most - 1
      ? (value as number) + 0 // there is no -0 among integers
      : otherwise(value);
}

function longCheck(otherwise: ValueCheck): ValueCheck {
  return (value) => {
    if (Number.isSafeInteger(value)) return (value as number) + 0;
    return typeof value === "bigint" && value <= MOST_SAFE &&
        value >= -MOST_SAFE
      ? Number(value)
      : otherwise(value);
  };
}

const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
