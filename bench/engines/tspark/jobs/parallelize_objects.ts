import { defineJob, type Job } from "../job.ts";

interface Player {
  readonly id: number;
  readonly name: string;
  readonly score: number;
}

/** Objects of the driver's own, brought to the workers. */
const job: Job<number, Player[]> = defineJob({
  prepare: ({ records }) =>
    Array.from(
      { length: records },
      (_, id) => ({ id, name: `name${id}`, score: id / 2 }),
    ),
  run: (spark, _, players) => spark.sparkContext.parallelize(players).count(),
  checksum: String,
});
export default job;
