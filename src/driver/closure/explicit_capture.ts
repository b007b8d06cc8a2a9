import { describeValue } from "../../common/describe_value.ts";
import {
  CAPTURE_PARTS,
  type CaptureParts,
} from "../../protocol/closure_record.ts";

/**
 * Says outright what a function takes along, for whoever wants to see it: the
 * function may name nothing else but what every program has.
 *
 * @param values what the function shall have, as it is when the first action runs
 * @param make makes the function; it is called here, and once for each task on the workers
 * @returns the function that `make` gives
 * @throws TypeError when `make` gives no function
 * @throws ClosureError `CAPTURE_REFUSED`, at the first action, when `make` names a variable that is not among `values`
 *
 * @example
 * ```ts
 * import { capture, type RDD } from "@tspark/tspark";
 *
 * function scaled(numbers: RDD<number>, factor: number): RDD<number> {
 *   return numbers.map(capture({ factor }, ({ factor }) => (x: number) => x * factor));
 * }
 * ```
 */
export function capture<V, F extends (...values: never[]) => unknown>(
  values: V,
  make: (values: V) => F,
): F {
  const made = make(values);
  if (typeof made !== "function") {
    throw new TypeError(
      `Cannot capture what make() gave: it is ${
        describeValue(made)
      }; return a function`,
    );
  }
  const parts: CaptureParts = { values, make };
  return Object.defineProperty(made, CAPTURE_PARTS, { value: parts });
}
