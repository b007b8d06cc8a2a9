import assert from "node:assert/strict";
import { SparkError } from "../../../../src/common/errors.ts";
import { SparkConf } from "../../../../src/driver/runtime/spark_conf.ts";
import { arrowOptions } from "../../../../src/driver/sql/dataset.ts";

const pure = { permissions: "none" } as const;

Deno.test(
  "arrowOptions gives numbers and dates when nothing is set",
  pure,
  () => {
    assert.deepEqual(arrowOptions({ conf: new SparkConf() }), {
      longs: "number",
      timestamps: "date",
    });
  },
);

Deno.test("arrowOptions gives what is set", pure, () => {
  const conf = new SparkConf().set("spark.tspark.longs", "bigint")
    .set("spark.tspark.timestamps", "instant");
  assert.deepEqual(arrowOptions({ conf }), {
    longs: "bigint",
    timestamps: "instant",
  });
});

Deno.test("arrowOptions refuses a value that means nothing", pure, () => {
  const cases = [
    ["spark.tspark.longs", "int", "number, bigint"],
    ["spark.tspark.timestamps", "Date", "date, instant"],
  ] as const;
  for (const [key, value, allowed] of cases) {
    const conf = new SparkConf().set(key, value);
    assert.throws(() => arrowOptions({ conf }), (error: unknown) => {
      assert.ok(error instanceof SparkError);
      assert.equal(error.condition, "SETTING_INVALID");
      assert.equal(
        error.message,
        `Cannot use "${value}" for ${key}: it is none of ${allowed}; set one of them`,
      );
      return true;
    });
  }
});
