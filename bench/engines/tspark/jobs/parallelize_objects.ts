import { defineJob, type Job } from "../job.ts";

/** Made by the first run, which is not timed. */
const objects: { id: number; name: string }[] = [];

/** Objects of the driver brought to the workers. */
const job: Job<number> = defineJob({
  run: (spark, _file, rows) => {
    for (let id = objects.length; id < rows; id++) {
      objects.push({ id, name: `name ${id}` });
    }
    return spark.sparkContext.parallelize(objects, 4).count();
  },
  checksum: String,
});
export default job;
