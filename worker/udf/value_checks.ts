import { SparkError } from "../../src/common/errors.ts";
import { describeValue } from "../../src/common/describe_value.ts";
import type { ValueForms } from "../../src/protocol/udf_record.ts";
import { type DataType, simpleName } from "../../src/types/spark_types.ts";

/** Makes a result of a function into what a column of its type would give. */
export type ValueCheck = (value: unknown) => unknown;

/**
 * What a result becomes between two functions that follow each other in one
 * loop: the same as through a column of its type.
 *
 * @param type the result's type
 * @param forms how values come
 * @param name the function's name, for messages
 * @returns null where only a column can tell
 */
export function valueCheck(
  type: DataType,
  forms: ValueForms,
  name: string,
): ValueCheck | null {
  const refuse = (value: unknown): never => {
    const text = describeValue(value);
    throw new SparkError(
      "VALUE_TYPE_MISMATCH",
      `Cannot take the result of "${name}": ${text} is no value of type ${
        simpleName(type)
      }; give one, or change the function's return type`,
      { function: name, value: text, type: simpleName(type) },
    );
  };
  const test = testOf(type, forms, refuse);
  return test === null
    ? null
    : (value) => value === null || value === undefined ? null : test(value);
}

function testOf(
  type: DataType,
  forms: ValueForms,
  refuse: (value: unknown) => never,
): ValueCheck | null {
  switch (type.kind) {
    case "boolean":
      return (value) => typeof value === "boolean" ? value : refuse(value);
    case "byte":
      return intCheck(8, refuse);
    case "short":
      return intCheck(16, refuse);
    case "integer":
      return intCheck(32, refuse);
    case "long":
      return forms.longs === "number" ? longCheck(refuse) : null;
    case "double":
      return (value) => typeof value === "number" ? value : refuse(value);
    case "string":
      return (value) =>
        typeof value === "string" && value.isWellFormed()
          ? value
          : refuse(value);
    default:
      return null;
  }
}

function intCheck(
  bits: number,
  refuse: (value: unknown) => never,
): ValueCheck {
  const most = 2 ** (bits - 1) - 1;
  return (value) =>
    Number.isInteger(value) && (value as number) <= most &&
      (value as number) >= -most - 1
      ? (value as number) + 0 // there is no -0 among integers
      : refuse(value);
}

function longCheck(refuse: (value: unknown) => never): ValueCheck {
  return (value) =>
    Number.isSafeInteger(value) ? (value as number) + 0 : refuse(value);
}
