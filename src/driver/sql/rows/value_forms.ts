import { SparkError } from "../../../common/errors.ts";
import { checkOwnSetting } from "../../launch/check_settings.ts";

/** What the settings of a session may be that have few values, the default first. */
export const FORMS = {
  "spark.tspark.longs": ["number", "bigint"],
  "spark.tspark.timestamps": ["date", "instant"],
  "spark.tspark.dates": ["date", "plainDate"],
  "spark.tspark.profile": ["off", "time", "cpu"],
} as const;

/**
 * Refuses a value that one of these settings cannot have, and a setting of
 * TSpark's own that there is not; of other settings it knows nothing.
 *
 * @throws SparkError `SETTING_INVALID`, `SETTING_UNKNOWN`
 */
export function checkForm(key: string, value: string): void {
  checkOwnSetting(key);
  const allowed = Object.entries(FORMS).find(([name]) => name === key)?.[1];
  if (allowed !== undefined) oneOf<string>(key, value, allowed);
}

/**
 * A setting's value, if it is one of those allowed.
 *
 * @throws SparkError `SETTING_INVALID`
 */
export function oneOf<T extends string>(
  key: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw new SparkError(
    "SETTING_INVALID",
    `Cannot use "${value}" for ${key}: it is none of ${
      allowed.join(", ")
    }; set one of them`,
    { key, value },
  );
}
