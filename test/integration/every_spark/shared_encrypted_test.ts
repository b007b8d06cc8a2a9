import assert from "node:assert/strict";
import type {
  DataSource,
  DataSourceReader,
  SparkSession,
} from "../../../mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { checkSharedVariables } from "../shared_variables.ts";
import { ownSession } from "../shared_session.ts";

Deno.test("broadcasts and accumulators when Spark encrypts its files", async (t) => {
  await using spark = await ownSession({
    "spark.io.encryption.enabled": "true",
  });
  await checkSharedVariables(t, spark);
  if (dialectOf(spark.version) === "3.5") return;
  await t.step("data sources are read", () => sourcesAreRead(spark));
});

/** Spark would wait for the planner to read encrypted broadcasts. */
async function sourcesAreRead(spark: SparkSession): Promise<void> {
  const factor = spark.sparkContext.broadcast(10);
  class Plain implements DataSource {
    static readonly name = "plain_numbers";
    schema = (): string => "x INT";
    reader = (): DataSourceReader => ({
      *read() {
        yield [1];
      },
    });
  }
  class Tens implements DataSource {
    static readonly name = "tens";
    schema = (): string => "x INT";
    reader = (): DataSourceReader => ({
      *read() {
        yield [factor.value];
      },
    });
  }
  spark.dataSource.register(Plain);
  spark.dataSource.register(Tens);
  const plain = spark.read.format("plain_numbers");
  assert.deepEqual(await plain.load().collect(), [{ x: 1 }]);
  await assert.rejects(spark.read.format("tens").load().collect(), {
    condition: "PLANNING_FAILED",
    message:
      /Cannot plan with "tens\.read", which needs a broadcast: its own, or one for a package or for values of more than a megabyte; with spark\.io\.encryption\.enabled Spark cannot hand broadcasts to what plans a query; do without them there, or without that setting/,
  });
  assert.deepEqual(await plain.load().collect(), [{ x: 1 }]);
}
