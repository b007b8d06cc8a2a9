import assert from "node:assert/strict";
import type { SparkContext, SparkSession } from "../../mod.ts";

/** One kind of job of a soak: makes its own data, and checks its own result. */
export interface SoakJob {
  /** Name in the record. */
  readonly name: string;
  /**
   * Runs once.
   *
   * @param spark the session that all jobs share
   * @param seed what makes this run's data another than the last one's
   * @throws AssertionError when the result is not exactly the one expected
   */
  readonly run: (spark: SparkSession, seed: number) => Promise<void>;
}

const SLICES = 4;
const RECORDS = 20_000;
const KEYS = 500;

/** All kinds, each below a second or two. */
export const SOAK_JOBS: readonly SoakJob[] = [
  { name: "word count", run: wordCount },
  { name: "reduceByKey", run: reduceByKey },
  { name: "sortByKey", run: sortByKey },
  { name: "join", run: join },
  { name: "groupByKey with spilling", run: spill },
  { name: "async map", run: asyncMap },
  { name: "broadcast", run: broadcast },
  { name: "accumulator", run: accumulator },
  { name: "cached RDD", run: cached },
  { name: "early take", run: earlyTake },
  { name: "cancelled job", run: cancelled },
  { name: "function that throws", run: failing },
  { name: "rows of a DataFrame", run: rows },
];

function contextOf(spark: SparkSession): SparkContext {
  return spark.sparkContext;
}

/** Numbers that only the seed decides; the same on the driver and in a worker. */
function scrambled(i: number, seed: number): number {
  return Math.imul(i ^ seed, 0x9e3779b1) >>> 0;
}

async function wordCount(spark: SparkSession, seed: number): Promise<void> {
  const lines = Array.from(
    { length: 2000 },
    (_, i) => `w${scrambled(i, seed) % 97} x${i % 13} same`,
  );
  const wanted = new Map<string, number>();
  for (const word of lines.flatMap((line) => line.split(" "))) {
    wanted.set(word, (wanted.get(word) ?? 0) + 1);
  }
  const counts = await contextOf(spark).parallelize(lines, SLICES)
    .flatMap((line) => line.split(" "))
    .map((word): [string, number] => [word, 1])
    .reduceByKey((a, b) => a + b)
    .collect();
  assert.deepEqual(new Map(counts), wanted);
}

async function reduceByKey(spark: SparkSession, seed: number): Promise<void> {
  const sums = await contextOf(spark).range(0, RECORDS, 1, SLICES)
    .map((i): [number, number] => [scrambled(i, seed) % KEYS, i])
    .reduceByKey((a, b) => a + b)
    .collect();
  const wanted = new Map<number, number>();
  for (let i = 0; i < RECORDS; i++) {
    const key = scrambled(i, seed) % KEYS;
    wanted.set(key, (wanted.get(key) ?? 0) + i);
  }
  assert.deepEqual(new Map(sums), wanted);
}

async function sortByKey(spark: SparkSession, seed: number): Promise<void> {
  const sorted = await contextOf(spark).range(0, RECORDS, 1, SLICES)
    .map((i): [string, number] => [`k${scrambled(i, seed)}`, i])
    .sortByKey()
    .collect();
  const wanted = Array.from(
    { length: RECORDS },
    (_, i): [string, number] => [`k${scrambled(i, seed)}`, i],
  ).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
  assert.deepEqual(sorted, wanted);
}

async function join(spark: SparkSession, seed: number): Promise<void> {
  const numbers = contextOf(spark).range(0, RECORDS, 1, SLICES);
  const left = numbers.map((i): [number, number] => [i, scrambled(i, seed)]);
  const right = numbers.filter((i) => i % 3 === 0)
    .map((i): [number, string] => [i, `r${i}`]);
  const sum = await left.join(right)
    .map(([i, [number, text]]) => text === `r${i}` ? number % 1000 : NaN)
    .reduce((a, b) => a + b);
  let wanted = 0;
  for (let i = 0; i < RECORDS; i += 3) wanted += scrambled(i, seed) % 1000;
  assert.equal(sum, wanted);
}

