import { describeValue } from "../../common/describe_value.ts";

/**
 * A setting's value as Spark keeps it.
 *
 * @param key the setting's name, for the error
 * @param value text, number or boolean
 * @throws TypeError for anything else: `undefined` would be kept as a text
 */
export function settingText(key: string, value: unknown): string {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    default:
      throw new TypeError(
        `Cannot set "${key}" to ${
          describeValue(value)
        }: settings are kept as text; give a text, a number or a boolean`,
      );
  }
}
