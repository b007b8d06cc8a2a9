import assert from "node:assert/strict";
import { SparkError } from "../../../mod.ts";
import { ownSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

/** Files of these folders, however deep, without the folders themselves. */
function filesBelow(folder: string): string[] {
  return Deno.readDirSync(folder).toArray().flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

Deno.test("files of broadcasts and commands go as soon as nobody needs them", async (t) => {
  await using folder = await temporaryFolder();
  const before = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", folder.path);
  try {
    const spark = await ownSession({ "spark.local.dir": "/tmp" });
    const sc = spark.sparkContext;

    await t.step(
      "destroy() removes a broadcast's file, unpersist() does not",
      async () => {
        const shared = sc.broadcast(new Uint8Array(10));
        const never = sc.broadcast("nobody reads it");
        assert.equal(filesBelow(folder.path).length, 2);
        const lengths = sc.range(2).map(() => shared.value.length);
        assert.deepEqual(await lengths.collect(), [10, 10]);
        await shared.unpersist(true);
        assert.deepEqual(await lengths.collect(), [10, 10]);
        await shared.destroy(true);
        await never.destroy();
        assert.deepEqual(filesBelow(folder.path), []);
      },
    );

    await t.step(
      "a large command's file goes with its job, and another job has its own",
      async () => {
        const large = "x".repeat(3 << 20);
        const sums = sc.range(2).map((i) => large.length + i);
        assert.deepEqual(await sums.collect(), [3145728, 3145729]);
        assert.deepEqual(await sums.take(1), [3145728]);
        await sums.saveAsTextFile(`${folder.path}/lines`);
        await Deno.remove(`${folder.path}/lines`, { recursive: true });
        assert.deepEqual(filesBelow(folder.path), []);
      },
    );

    await t.step("also where the job fails", async () => {
      const large = "x".repeat(3 << 20);
      const failing = sc.range(2).map((i) => {
        if (large.length > i) throw new RangeError("too large");
        return i;
      });
      await assert.rejects(failing.collect(), /too large/);
      assert.deepEqual(filesBelow(folder.path), []);
    });

    await t.step("an RDD that was kept still has its command", async () => {
      const large = "x".repeat(3 << 20);
      const kept = sc.range(2).map((i) => large.length + i).cache();
      assert.equal(await kept.count(), 2);
      await kept.unpersist(true);
      assert.deepEqual(await kept.collect(), [3145728, 3145729]);
    });

    await t.step("records of parallelize() leave no file", async () => {
      const files = filesBelow(folder.path);
      assert.equal(await sc.parallelize([1, 2, 3]).count(), 3);
      assert.deepEqual(filesBelow(folder.path), files);
    });

    await t.step(
      "a folder that a cleaner took away is made again",
      async () => {
        const early = sc.broadcast([1]);
        assert.deepEqual(await sc.range(1).map(() => early.value).collect(), [[
          1,
        ]]);
        for (const { name } of Deno.readDirSync(folder.path)) {
          await Deno.remove(`${folder.path}/${name}`, { recursive: true });
        }
        const late = sc.broadcast([2]);
        assert.deepEqual(await sc.range(1).map(() => late.value).collect(), [[
          2,
        ]]);
        assert.equal(await sc.parallelize([1, 2, 3]).count(), 3);
        const large = "x".repeat(3 << 20);
        assert.deepEqual(
          await sc.range(1).map(() => large.length).collect(),
          [3145728],
        );
      },
    );

    await t.step(
      "where no folder can be made, the error says where",
      async () => {
        for (const { name } of Deno.readDirSync(folder.path)) {
          await Deno.remove(`${folder.path}/${name}`, { recursive: true });
        }
        Deno.env.set("TMPDIR", `${folder.path}/none`);
        assert.throws(() => sc.broadcast([3]), {
          condition: "TEMPORARY_FOLDER_FAILED",
          message: new RegExp(
            `^Cannot make a folder in "${folder.path}/none" for temporary files: .+; make that folder writable, or set TMPDIR to one that is$`,
          ),
        });
        Deno.env.set("TMPDIR", folder.path);
      },
    );

    await t.step(
      "stop() leaves nothing, and nothing is written afterwards",
      async () => {
        sc.broadcast("nobody destroys it");
        await spark.stop();
        assert.throws(
          () => sc.broadcast([4]),
          (error) =>
            error instanceof SparkError &&
            error.condition === "APPLICATION_STOPPED" &&
            /^Cannot run broadcast\(\) at temporary_files_test\.ts:\d+:\d+: stop\(\) at temporary_files_test\.ts:\d+:\d+ has stopped the application; start a new session by getOrCreate\(\)$/
              .test(error.message),
        );
        assert.deepEqual(Deno.readDirSync(folder.path).toArray(), []);
      },
    );
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
  }
});
