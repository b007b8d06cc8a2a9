import type { Decimal } from "./type_settings.ts";

const FORM = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/**
 * A value for a row's column of decimals, with all its digits. Beside a column
 * in an expression, `lit("12.50", "decimal(10,2)")` is the exact one.
 *
 * @param value a text such as `"-12.50"`, or a whole number
 * @throws RangeError for a text that is no decimal number, or a number with a fraction or beyond 2^53
 *
 * @example
 * ```ts
 * import { decimal } from "@tspark/tspark";
 *
 * const price = { item: "tea", price: decimal("12.50") };
 * ```
 */
export function decimal(value: string | number | bigint): Decimal {
  const text = String(value);
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(
      `Cannot make a decimal of ${text}: a number has no exact digits behind the point; give a text, such as "12.50"`,
    );
  }
  if (!FORM.test(text)) {
    throw new RangeError(
      `Cannot make a decimal of "${text}": it is no decimal number; give digits with at most one point, such as "12.50"`,
    );
  }
  return text as Decimal;
}
