/**
 * K-means clustering, Spark's own example: finds the centers of k clouds of
 * points. Shows a loop over a cached RDD whose functions take new values along
 * in each round.
 *
 * `deno run -A examples/k_means.ts [file] [k] [convergence distance]`; the
 * file has the coordinates of a point on each line. The first k points are the
 * first centers.
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

type Point = number[];

const file = Deno.args[0] ??
  decodeURIComponent(new URL("data/points.txt", import.meta.url).pathname);
const k = Number(Deno.args[1] ?? 3);
const convergence = Number(Deno.args[2] ?? 0.01);

const add = (a: Point, b: Point): Point => a.map((x, i) => x + (b[i] ?? 0));

const squaredDistance = (a: Point, b: Point): number =>
  a.reduce((sum, x, i) => sum + (x - (b[i] ?? 0)) ** 2, 0);

function closest(point: Point, centers: readonly Point[]): number {
  let [best, least] = [0, Infinity];
  centers.forEach((center, i) => {
    const distance = squaredDistance(point, center);
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}

await using spark = await SparkSession.builder.appName("KMeans")
  .config("spark.ui.enabled", "false").getOrCreate();

const points = spark.sparkContext.textFile(file)
  .map((line) => line.split(" ").map(Number))
  .cache();

const centers = await points.take(k);
for (let moved = Infinity; moved > convergence;) {
  const sums = await points
    .map((point): [number, [Point, number]] => [
      closest(point, centers),
      [point, 1],
    ])
    .reduceByKey(([a, m], [b, n]) => [add(a, b), m + n])
    .collect();
  moved = 0;
  for (const [i, [sum, count]] of sums) {
    const center = sum.map((x) => x / count);
    moved += squaredDistance(centers[i] ?? center, center);
    centers[i] = center;
  }
}
for (const center of centers) console.log(`Center: ${center.join(" ")}`);
