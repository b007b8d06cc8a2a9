/**
 * For the tests of a program that uses TSpark: a session that all tests share,
 * and assertions that tell which rows and columns differ.
 *
 * @example
 * ```ts no-eval
 * import { assertDataFrameEqual, sharedSession } from "@tspark/tspark/testing";
 *
 * Deno.test("adults() keeps those of 18 and older", async () => {
 *   const spark = await sharedSession();
 *   const people = spark.createDataFrame([{ name: "Ann", age: 30 }, { name: "Bob", age: 9 }]);
 *   await assertDataFrameEqual(people.where("age >= 18"), [{ name: "Ann", age: 30 }]);
 * });
 * ```
 *
 * @module
 */
export { type RowDifference, SparkAssertionError } from "../common/errors.ts";
export {
  assertDataFrameEqual,
  type AssertDataFrameEqualOptions,
} from "./assert_data_frame_equal.ts";
export {
  assertSchemaEqual,
  type AssertSchemaEqualOptions,
} from "./assert_schema_equal.ts";
export type { Rows } from "./open_rows.ts";
export { sharedSession } from "./shared_session.ts";
