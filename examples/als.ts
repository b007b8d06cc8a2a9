/**
 * Alternating least squares, Spark's own example: takes a table of ratings
 * apart into what describes each movie and what describes each user. Shows
 * broadcasts of large values that change from round to round.
 *
 * `deno run -A examples/als.ts [movies] [users] [features] [iterations] [partitions]`
 *
 * @module
 */
import { type Broadcast, SparkSession } from "../mod.ts";

type Matrix = number[][];

const [movies = 30, users = 50, features = 4, iterations = 5, partitions = 2] =
  Deno.args.map(Number);
const LAMBDA = 0.01; // how strongly large factors are held back

/** Random numbers that are the same in every run: Park and Miller's generator. */
function* draws(seed: number): Generator<number, never> {
  for (let x = seed;;) {
    x = x * 16807 % 2147483647;
    yield x / 2147483647;
  }
}

const random = draws(42);

function randomMatrix(rows: number, columns: number): Matrix {
  return Array.from(
    { length: rows },
    () => Array.from({ length: columns }, () => random.next().value),
  );
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

const transposed = (m: Matrix): Matrix =>
  (m[0] ?? []).map((_, j) => m.map((row) => row[j] ?? 0));

/** The x for which a · x = b, by elimination. */
function solve(a: Matrix, b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i] ?? 0]);
  for (let i = 0; i < rows.length; i++) {
    let pivot = rows[i] ?? [];
    for (const row of rows.slice(i)) {
      if (Math.abs(row[i] ?? 0) > Math.abs(pivot[i] ?? 0)) pivot = row;
    }
    const at = rows.indexOf(pivot);
    [rows[i], rows[at]] = [pivot, rows[i] ?? []];
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1);
      row.forEach((x, j) => row[j] = x - factor * (pivot[j] ?? 0));
    }
  }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}

/** The factors of one movie, or user, that fit its ratings best, given those of all users, or movies. */
function update(factors: Matrix, ratings: readonly number[]): number[] {
  const columns = transposed(factors);
  const products = columns.map((a, i) =>
    columns.map((b, j) => dot(a, b) + (i === j ? LAMBDA * factors.length : 0))
  );
  return solve(products, columns.map((column) => dot(column, ratings)));
}

function rmse(ratings: Matrix, ms: Matrix, us: Matrix): number {
  let sum = 0;
  ratings.forEach((row, m) =>
    row.forEach((rating, u) =>
      sum += (rating - dot(ms[m] ?? [], us[u] ?? [])) ** 2
    )
  );
  return Math.sqrt(sum / (movies * users));
}

await using spark = await SparkSession.builder.appName("ALS")
  .config("spark.ui.enabled", "false").getOrCreate();
const sc = spark.sparkContext;

const [left, right] = [
  randomMatrix(movies, features),
  randomMatrix(users, features),
];
const ratings = left.map((a) => right.map((b) => dot(a, b)));
let ms = randomMatrix(movies, features);
let us = randomMatrix(users, features);

const byMovie = sc.broadcast(ratings);
const byUser = sc.broadcast(transposed(ratings));

/** New factors for each row of a table of ratings. */
async function updateAll(
  table: Broadcast<Matrix>,
  factors: Matrix,
): Promise<Matrix> {
  const shared = sc.broadcast(factors);
  const updated = await sc.range(0, table.value.length, 1, partitions)
    .map((row) => update(shared.value, table.value[row] ?? []))
    .collect();
  await shared.destroy();
  return updated;
}

for (let i = 0; i < iterations; i++) {
  ms = await updateAll(byMovie, us);
  us = await updateAll(byUser, ms);
  console.log(`Iteration ${i}: RMSE ${rmse(ratings, ms, us)}`);
}
