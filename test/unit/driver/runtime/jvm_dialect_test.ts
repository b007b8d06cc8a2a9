import assert from "node:assert/strict";
import {
  jvmDialect,
  requireSpark,
} from "../../../../src/driver/runtime/jvm_dialect.ts";
import { DIALECTS } from "../../../../src/protocol/dialect.ts";

Deno.test({
  name: "jvmDialect() tells the calls of each Spark",
  permissions: "none",
  fn() {
    const calls = DIALECTS.map((dialect) => jvmDialect(dialect));
    assert.deepEqual(
      calls.map((call) => [
        call.dialect,
        call.parallelizesOverSockets,
      ]),
      [["3.5", false], ["4.0", false], ["4.1", true], ["4.2", true], [
        "4.3",
        true,
      ]],
    );
  },
});

Deno.test({
  name: "requireSpark() names the version that has a method",
  permissions: "none",
  fn() {
    requireSpark("4.0", "4.0", "SparkSession.addTag()");
    requireSpark("4.3", "4.0", "SparkSession.addTag()");
    assert.throws(() => requireSpark("3.5", "4.0", "SparkSession.addTag()"), {
      name: "SparkError",
      condition: "NOT_IN_THIS_SPARK",
      message:
        "Cannot run SparkSession.addTag() on Spark 3.5: it came with Spark 4.0; use that or a later one",
    });
  },
});
