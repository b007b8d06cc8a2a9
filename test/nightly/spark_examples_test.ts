/**
 * Six of Spark's own example programs give what they give in PySpark, from the
 * same data and the same first values. Sums are made in another order in
 * each run, so numbers agree to about nine digits.
 */
import assert from "node:assert/strict";
import { findPython, pythonPath } from "../../bench/harness/engines.ts";
import { findSpark } from "../../src/driver/launch/find_spark.ts";
import { runExample } from "../integration/run_example.ts";

const TOLERANCE = 1e-9; // relative
const PI_TOLERANCE = 0.02; // some twelve standard deviations of a million darts

interface Results {
  readonly pi: number;
  readonly pageRank: [string, number][];
  readonly kMeans: number[][];
  readonly transitiveClosure: number;
  readonly logisticRegression: number[];
  readonly als: number[];
}

function near(got: readonly number[], wanted: readonly number[]): void {
  assert.equal(got.length, wanted.length);
  got.forEach((x, i) => {
    const y = wanted[i] ?? NaN;
    const scale = Math.max(1, Math.abs(y));
    assert.ok(Math.abs(x - y) <= TOLERANCE * scale, `${got} is not ${wanted}`);
  });
}

const path = (name: string): string =>
  decodeURIComponent(new URL(name, import.meta.url).pathname);

async function runPySpark(): Promise<Results> {
  const { home } = await findSpark();
  const python = await findPython();
  const { success, stdout, stderr } = await new Deno.Command(python, {
    args: [
      path("../integration/pyspark_examples.py"),
      path("../../examples/data"),
    ],
    env: {
      SPARK_HOME: home,
      PYTHONPATH: await pythonPath(home),
      PYSPARK_PYTHON: python,
    },
    stdin: "null",
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("Spark's example programs give PySpark's results", async (t) => {
  const wanted = await runPySpark();

  await t.step("pi.ts", async () => {
    const [line = ""] = await runExample("pi.ts", "1000000");
    const estimate = Number(line.split(" ").at(-1));
    assert.ok(Math.abs(estimate - wanted.pi) < 2 * PI_TOLERANCE, line);
  });

  await t.step("page_rank.ts", async () => {
    const ranks = (await runExample("page_rank.ts")).map((line) =>
      /^(\S+) has rank: (\S+)\.$/.exec(line) ?? []
    );
    assert.deepEqual(
      ranks.map(([, page]) => page),
      wanted.pageRank.map(([page]) => page),
    );
    near(
      ranks.map(([, , rank]) => Number(rank)),
      wanted.pageRank.map(([, rank]) => rank),
    );
  });

  await t.step("k_means.ts", async () => {
    const centers = await runExample("k_means.ts");
    near(
      centers.flatMap((line) => line.split(" ").slice(1).map(Number)),
      wanted.kMeans.flat(),
    );
  });

  await t.step("transitive_closure.ts", async () => {
    assert.deepEqual(await runExample("transitive_closure.ts"), [
      `TC has ${wanted.transitiveClosure} edges`,
    ]);
  });

  await t.step("logistic_regression.ts", async () => {
    const [line = ""] = await runExample("logistic_regression.ts");
    near(
      line.replace("Final w: ", "").split(" ").map(Number),
      wanted.logisticRegression,
    );
  });

  await t.step("als.ts", async () => {
    const errors = await runExample("als.ts");
    near(errors.map((line) => Number(line.split(" ").at(-1))), wanted.als);
  });
});
