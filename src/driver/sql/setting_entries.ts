import { describeValue } from "../../common/describe_value.ts";
import { SparkConf } from "../runtime/spark_conf.ts";

/** Settings by name, as `SparkSessionBuilder.config()` takes them. */
export type SettingsMap =
  | Readonly<Record<string, string | number | boolean>>
  | ReadonlyMap<string, string | number | boolean>;

/**
 * Settings with their values.
 *
 * @throws TypeError for what is none, which a program without types may give
 */
export function settingEntries(
  settings: SettingsMap | SparkConf,
): Iterable<readonly [string, string | number | boolean]> {
  if (settings instanceof SparkConf) return settings.getAll();
  if (settings instanceof Map) return settings;
  if (typeof settings === "object" && settings !== null) {
    return Object.entries(settings);
  }
  throw new TypeError(
    `Cannot take settings from ${
      describeValue(settings)
    }: give an object or a map of them, or a SparkConf`,
  );
}
