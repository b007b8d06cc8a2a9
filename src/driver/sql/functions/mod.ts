/**
 * Spark's functions over columns, under the names that they have in SQL. A text
 * given for a column is its name; `lit()` makes a value of it.
 *
 * @example
 * ```ts
 * import type { DataFrame } from "@tspark/tspark";
 * import { avg, col, count, round } from "@tspark/tspark/functions";
 *
 * const byCity = (people: DataFrame) =>
 *   people.groupBy("city").agg(count("*").as("people"), round(avg(col("age")), 1).as("age"));
 * ```
 *
 * @module
 */
export * from "./aggregate.ts";
export * from "./aggregate_special.ts";
export type {
  ColumnOrName,
  NumberOrColumn,
  SchemaOrColumn,
  TextOptions,
  TextOrColumn,
} from "./call.ts";
export * from "./collection.ts";
export * from "./conditional.ts";
export * from "./core.ts";
export * from "./date.ts";
export * from "./generator.ts";
export * from "./hash.ts";
export * from "./higher_order.ts";
export * from "./json.ts";
export * from "./math.ts";
export * from "./misc.ts";
export * from "./regexp.ts";
export * from "./set_sketch.ts";
export * from "./sketch.ts";
export * from "./string.ts";
export * from "./text_encoding.ts";
export * from "./time_window.ts";
export * from "./timestamp.ts";
export * from "./variant.ts";
export * from "./window.ts";
