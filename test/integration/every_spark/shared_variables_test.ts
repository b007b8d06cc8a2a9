import { checkSharedVariables } from "../shared_variables.ts";
import { startSpark } from "../start_spark.ts";

Deno.test("broadcasts and accumulators", async (t) => {
  await using spark = await startSpark();
  await checkSharedVariables(t, spark.sparkContext);
});
