import { describeValue } from "../../common/describe_value.ts";
import { SparkError } from "../../common/errors.ts";
import { SETTINGS_OF_FILTERS } from "./source_settings.ts";

/**
 * Refuses what has none of the methods that it needs.
 *
 * @param value what a source gave
 * @param what what it should be, such as `a reader`
 * @param methods names, of which it needs one
 * @throws SparkError `DATA_SOURCE_INVALID`
 */
export function requireMethods<T>(
  value: T,
  what: string,
  methods: readonly string[],
): T {
  const has = typeof value === "object" && value !== null &&
    methods.some((name) => typeof Reflect.get(value, name) === "function");
  if (has) return value;
  throw new SparkError(
    "DATA_SOURCE_INVALID",
    `Cannot use ${describeValue(value)} as ${what}: it has no method ${
      methods.map((name) => `${name}()`).join(" or ")
    }; return an object that has it`,
    { what, value: describeValue(value) },
  );
}

/**
 * Refuses partitions that are no list.
 *
 * @throws SparkError `DATA_SOURCE_INVALID`
 */
export function requirePartitions(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new SparkError(
    "DATA_SOURCE_INVALID",
    `Cannot use ${
      describeValue(value)
    } as the partitions of a source: it is no array; return one, with a plain value for each part`,
    { what: "partitions", value: describeValue(value) },
  );
}

/**
 * Refuses a source that wants filters which Spark does not offer.
 *
 * @throws SparkError `FILTER_PUSHDOWN_DISABLED`
 */
export function filtersDisabled(name: string): SparkError {
  return new SparkError(
    "FILTER_PUSHDOWN_DISABLED",
    `Cannot read "${name}": its reader has pushFilters(), and the setting "${SETTINGS_OF_FILTERS}" is false, so that Spark does not call it; set that to true`,
    { source: name, setting: SETTINGS_OF_FILTERS },
  );
}

/** The error of a source that lacks what was asked of it. */
export function lacksMethod(
  name: string,
  operation: string,
  method: string,
  remedy = "add it to the class",
): SparkError {
  return new SparkError(
    "DATA_SOURCE_LACKS_METHOD",
    `Cannot ${operation} "${name}": the data source has no method ${method}; ${remedy}`,
    { source: name, method },
  );
}

/** The error of a write that ends twice, or that this program did not begin. */
export function writerUnknown(name: string): SparkError {
  return new SparkError(
    "DATA_SOURCE_WRITER_UNKNOWN",
    `Cannot end a write to "${name}": its writer is not known, or has ended already; use one SparkSession with one program`,
    { source: name },
  );
}

/** The error of filters that pushFilters() was not given. */
export function foreignFilter(name: string): SparkError {
  return new SparkError(
    "DATA_SOURCE_INVALID",
    `Cannot use what pushFilters() of "${name}" gave back: it holds a filter that it was not given; give back those that Spark has to apply, the same objects`,
    { source: name },
  );
}
