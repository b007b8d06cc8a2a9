/**
 * Logistic regression by gradient descent, Spark's own example: finds weights
 * that tell two kinds of points apart. Shows a cached RDD that is gone through
 * in each iteration, with `map` and `reduce`.
 *
 * `deno run -A examples/logistic_regression.ts [file] [iterations]`; the file
 * has a label, 1 or -1, and coordinates on each line.
 *
 * @module
 */
import { SparkSession } from "../mod.ts";

const file = Deno.args[0] ??
  decodeURIComponent(
    new URL("data/labelled_points.txt", import.meta.url).pathname,
  );
const iterations = Number(Deno.args[1] ?? 10);

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

const add = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((x, i) => x + (b[i] ?? 0));

await using spark = await SparkSession.builder.appName("LogisticRegression")
  .config("spark.ui.enabled", "false").getOrCreate();

const points = spark.sparkContext.textFile(file)
  .map((line) => {
    const [label = 0, ...x] = line.split(" ").map(Number);
    return { label, x };
  })
  .cache();

let weights = (await points.first()).x.map(() => 0);
for (let i = 0; i < iterations; i++) {
  const gradient = await points
    .map(({ label, x }) => {
      const factor = (1 / (1 + Math.exp(-label * dot(weights, x))) - 1) * label;
      return x.map((coordinate) => factor * coordinate);
    })
    .reduce(add);
  weights = weights.map((w, j) => w - (gradient[j] ?? 0));
}
console.log(`Final w: ${weights.join(" ")}`);

const right = await points.filter(({ label, x }) => dot(weights, x) * label > 0)
  .count();
console.log(`${right} of ${await points.count()} points are told right`);
