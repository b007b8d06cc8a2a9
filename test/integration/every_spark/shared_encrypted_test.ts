import { checkSharedVariables } from "../shared_variables.ts";
import { startSpark } from "../start_spark.ts";

Deno.test("broadcasts and accumulators when Spark encrypts its files", async (t) => {
  await using spark = await startSpark({
    "spark.io.encryption.enabled": "true",
  });
  await checkSharedVariables(t, spark.sparkContext);
});
