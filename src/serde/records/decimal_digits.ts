import {
  charCodeAt,
  execPattern,
  repeatText,
  sliceText,
} from "../../common/primordials.ts";
import type { DecimalType } from "../../types/spark_types.ts";

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const ZERO = 48;

// Taken before user code can replace them: it runs between two values.
const { BigInt: toBigInt, Number: toNumber } = globalThis;
const { max } = Math;

/** What is wrong with a decimal: it has no such form, or no place in its type. */
export type DecimalRefusal =
  | { readonly kind: "form" }
  | { readonly kind: "range"; readonly wanted: string };

/**
 * A decimal's value times 10^scale, which has to be whole.
 *
 * @param text digits, perhaps with a sign, a point and an exponent
 * @param type its precision and scale
 */
export function unscaledDecimal(
  text: string,
  { precision, scale }: Pick<DecimalType, "precision" | "scale">,
): bigint | DecimalRefusal {
  const found = execPattern(FORM, text);
  const whole = found?.[2] ?? "";
  const fraction = found?.[3] ?? "";
  if (found === null || whole.length + fraction.length === 0) {
    return { kind: "form" };
  }
  const shift = scale + toNumber(found[4] ?? 0) - fraction.length;
  const digits = significant(whole + fraction);
  if (digits === "") return 0n;
  if (
    shift < 0 &&
    significant(sliceText(digits, max(0, digits.length + shift))) !== ""
  ) {
    return {
      kind: "range",
      wanted:
        `it has more than ${scale} digits behind the point: round it first`,
    };
  }
  if (digits.length + shift > precision) {
    return {
      kind: "range",
      wanted: `it may have ${precision - scale} digits before the point`,
    };
  }
  const magnitude = toBigInt(
    shift < 0 ? sliceText(digits, 0, shift) : digits + repeatText("0", shift),
  );
  return found[1] === "-" ? -magnitude : magnitude;
}

/** Digits without the zeros before the first other one. */
function significant(digits: string): string {
  let zeros = 0;
  while (charCodeAt(digits, zeros) === ZERO) zeros++;
  return sliceText(digits, zeros);
}

/**
 * The text of a decimal, with all of its digits.
 *
 * @param digits of its magnitude times 10^scale
 * @param isNegative whether it is below 0
 * @param scale digits behind the point
 */
export function withPoint(
  digits: string,
  isNegative: boolean,
  scale: number,
): string {
  const sign = isNegative ? "-" : "";
  if (scale <= 0) {
    return digits === "0" ? digits : sign + digits + "0".repeat(-scale);
  }
  const padded = digits.length > scale
    ? digits
    : digits.padStart(scale + 1, "0");
  const point = padded.length - scale;
  return `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
}
