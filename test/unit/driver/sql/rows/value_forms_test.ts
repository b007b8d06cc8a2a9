import assert from "node:assert/strict";
import { SparkError } from "../../../../../src/common/errors.ts";
import { SparkSession } from "../../../../../mod.ts";
import {
  checkForm,
  oneOf,
} from "../../../../../src/driver/sql/rows/value_forms.ts";

const pure = { permissions: "none" } as const;

Deno.test(
  "oneOf() gives what is set, and refuses what means nothing",
  pure,
  () => {
    const key = "spark.tspark.longs";
    assert.equal(oneOf(key, "bigint", ["number", "bigint"]), "bigint");
    assert.throws(
      () => oneOf(key, "int", ["number", "bigint"]),
      (error: unknown) => {
        assert.ok(error instanceof SparkError);
        assert.equal(error.condition, "SETTING_INVALID");
        assert.equal(
          error.message,
          'Cannot use "int" for spark.tspark.longs: it is none of number, bigint; set one of them',
        );
        return true;
      },
    );
  },
);

Deno.test("checkForm() and the builder refuse a form of values that there is not", () => {
  const good = [
    ["spark.tspark.longs", "bigint"],
    ["spark.tspark.timestamps", "instant"],
    ["spark.tspark.dates", "plainDate"],
    ["spark.sql.shuffle.partitions", "anything"],
    ["toString", "anything"],
  ] as const;
  for (const [key, value] of good) checkForm(key, value);
  const wrong: readonly [string, string, string][] = [
    ["spark.tspark.longs", "bigit", "number, bigint"],
    ["spark.tspark.timestamps", "instants", "date, instant"],
    ["spark.tspark.dates", "true", "date, plainDate"],
  ];
  for (const [key, value, allowed] of wrong) {
    const expected = {
      name: "SparkError",
      condition: "SETTING_INVALID",
      message:
        `Cannot use "${value}" for ${key}: it is none of ${allowed}; set one of them`,
    };
    assert.throws(() => checkForm(key, value), expected);
    assert.throws(() => SparkSession.builder.config(key, value), expected);
    assert.throws(
      () => SparkSession.builder.config({ [key]: value }),
      expected,
    );
  }
});
