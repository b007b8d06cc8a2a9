import assert from "node:assert/strict";
import { SparkError } from "../../../../../src/common/errors.ts";
import { oneOf } from "../../../../../src/driver/sql/rows/session_forms.ts";

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
