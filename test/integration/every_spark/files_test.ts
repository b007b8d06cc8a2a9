import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { JavaError } from "../../../mod.ts";
import { failsInJvm } from "../failures.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const FILES = new URL("../../files/", import.meta.url).pathname;
const GZIP = "org.apache.hadoop.io.compress.GzipCodec";
const TEXT_OUTPUT = "org.apache.hadoop.mapreduce.lib.output.TextOutputFormat";

Deno.test("files that Spark reads whole, in records, and in our own form", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  await using folder = await temporaryFolder();
  const each = onPartitions(t);
  const { fresh } = folder;

  await t.step(
    "wholeTextFiles() and binaryFiles() read whole files",
    async () => {
      const path = fresh();
      await Deno.mkdir(path);
      await Deno.writeTextFile(`${path}/a.txt`, "héllo\nwörld 𝄞\n");
      await Deno.writeTextFile(`${path}/b.txt`, "");
      const texts = sc.wholeTextFiles(path);
      assert.deepEqual(sorted(await texts.collect()), [
        [`file:${path}/a.txt`, "héllo\nwörld 𝄞\n"],
        [`file:${path}/b.txt`, ""],
      ]);
      assert.equal(await texts.count(), 2);
      const lengths = sc.wholeTextFiles(`${path}/a.txt`, 3)
        .mapValues((text) => text.length);
      assert.deepEqual(await lengths.values().collect(), [15]);
      await Deno.writeFile(`${path}/c.bin`, new Uint8Array([0, 255, 10, 128]));
      const bytes = await sc.binaryFiles(`${path}/c.bin`, 1).collect();
      assert.deepEqual(bytes, [
        [`file:${path}/c.bin`, new Uint8Array([0, 255, 10, 128])],
      ]);
      const kept = sc.binaryFiles(path).cache();
      assert.equal(await kept.count(), 3);
      assert.equal(await kept.map(([, file]) => file.length).sum(), 23);
      kept.unpersist();
    },
  );

  await t.step("binaryRecords() cuts files into records", async () => {
    const path = fresh();
    await Deno.writeFile(path, Uint8Array.from({ length: 12 }, (_, i) => i));
    const records = await sc.binaryRecords(path, 4).collect();
    assert.deepEqual(records, [
      new Uint8Array([0, 1, 2, 3]),
      new Uint8Array([4, 5, 6, 7]),
      new Uint8Array([8, 9, 10, 11]),
    ]);
    const firsts = sc.binaryRecords(path, 6).map((bytes) => bytes[0]);
    assert.deepEqual(await firsts.collect(), [0, 6]);
    await failsInJvm( // Spark takes the file's end for the worker's
      sc.binaryRecords(path, 5).collect(),
      /EOFException.*FixedLengthBinaryRecordReader/s,
    );
    for (const length of [0, -1, 1.5, 2 ** 31]) {
      assert.throws(() => sc.binaryRecords(path, length), {
        name: "RangeError",
        message:
          `Cannot read records of ${length} bytes: give a whole number from 1 on`,
      });
    }
  });

  await t.step("a file that is broken is told of as the JVM does", async () => {
    const path = `${fresh()}.gz`;
    const bytes = gzipSync("some lines\n".repeat(100_000));
    bytes.fill(0, bytes.length - 8, bytes.length - 4); // its checksum
    await Deno.writeFile(path, bytes);
    const reading = new RegExp(
      `\\n  reading "${path}" by textFile\\(\\) at files_test\\.ts:\\d+:\\d+`,
    );
    const lines = sc.textFile(path);
    const actions = [
      () => lines.map((line) => line.length).count(),
      () =>
        sc.parallelize(["x"], 1).union(lines).map((line) => line.length).sum(),
      () => lines.count(),
    ];
    for (const action of actions) {
      await assert.rejects(action(), (error: unknown) => {
        assert.ok(error instanceof JavaError);
        assert.match(error.message, /gzip stream CRC failure\n/);
        assert.match(error.message, reading);
        return true;
      });
    }
  });

  await t.step("of a folder the file is named that is broken", async () => {
    const folder = fresh();
    await Deno.mkdir(folder);
    for (const name of ["a", "b", "c"]) {
      const bytes = gzipSync("some lines\n".repeat(1000));
      if (name === "b") bytes.fill(0, bytes.length - 8, bytes.length - 4);
      await Deno.writeFile(`${folder}/${name}.gz`, bytes);
    }
    const lines = sc.textFile(folder, 1);
    const actions = [
      () => lines.map((line) => line.length).count(),
      () => lines.filter((line) => line !== "").collect(),
      () => lines.collect(),
    ];
    for (const action of actions) {
      await assert.rejects(action(), (error: unknown) => {
        assert.ok(error instanceof JavaError);
        assert.match(error.message, /gzip stream CRC failure\n/);
        assert.ok(
          error.message.includes(
            `\n  reading "file:${folder}/b.gz" of "${folder}" by textFile() at files_test`,
          ),
          error.message,
        );
        return true;
      });
    }
  });

  await each("saveAsObjectFile() keeps records", async (partitions) => {
    const records = [
      { url: "/", at: new Date(0), hits: 2n ** 70n },
      [1, "two", null, undefined, new Set([-0])],
      new Map([["k", new Uint8Array([1])]]),
    ];
    const path = fresh();
    await sc.parallelize<unknown>(records, partitions).saveAsObjectFile(path);
    const back = sc.objectFile(path, 1);
    assert.deepEqual(sorted(await back.collect()), sorted(records));
    const lines = fresh();
    await sc.textFile(`${FILES}README.md`).saveAsObjectFile(lines);
    assert.equal(
      await sc.objectFile<string>(lines).first(),
      "# Files of other programs",
    );
  });

  await t.step("an empty RDD makes an empty folder", async () => {
    const pairs = sc.parallelize<string, number>([], 2);
    for (
      const save of [
        (path: string) => pairs.saveAsObjectFile(path),
        (path: string) => pairs.saveAsTextFile(path),
        (path: string) => pairs.saveAsTextFile(path, GZIP),
      ]
    ) {
      const path = fresh();
      await save(path);
      assert.equal(await sc.textFile(path).count() >= 0, true);
      await Deno.stat(`${path}/_SUCCESS`);
    }
    await failsInJvm( // its classes are those of the first pair: PySpark fails alike
      pairs.saveAsSequenceFile(fresh()),
      /empty collection/,
    );
  });

  await t.step("a missing path fails at the action", async () => {
    const gone = `${folder.path}/gone`;
    const missing = /Input path does not exist: file:.*\/gone/;
    for (
      const rdd of [
        sc.wholeTextFiles(gone),
        sc.binaryFiles(gone),
        sc.binaryRecords(gone, 4),
        sc.objectFile(gone),
        sc.sequenceFile(gone),
      ]
    ) {
      await failsInJvm(rdd.count(), missing);
    }
  });

  await t.step("a folder that is there already fails", async () => {
    const pairs = sc.parallelize<string, number>([["a", 1]], 1);
    const there =
      /FileAlreadyExistsException.*Output directory .* already exists/;
    await failsInJvm(pairs.saveAsTextFile(folder.path), there);
    await failsInJvm(pairs.saveAsObjectFile(folder.path), there);
    await failsInJvm(pairs.saveAsSequenceFile(folder.path), there);
    await failsInJvm(
      pairs.saveAsNewAPIHadoopFile(
        folder.path,
        TEXT_OUTPUT,
      ),
      there,
    );
  });

  await t.step("numbers of partitions are checked", () => {
    for (
      const [operation, make] of [
        ["wholeTextFiles()", () => sc.wholeTextFiles("x", 0)],
        ["binaryFiles()", () => sc.binaryFiles("x", 0)],
        ["objectFile()", () => sc.objectFile("x", 0)],
        ["sequenceFile()", () => sc.sequenceFile("x", { minSplits: 0 })],
      ] as const
    ) {
      assert.throws(make, {
        name: "RangeError",
        message:
          `Cannot run ${operation} with 0 partitions: give a whole number from 1 on`,
      });
    }
  });
});
