import { checkSharedVariables } from "../shared_variables.ts";
import { ownSession } from "../shared_session.ts";

Deno.test("broadcasts and accumulators when Spark encrypts its files", async (t) => {
  await using spark = await ownSession({
    "spark.io.encryption.enabled": "true",
  });
  await checkSharedVariables(t, spark.sparkContext);
});
