import assert from "node:assert/strict";
import {
  type JvmDialect,
  jvmDialect,
  requireSpark,
} from "../../../../src/driver/runtime/jvm_dialect.ts";
import { DIALECTS } from "../../../../src/protocol/dialect.ts";

Deno.test({
  name: "jvmDialect() tells the calls of each Spark",
  permissions: "none",
  fn() {
    const sparks = (question: Exclude<keyof JvmDialect, "dialect">) =>
      DIALECTS.map(jvmDialect).filter((calls) => calls[question])
        .map(({ dialect }) => dialect);
    const from41 = ["4.1", "4.2", "4.3"];
    assert.deepEqual(sparks("parallelizesOverSockets"), from41);
    assert.deepEqual(sparks("udfTakesTranslation"), ["4.3"]);
    assert.deepEqual(sparks("rowsTakeExpressions"), ["3.5"]);
    for (
      const question of [
        "makesLambdas",
        "renamesBySeqs",
        "framesTakeObservations",
        "observationsGiveJavaMaps",
      ] as const
    ) assert.deepEqual(sparks(question), ["4.0", ...from41]);
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
