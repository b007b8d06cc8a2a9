import { functions, udf } from "../../../../mod.ts";
import { defineJob, type Job } from "../job.ts";

const RADIANS = Math.PI / 180;
const EARTH = 6371.0088; // km, its mean radius

const haversine = udf(
  (lat1: number, lon1: number, lat2: number, lon2: number) => {
    const dLat = Math.sin((lat2 - lat1) * RADIANS / 2);
    const dLon = Math.sin((lon2 - lon1) * RADIANS / 2);
    const a = dLat * dLat +
      Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * dLon * dLon;
    return 2 * EARTH * Math.asin(Math.sqrt(a));
  },
  "double",
);
const POINTS = [
  "CAST(id * 0.37D % 180 - 90 AS DOUBLE) AS lat1",
  "CAST(id * 0.73D % 360 - 180 AS DOUBLE) AS lon1",
  "CAST(id * 0.59D % 180 - 90 AS DOUBLE) AS lat2",
  "CAST(id * 0.91D % 360 - 180 AS DOUBLE) AS lon2",
];

/** The distances of pairs of places by a row function, summed up in km. */
const job: Job<number> = defineJob({
  run: async (spark, _file, rows) => {
    const name = `points_${rows}`;
    if (!await spark.catalog.tableExists(name)) {
      // The rest of a division of doubles takes the JVM longer than the function.
      await spark.range(0, rows, 1, 4).selectExpr(...POINTS)
        .createOrReplaceTempView(name);
      await spark.catalog.cacheTable(name);
    }
    const points = spark.table(name);
    const sum = functions.sum(haversine("lat1", "lon1", "lat2", "lon2"));
    const [row] = await points.agg(sum.as("sum")).collect();
    return Number(row?.sum);
  },
  checksum: (sum) => String(Math.round(sum)),
});
export default job;
