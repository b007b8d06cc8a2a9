import assert from "node:assert/strict";
import { StorageLevel } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("what an RDD leaves in files and in memory", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  const numbers = [3, 1, 4, 1, 5, 9];

  await t.step(
    "textFile() reads lines, saveAsTextFile() writes them",
    async () => {
      const folder = await Deno.makeTempDir();
      try {
        const lines = ["héllo wörld", "", "𝄞", "plain"];
        await sc.parallelize(lines, 2).saveAsTextFile(`${folder}/out`);
        assert.deepEqual(await sc.textFile(`${folder}/out`).collect(), lines);
        const upper = sc.textFile(`${folder}/out`).map((s) => s.toUpperCase());
        assert.deepEqual(
          await upper.collect(),
          lines.map((s) => s.toUpperCase()),
        );
        assert.equal(await sc.textFile(`${folder}/out`).count(), 4);
        await sc.parallelize<unknown>([1, [2, "x"], { a: 1n }, true], 1)
          .saveAsTextFile(`${folder}/mixed`);
        assert.deepEqual(
          await sc.textFile(`${folder}/mixed`).collect(),
          ["1", '[2,"x"]', '{"a":"1"}', "true"],
        );
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
  await t.step(
    "foreach() and foreachPartition() run on the workers",
    async () => {
      const folder = await Deno.makeTempDir();
      try {
        await sc.parallelize(numbers, 3).foreach((x) => {
          Deno.writeTextFileSync(`${folder}/each`, `${x}\n`, { append: true });
        });
        await sc.parallelize(numbers, 3).foreachPartition((it) => {
          const sum = [...it].reduce((a, b) => a + b, 0);
          Deno.writeTextFileSync(`${folder}/part`, `${sum}\n`, {
            append: true,
          });
        });
        const read = async (name: string): Promise<string[]> =>
          (await Deno.readTextFile(`${folder}/${name}`)).trim().split("\n")
            .sort();
        assert.deepEqual(await read("each"), ["1", "1", "3", "4", "5", "9"]);
        assert.deepEqual(await read("part"), ["14", "4", "5"]);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
  await t.step("cache() computes once, unpersist() lets go", async () => {
    const file = await Deno.makeTempFile();
    try {
      const rdd = sc.parallelize(numbers, 2).map((x) => {
        Deno.writeTextFileSync(file, "x", { append: true });
        return x;
      }).cache();
      const runs = async (): Promise<number> =>
        (await Deno.readTextFile(file)).length;
      assert.equal(await rdd.count(), 6);
      assert.equal(await rdd.map((x) => x + 1).sum(), 29);
      assert.equal(await runs(), 6);
      assert.equal(rdd.isCached, true);
      assert.equal(rdd.unpersist(), rdd);
      assert.equal(await rdd.count(), 6);
      assert.equal(await runs(), 12);
      assert.equal(rdd.persist(StorageLevel.DISK_ONLY), rdd);
      assert.throws(() => rdd.persist(StorageLevel.MEMORY_ONLY), {
        message:
          "Cannot change the storage level of an RDD: it is kept at another level already; call unpersist() first",
      });
    } finally {
      await Deno.remove(file);
    }
  });
});
