import assert from "node:assert/strict";
import {
  aggregateUdf,
  arrowUdf,
  asyncUdf,
  type FunctionProfile,
  functions,
  type SparkSession,
  udf,
  udtf,
} from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const SETTING = "spark.tspark.profile";

function slow(x: number): number {
  let sum = 0;
  for (let i = 0; i < 2_000_000; i++) sum += Math.sqrt(i ^ x);
  return sum;
}

Deno.test("functions of queries are measured on demand", async (t) => {
  const spark = await sharedSession();
  const numbers = spark.range(0, 12, 1, 2);
  const plusOne = udf((x: number) => x + 1, "bigint", { name: "plusOne" });

  await t.step("nothing is measured unless the setting says so", async () => {
    spark.profile.clear();
    await numbers.select(plusOne("id")).collect();
    assert.deepEqual(spark.profile.results(), []);
  });

  await spark.conf.set(SETTING, "time");
  try {
    await t.step("calls, rows and time of each function", async () => {
      const twice = udf((x: number | null) => 2 * (x ?? 0), "bigint", {
        name: "twice",
      });
      await numbers.select(plusOne("id"), twice(plusOne("id"))).collect();
      await numbers.select(plusOne("id")).collect();
      const [one] = measured(spark, "plusOne");
      assert.ok(one !== undefined && one.milliseconds > 0);
      assert.equal(one.calls, one.rows);
      assert.ok(one.calls >= 24, String(one.calls)); // Spark may compute it once or twice
      assert.match(one.site, /^udf\(\) at udf_profile_test\.ts:\d+:\d+$/);
      assert.equal(measured(spark, "twice")[0]?.calls, 12);
    });

    await t.step("functions of all kinds", async () => {
      spark.profile.clear();
      await numbers.select(
        arrowUdf((x) => Array.from(x ?? [], Number), "double", {
          name: "vector",
        })("id"),
        asyncUdf((x: number) => Promise.resolve(x), "bigint", {
          name: "awaited",
        })("id"),
      ).collect();
      const byParity = numbers.selectExpr("id % 2 AS k", "id").groupBy("k");
      await byParity.agg(
        aggregateUdf((x: readonly number[]) => x.length, "int", {
          name: "size",
        })("id").as("n"),
      ).collect();
      await byParity.flatMapGroups(function* groups(_key, rows) {
        for (const { id } of rows) yield { id: Number(id) };
      }, "id BIGINT").collect();
      await byParity.applyInArrow(
        function tables(table) {
          return table;
        },
        "k BIGINT, id BIGINT",
      ).collect();
      await numbers.mapPartitions(function* partitions(rows) {
        for (const { id } of rows) if (id > 5) yield { id };
      }, "id BIGINT").collect();
      class Twice {
        *eval(x: number): Generator<{ x: number }> {
          yield { x };
          yield { x };
        }
      }
      await udtf(Twice, "x BIGINT")(functions.lit(3)).collect();
      assert.deepEqual(
        spark.profile.results().map(({ name, rows }) => [name, rows])
          .toSorted(),
        [
          ["Twice", 2],
          ["awaited", 12],
          ["groups", 12],
          ["partitions", 6],
          ["size", 12],
          ["tables", 12],
          ["vector", 12],
        ],
      );
    });

    await t.step("a function that fails is measured up to there", async () => {
      spark.profile.clear();
      const odd = udf(
        (x: number) => {
          if (x === 3) throw new RangeError("three");
          return x;
        },
        "bigint",
        { name: "odd" },
      );
      await assert.rejects(numbers.select(odd("id")).collect(), /three/);
      await numbers.where("id > 5").select(odd("id")).collect();
      assert.ok((measured(spark, "odd")[0]?.calls ?? 0) >= 6);
    });

    await t.step("render() gives a table, clear() forgets", async () => {
      spark.profile.clear();
      await numbers.select(plusOne("id")).collect();
      const [{ id = -1 } = {}] = measured(spark, "plusOne");
      assert.match(
        spark.profile.render(id),
        /^ *id {2}function {2}made by +calls {2}rows +ms +µs\/row\n *\d+ {2}plusOne +udf\(\) at udf_profile_test\.ts:\d+:\d+ +12 +12 +\d+\.\d +\d+\.\d{3}$/,
      );
      spark.profile.clear(id);
      assert.deepEqual(measured(spark, "plusOne"), []);
    });

    await t.step(
      "dump() writes profiles for the viewers of Chrome and VS Code",
      async () => {
        await using folder = await temporaryFolder();
        spark.profile.clear();
        await spark.conf.set(SETTING, "cpu");
        const slowly = udf((x: number) => slow(x), "double", {
          name: "slowly",
        });
        await numbers.select(slowly("id")).collect();
        const files = await spark.profile.dump(folder.path);
        assert.deepEqual(
          files.map((file) =>
            file.slice(folder.path.length).replace(/\d+/, "1")
          ),
          ["/udfs.txt", "/stage_1.cpuprofile"],
        );
        const profile = JSON.parse(await Deno.readTextFile(files[1] ?? ""));
        const own = profile.nodes.find((node: CpuNode) =>
          node.callFrame.functionName === "slow"
        );
        assert.equal(own?.callFrame.url, import.meta.url);
        const lines = (await Deno.readTextFile(new URL(import.meta.url)))
          .split("\n");
        assert.match(lines[own.callFrame.lineNumber] ?? "", /^function slow\(/);
        const ids = new Set(profile.nodes.map(({ id }: CpuNode) => id));
        assert.equal(ids.size, profile.nodes.length);
        assert.ok(profile.samples.every((id: number) => ids.has(id)));
        assert.equal(profile.samples.length, profile.timeDeltas.length);
        assert.ok(profile.endTime > profile.startTime);
        const reached = new Set(
          profile.nodes.flatMap(({ children }: CpuNode) => children ?? []),
        );
        assert.equal(reached.size, profile.nodes.length - 1); // all but the root
      },
    );
  } finally {
    await spark.conf.unset(SETTING);
    spark.profile.clear();
  }

  await t.step("a value that the setting cannot have is refused", async () => {
    await assert.rejects(spark.conf.set(SETTING, "perf"), {
      condition: "SETTING_INVALID",
      message:
        'Cannot use "perf" for spark.tspark.profile: it is none of off, time, cpu; set one of them',
    });
  });
});

interface CpuNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly children?: readonly number[];
}

function measured(spark: SparkSession, name: string): FunctionProfile[] {
  return spark.profile.results().filter((profile) => profile.name === name);
}
