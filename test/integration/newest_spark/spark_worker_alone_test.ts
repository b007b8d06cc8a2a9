import { ownSession } from "../shared_session.ts";
import { checkWorkerDemands } from "../worker_demands.ts";

Deno.test("what Spark demands of workers without a daemon", async (t) => {
  await using spark = await ownSession({
    "spark.python.use.daemon": "false",
    "spark.python.task.killTimeout": "100ms",
  });
  await checkWorkerDemands(t, spark.sparkContext);
});
