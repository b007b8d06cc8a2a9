import { activeRuntime } from "../../../../src/driver/context/active_runtime.ts";
import { defineJob, type Job } from "../job.ts";

/** Round trips between the driver and the JVM. */
const job: Job<number> = defineJob({
  run: async (_, { records }) => {
    const gateway = activeRuntime()?.gateway;
    if (gateway === undefined) throw new Error("Cannot call: no session runs");
    let sum = 0;
    for (let index = 0; index < records; index++) {
      sum += Number(await gateway.callStatic("java.lang.Math", "abs", -index));
    }
    return sum;
  },
  checksum: String,
});
export default job;
