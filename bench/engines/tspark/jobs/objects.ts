import { defineJob, type Job } from "../job.ts";

/** Nested objects that go to the JVM and come back. */
const job: Job<number> = defineJob({
  run: async (spark, _file, rows) => {
    const objects = spark.sparkContext.range(0, rows, 1, 4).map((x) => ({
      id: x,
      name: `name ${x}`,
      tags: ["a", "b", `c${x % 10}`],
      inner: { score: x / 2, isEven: x % 2 === 0, note: null },
    })).cache();
    await objects.count();
    const even = await objects
      .map((o) => ({ ...o, label: `${o.name} ${o.tags.length}` }))
      .filter((o) => o.inner.isEven && o.label.length > 0)
      .count();
    await objects.unpersist();
    return even;
  },
  checksum: String,
});
export default job;
