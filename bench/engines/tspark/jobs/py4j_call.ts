import { contextRuntime } from "../../../../src/driver/context/spark_context.ts";
import { defineJob, type Job } from "../job.ts";

/** Round trips to the JVM, one after another. */
const job: Job<number> = defineJob({
  run: async (spark) => {
    const { gateway } = contextRuntime(spark.sparkContext);
    let calls = 0;
    for (let i = 0; i < 20_000; i++) {
      const id = await gateway.callStatic("java.lang.Math", "abs", -1);
      calls += Number(id);
    }
    return calls;
  },
  checksum: String,
});
export default job;