/** More under each key than a worker may hold: see the session's settings. */
async function spill(spark: SparkSession, seed: number): Promise<void> {
  const text = "spilled ".repeat(16);
  const lengths = await contextOf(spark).range(0, RECORDS, 1, 2)
    .map((i): [number, string] => [scrambled(i, seed) % 7, `${i} ${text}`])
    .groupByKey(2)
    .map(([key, values]): [number, number] => {
      let sum = 0;
      for (const value of values) sum += Number.parseInt(value);
      return [key, sum];
    })
    .collect();
  const wanted = new Map<number, number>();
  for (let i = 0; i < RECORDS; i++) {
    const key = scrambled(i, seed) % 7;
    wanted.set(key, (wanted.get(key) ?? 0) + i);
  }
  assert.deepEqual(new Map(lengths), wanted);
}

async function asyncMap(spark: SparkSession, seed: number): Promise<void> {
  const sum = await contextOf(spark).range(0, 2000, 1, SLICES)
    .mapAsync(async (i) => {
      if (i % 100 === 0) await new Promise((done) => setTimeout(done, 1));
      return i + seed;
    })
    .reduce((a, b) => a + b);
  assert.equal(sum, 1999 * 1000 + 2000 * seed);
}

async function broadcast(spark: SparkSession, seed: number): Promise<void> {
  const table = new Map(
    Array.from({ length: 5000 }, (_, i) => [i, scrambled(i, seed)]),
  );
  const shared = contextOf(spark).broadcast(table);
  try {
    const sum = await contextOf(spark).range(0, 5000, 1, SLICES)
      .map((i) => shared.value.get(i) ?? NaN)
      .reduce((a, b) => a + b);
    assert.equal(sum, [...table.values()].reduce((a, b) => a + b));
  } finally {
    await shared.destroy();
  }
}

async function accumulator(spark: SparkSession, seed: number): Promise<void> {
  const seen = contextOf(spark).accumulator(0);
  await contextOf(spark).range(0, RECORDS, 1, SLICES).foreach((i) => {
    if (i % 2 === 0) seen.add(1);
  });
  // Spark counts a task of a result stage once, however often it was tried.
  assert.equal(seen.value, RECORDS / 2, `seed ${seed}`);
}

async function cached(spark: SparkSession, seed: number): Promise<void> {
  const kept = contextOf(spark).range(0, RECORDS, 1, SLICES)
    .map((i) => scrambled(i, seed) % 10).cache();
  const wanted = Array.from(
    { length: RECORDS },
    (_, i) => scrambled(i, seed) % 10,
  );
  for (let round = 0; round < 2; round++) {
    assert.equal(
      await kept.filter((digit) => digit === 3).count(),
      wanted.filter((digit) => digit === 3).length,
    );
  }
  await kept.unpersist();
}

async function earlyTake(spark: SparkSession, seed: number): Promise<void> {
  const first = await contextOf(spark).range(0, 100_000_000, 1, SLICES)
    .map((i) => i + seed).take(3);
  assert.deepEqual(first, [seed, seed + 1, seed + 2]);
}

async function cancelled(spark: SparkSession, seed: number): Promise<void> {
  const stop = new AbortController();
  const job = contextOf(spark).range(0, 2, 1, 2).map((i) => {
    for (;;) if (i > 2) return i; // never
  }).count({ signal: stop.signal });
  const ended = assert.rejects(job, { name: "AbortError" }, `seed ${seed}`);
  const timer = setTimeout(() => stop.abort(), 500);
  await ended;
  clearTimeout(timer);
}

async function failing(spark: SparkSession, seed: number): Promise<void> {
  const job = contextOf(spark).range(0, 100, 1, SLICES).map((i) => {
    if (i === 77) throw new RangeError(`wrong on purpose: ${i + seed}`);
    return i;
  }).count();
  await assert.rejects(
    job,
    (error: Error) => error.message.includes(`wrong on purpose: ${77 + seed}`),
  );
}

async function rows(spark: SparkSession, seed: number): Promise<void> {
  const read = await spark.sql(
    `SELECT id, concat('r', id + ${seed}) AS name FROM range(2000)`,
  ).rdd.map((row) => `${row["id"]}:${row["name"]}`).collect();
  assert.deepEqual(
    new Set(read),
    new Set(Array.from({ length: 2000 }, (_, i) => `${i}:r${i + seed}`)),
  );
}
