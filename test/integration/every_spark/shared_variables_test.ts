import { checkSharedVariables } from "../shared_variables.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("broadcasts and accumulators", async (t) => {
  const spark = await sharedSession();
  await checkSharedVariables(t, spark);
});
