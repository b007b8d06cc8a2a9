import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { JavaError, ResourceProfile, StorageLevel } from "../../../mod.ts";
import { onPartitions } from "../partitionings.ts";
import { ownSession } from "../shared_session.ts";

Deno.test("what is kept of an RDD", async (t) => {
  await using spark = await ownSession(); // whose folder for checkpoints nobody has set
  const sc = spark.sparkContext;
  const each = onPartitions(t);
  const folder = await Deno.makeTempDir();
  await using _ = {
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
  const numbers = [3, 1, 4, 1, 5, 9];
  let files = 0;

  /** An RDD whose function notes each of its calls, and how many there were. */
  function counted(n: number) {
    const file = `${folder}/runs${files++}`;
    Deno.writeTextFileSync(file, "");
    const rdd = sc.parallelize(numbers, n).map((x) => {
      Deno.writeTextFileSync(file, ".", { append: true });
      return x + 1;
    });
    return { rdd, runs: () => Deno.readTextFileSync(file).length };
  }

  await each("cache() computes once, unpersist() forgets", async (n) => {
    const { rdd, runs } = counted(n);
    assert.equal(rdd.cache(), rdd);
    assert.equal(await rdd.sum(), 29);
    assert.equal(await rdd.map((x) => x * 2).sum(), 58);
    assert.deepEqual(await rdd.collect(), numbers.map((x) => x + 1));
    assert.equal(runs(), 6);
    assert.equal(rdd.unpersist(true), rdd);
    assert.equal(await rdd.sum(), 29);
    assert.equal(runs(), 12);
    assert.equal(await rdd.cache().sum(), 29);
    assert.equal(await rdd.sum(), 29);
    assert.equal(runs(), 18);
  });
  await each("localCheckpoint() cuts an RDD off its past", async (n) => {
    const { rdd, runs } = counted(n);
    assert.equal(rdd.localCheckpoint(), rdd);
    assert.equal(rdd.isLocallyCheckpointed, true);
    assert.equal(await rdd.isCheckpointed(), false, "not before an action");
    assert.equal(await rdd.sum(), 29);
    assert.equal(await rdd.map((x) => x + 1).sum(), 35);
    assert.equal(runs(), 6);
    assert.equal(await rdd.isCheckpointed(), true);
    assert.equal(await rdd.getCheckpointFile(), null);
    assert.match(await rdd.toDebugString(), /LocalCheckpointRDD/);
  });
  await t.step(
    "checkpoint() without a folder is Spark's own error",
    async () => {
      const rdd = sc.range(3).map((x) => x).checkpoint();
      await assert.rejects(rdd.count(), (error: unknown) => {
        assert.ok(error instanceof JavaError);
        assert.match(
          error.message,
          /Checkpoint directory has not been set in the SparkContext/,
        );
        return true;
      });
      assert.equal(await sc.getCheckpointDir(), null);
    },
  );
  await t.step("setCheckpointDir() makes a folder in its own", async () => {
    await sc.setCheckpointDir(`${folder}/checkpoints`);
    assert.match(
      await sc.getCheckpointDir() ?? "",
      new RegExp(`^file:${folder}/checkpoints/[-0-9a-f]{36}$`),
    );
  });
  await each("checkpoint() writes records and reads them again", async (n) => {
    const { rdd, runs } = counted(n);
    assert.equal(rdd.cache().checkpoint(), rdd);
    assert.equal(rdd.isLocallyCheckpointed, false);
    assert.equal(await rdd.isCheckpointed(), false);
    assert.equal(await rdd.getCheckpointFile(), null);
    assert.equal(await rdd.sum(), 29);
    assert.equal(runs(), 6, "what is cached is not computed to be written");
    assert.equal(await rdd.isCheckpointed(), true);
    const file = await rdd.getCheckpointFile() ?? "";
    assert.ok(file.startsWith(`${await sc.getCheckpointDir()}/rdd-`), file);
    assert.match(await rdd.toDebugString(), /ReliableCheckpointRDD/);
    rdd.unpersist(true);
    assert.deepEqual(await rdd.collect(), numbers.map((x) => x + 1));
    assert.equal(await rdd.getNumPartitions(), n);
    assert.equal(runs(), 6);
  });
  await t.step("checkpoints of shuffles and sources are read too", async () => {
    const source = sc.parallelize(numbers, 2).checkpoint();
    assert.equal(await source.sum(), 23);
    assert.equal(await source.isCheckpointed(), true);
    assert.deepEqual(await source.map((x) => -x).take(2), [-3, -1]);
    const grouped = source.groupBy((x) => x % 2, 3).checkpoint();
    assert.equal(await grouped.count(), 2);
    assert.equal(await grouped.isCheckpointed(), true);
    assert.equal(await grouped.mapValues((g) => g.length).values().sum(), 6);
  });
  await t.step("a checkpoint that is cut short is told as that", async () => {
    const rdd = sc.parallelize(numbers, 1).map((x) => `${x}`.repeat(10_000))
      .checkpoint();
    assert.equal(await rdd.count(), 6);
    const file = `${
      fileURLToPath(await rdd.getCheckpointFile() ?? "")
    }/part-00000`;
    const bytes = await Deno.readFile(file);
    await Deno.writeFile(file, bytes.subarray(0, bytes.length / 2));
    await assert.rejects(
      rdd.map((text) => text.length).collect(),
      (error: Error) => {
        assert.match(error.message, /ChecksumException|EOFException/);
        assert.doesNotMatch(error.message, /kill -9|memory/);
        return true;
      },
    );
  });
  await t.step("persist() keeps at the level that it is given", async () => {
    for (
      const level of [
        StorageLevel.MEMORY_ONLY,
        StorageLevel.MEMORY_AND_DISK,
        StorageLevel.DISK_ONLY,
      ]
    ) {
      const { rdd, runs } = counted(3);
      assert.equal(rdd.getStorageLevel(), StorageLevel.NONE);
      assert.equal(rdd.isCached, false);
      rdd.persist(level);
      assert.equal(rdd.persist(level), rdd, "twice the same");
      assert.equal(rdd.getStorageLevel(), level);
      assert.equal(rdd.isCached, true);
      await rdd.count();
      await rdd.count();
      assert.equal(runs(), 6);
      const debug = await rdd.toDebugString();
      assert.match(debug, /CachedPartitions: 3/);
      assert.equal(/Disk (Memory )?Serialized/.test(debug), level.useDisk);
      assert.throws(() => rdd.persist(StorageLevel.OFF_HEAP), {
        name: "RangeError",
        message:
          "Cannot change the storage level of an RDD: it is kept at another level already; call unpersist() first",
      });
      rdd.unpersist();
      assert.equal(rdd.getStorageLevel(), StorageLevel.NONE);
      rdd.persist(StorageLevel.OFF_HEAP).unpersist();
    }
  });
  await t.step("unpersist() before any action changes nothing", async () => {
    const { rdd, runs } = counted(2);
    rdd.cache().unpersist().unpersist();
    await rdd.count();
    await rdd.count();
    assert.equal(runs(), 12);
  });
  await t.step(
    "cached shuffles, pairings and unions keep their records",
    async () => {
      const { rdd, runs } = counted(2);
      const grouped = rdd.groupBy((x) => x % 2, 2).cache();
      assert.equal(await grouped.count(), 2);
      assert.equal(await grouped.mapValues((g) => g.length).values().sum(), 6);
      assert.equal(runs(), 6);
      const pairs = rdd.cartesian(sc.range(0, 2, 1, 1)).cache();
      assert.equal(await pairs.count(), 12);
      const before = runs();
      assert.equal(await pairs.values().sum(), 6);
      assert.equal(runs(), before);
      const all = rdd.union(rdd).cache();
      assert.equal(await all.count(), 12);
      assert.equal(await all.sum(), 58);
      assert.equal(runs(), before + 12);
    },
  );
  await t.step("setName() names an RDD, for Spark too", async () => {
    const rdd = sc.range(0, 4, 1, 2).map((x) => x);
    assert.equal(rdd.name, null);
    assert.equal(rdd.setName("four numbers"), rdd);
    assert.equal(rdd.name, "four numbers");
    assert.match(await rdd.toDebugString(), /\(2\) four numbers PythonRDD\[/);
    rdd.setName("renamed");
    assert.match(await rdd.toDebugString(), /\(2\) renamed PythonRDD\[/);
  });
  await t.step("id() tells RDDs apart and stays", async () => {
    const rdd = sc.range(4);
    const id = await rdd.id();
    assert.ok(Number.isInteger(id) && id >= 0);
    assert.equal(await rdd.id(), id);
    assert.notEqual(await sc.range(4).id(), id);
    assert.notEqual(await rdd.map((x) => x).id(), id);
  });
  await t.step("toDebugString() shows shuffles and partitions", async () => {
    const rdd = sc.range(0, 4, 1, 3).keyBy((x) => x).groupByKey(2);
    const lines = (await rdd.toDebugString()).split("\n");
    assert.match(lines[0] ?? "", /^\(2\) PythonRDD\[\d+\]/);
    assert.ok(lines.some((line) => line.includes("ShuffledRDD")), `${lines}`);
    assert.ok(lines.some((line) => / \+-\(3\) /.test(line)), `${lines}`);
  });
  await t.step(
    "cleanShuffleDependencies() lets them be made again",
    async () => {
      const { rdd, runs } = counted(2);
      const grouped = rdd.groupBy((x) => x % 2, 2);
      assert.equal(await grouped.count(), 2);
      assert.equal(await grouped.count(), 2);
      assert.equal(runs(), 6, "the files of the shuffle are used again");
      await grouped.cleanShuffleDependencies(true);
      assert.equal(await grouped.count(), 2);
      assert.equal(runs(), 12);
      await sc.range(2).cleanShuffleDependencies();
    },
  );
  await t.step("withResources() is refused where Spark cannot", async () => {
    const profile = new ResourceProfile({ cores: 2 }, { cpus: 2 });
    const rdd = sc.range(0, 4, 1, 2).map((x) => x);
    assert.equal(rdd.getResourceProfile(), null);
    assert.equal(rdd.withResources(profile), rdd);
    assert.equal(rdd.getResourceProfile(), profile);
    for (let round = 0; round < 2; round++) {
      await assert.rejects(rdd.count(), (error: unknown) => {
        assert.ok(error instanceof JavaError);
        assert.match(
          error.message,
          /ResourceProfiles are only supported on YARN and Kubernetes and Standalone with dynamic allocation enabled/,
        );
        return true;
      });
    }
  });
});
