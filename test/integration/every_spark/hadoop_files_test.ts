import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { failsInJvm, failsInWorker } from "../failures.ts";
import { onPartitions, sorted } from "../partitionings.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const PYSPARK = new URL("../../files/pyspark/", import.meta.url).pathname;
const IO = "org.apache.hadoop.io";
const GZIP = `${IO}.compress.GzipCodec`;
const NEW_OUTPUT = "org.apache.hadoop.mapreduce.lib.output";
const OLD_TEXT_OUTPUT = "org.apache.hadoop.mapred.TextOutputFormat";

Deno.test("files of Hadoop's formats", async (t) => {
  const spark = await sharedSession();
  const sc = spark.sparkContext;
  await using folder = await temporaryFolder();
  const each = onPartitions(t);
  const { fresh } = folder;

  await each("saveAsSequenceFile() keeps pairs", async (partitions) => {
    const roundTrip = async <K, V>(
      pairs: [K, V][],
      expected: [unknown, unknown][] = pairs,
    ): Promise<void> => {
      const path = fresh();
      await sc.parallelize<K, V>(pairs, partitions).saveAsSequenceFile(path);
      const back = await sc.sequenceFile(path).collect();
      assert.deepEqual(sorted(back), sorted(expected));
    };
    await roundTrip([["a", 1], ["é𝄞", -2], ["", 2 ** 31 - 1]]);
    await roundTrip([[1n, null], [2n ** 53n + 1n, null], [2n ** 31n, null]], [
      [1, null],
      [2n ** 53n + 1n, null],
      [2 ** 31, null],
    ]);
    await roundTrip([[0.5, true], [-0, false], [NaN, true], [2 ** 60, false]]);
    await roundTrip([[1, new Uint8Array([0, 255])], [2, new Uint8Array(0)]]);
    await roundTrip<number, unknown>(
      [[1, { a: 1, b: "x" }], [2, new Map([["c", 2.5]])]],
      [
        [1, new Map<string, unknown>([["a", 1], ["b", "x"]])],
        [2, new Map([["c", 2.5]])],
      ],
    );
  });

  await t.step("saveAsSequenceFile() makes numbers what is asked", async () => {
    const path = fresh();
    const scores = sc.parallelize<number, number>([[1, 2], [3, 1.5]], 1);
    await failsInJvm(
      scores.saveAsSequenceFile(fresh()),
      /wrong value class: org\.apache\.hadoop\.io\.DoubleWritable is not class org\.apache\.hadoop\.io\.IntWritable/,
    );
    await scores.saveAsSequenceFile(path, null, {
      keyClass: `${IO}.LongWritable`,
      valueClass: `${IO}.DoubleWritable`,
    });
    const back = sc.sequenceFile<number, number>(path, {
      keyClass: `${IO}.LongWritable`,
      valueClass: `${IO}.DoubleWritable`,
      minSplits: 3,
    });
    assert.deepEqual(await back.collect(), [[1, 2], [3, 1.5]]);
    const header = await Deno.readTextFile(`${path}/part-00000`);
    assert.match(header, /LongWritable.*DoubleWritable/);
    await failsInWorker(
      scores.saveAsSequenceFile(fresh(), null, {
        valueClass: `${IO}.IntWritable`,
      }),
      "RECORD_NOT_SERIALIZABLE",
      /Cannot hand the JVM 1\.5 as a int: it does not fit/,
    );
    await failsInWorker(
      sc.parallelize<string, Date>([["a", new Date(0)]], 1)
        .saveAsSequenceFile(fresh()),
      "RECORD_NOT_SERIALIZABLE",
      /Cannot hand the JVM a record with the Date \S+: it is without a form there; map records to/,
    );
    const notPairs = sc.parallelize<unknown>(
      [1, 2],
      1,
    ) as never as typeof scores;
    await failsInWorker(
      notPairs.saveAsSequenceFile(fresh()),
      "RECORD_NOT_A_PAIR",
      /a pair/,
    );
  });

  await t.step("sequenceFile() reads what PySpark wrote", async () => {
    const read = (name: string): Promise<[unknown, unknown][]> =>
      sc.sequenceFile(`${PYSPARK}${name}.seq`).collect();
    assert.deepEqual(await read("ints"), [
      ["a", 1],
      ["b", -2],
      ["é", 2 ** 31 - 1],
    ]);
    assert.deepEqual(await read("longs"), [
      [2 ** 31, null],
      [2n ** 53n + 1n, null],
      [-(2n ** 63n), null],
    ]);
    assert.deepEqual(await read("doubles"), [
      [1.5, true],
      [-0, false],
      [NaN, true],
    ]);
    assert.deepEqual(await read("bytes"), [
      ["x", new Uint8Array([0, 255])],
      ["y", new Uint8Array(0)],
    ]);
    assert.deepEqual(await read("maps"), [
      [1, new Map([["a", 1], ["b", 2.5]])],
      [2, new Map()],
    ]);
    const sums = sc.sequenceFile<string, number>(`${PYSPARK}ints.seq`)
      .union(sc.sequenceFile<string, number>(`${PYSPARK}ints.seq`))
      .reduceByKey((a, b) => a + b);
    assert.equal((await sums.collectAsMap()).get("b"), -4);
  });

  await t.step("Hadoop's formats write and read pairs", async () => {
    const pairs = sc.parallelize<string, number>(
      [["a", 1], ["b", 2], ["c", 3]],
      4, // one is empty
    );
    const expected = [["a", 1], ["b", 2], ["c", 3]];
    const [first, second, third, fourth] = [fresh(), fresh(), fresh(), fresh()];
    await pairs.saveAsNewAPIHadoopFile(
      first,
      `${NEW_OUTPUT}.SequenceFileOutputFormat`,
      { keyClass: `${IO}.Text`, valueClass: `${IO}.LongWritable` },
    );
    const newInput = [
      "org.apache.hadoop.mapreduce.lib.input.SequenceFileInputFormat",
      `${IO}.Text`,
      `${IO}.LongWritable`,
    ] as const;
    assert.deepEqual(
      sorted(await sc.newAPIHadoopFile(first, ...newInput).collect()),
      expected,
    );
    const conf = { "mapreduce.input.fileinputformat.inputdir": first };
    assert.deepEqual(
      sorted(await sc.newAPIHadoopRDD(...newInput, { conf }).collect()),
      expected,
    );
    await pairs.saveAsHadoopFile(
      second,
      "org.apache.hadoop.mapred.SequenceFileOutputFormat",
    );
    const oldInput = [
      "org.apache.hadoop.mapred.SequenceFileInputFormat",
      `${IO}.Text`,
      `${IO}.IntWritable`,
    ] as const;
    assert.deepEqual(
      sorted(await sc.hadoopFile(second, ...oldInput).collect()),
      expected,
    );
    const oldConf = { "mapreduce.input.fileinputformat.inputdir": second };
    assert.deepEqual(
      sorted(await sc.hadoopRDD(...oldInput, { conf: oldConf }).collect()),
      expected,
    );
    await pairs.saveAsNewAPIHadoopDataset({
      "mapreduce.job.outputformat.class": `${NEW_OUTPUT}.TextOutputFormat`,
      "mapreduce.output.fileoutputformat.outputdir": third,
      "mapreduce.job.output.key.class": `${IO}.Text`,
      "mapreduce.job.output.value.class": `${IO}.DoubleWritable`,
    });
    assert.deepEqual(
      (await sc.textFile(third).collect()).sort(),
      ["a\t1.0", "b\t2.0", "c\t3.0"],
    );
    await pairs.saveAsHadoopDataset({
      "mapred.output.format.class": OLD_TEXT_OUTPUT,
      "mapreduce.output.fileoutputformat.outputdir": fourth,
      "mapred.output.key.class": `${IO}.Text`,
      "mapred.output.value.class": `${IO}.IntWritable`,
    });
    assert.deepEqual(
      (await sc.textFile(fourth).collect()).sort(),
      ["a\t1", "b\t2", "c\t3"],
    );
  });

  await t.step("codecs compress", async () => {
    const [text, sequence, old] = [fresh(), fresh(), fresh()];
    const lines = ["héllo", "wörld"];
    await sc.parallelize(lines, 1).saveAsTextFile(text, GZIP);
    const packed = await Deno.readFile(`${text}/part-00000.gz`);
    assert.equal(
      new TextDecoder().decode(gunzipSync(packed)),
      "héllo\nwörld\n",
    );
    assert.deepEqual(await sc.textFile(text).collect(), lines);
    const pairs = sc.parallelize<string, number>([["a", 1]], 1);
    await pairs.saveAsSequenceFile(sequence, `${IO}.compress.DefaultCodec`);
    assert.match(
      await Deno.readTextFile(`${sequence}/part-00000`),
      /DefaultCodec/,
    );
    assert.deepEqual(await sc.sequenceFile(sequence).collect(), [["a", 1]]);
    await pairs.saveAsHadoopFile(old, OLD_TEXT_OUTPUT, {
      compressionCodecClass: "gzip",
    });
    await assert.rejects(
      sc.parallelize(lines).saveAsTextFile(fresh(), "zipper"),
      /Cannot compress by "zipper": Spark has no codec of that name; give one of /,
    );
    assert.deepEqual(await sc.textFile(`${old}/part-00000.gz`).collect(), [
      "a\t1",
    ]);
  });

  await t.step("settings reach the format", async () => {
    const path = fresh();
    await sc.parallelize<string, number>([["a", 1]], 1).saveAsNewAPIHadoopFile(
      path,
      `${NEW_OUTPUT}.TextOutputFormat`,
      { conf: { "mapreduce.output.textoutputformat.separator": "=" } },
    );
    assert.deepEqual(await sc.textFile(path).collect(), ["a=1"]);
    const byOffset = sc.newAPIHadoopFile<number, string>(
      `${PYSPARK}/../README.md`,
      "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
      `${IO}.LongWritable`,
      `${IO}.Text`,
      { conf: { "textinputformat.record.delimiter": " of " } },
    );
    assert.deepEqual(await byOffset.first(), [0, "# Files"]);
  });

  await t.step("a wrong class fails by name", async () => {
    const pairs = sc.parallelize<string, number>([["a", 1]], 1);
    const none = /ClassNotFoundException.*no\.Such/s;
    await failsInJvm(pairs.saveAsTextFile(fresh(), "no.Such"), none);
    await failsInJvm(pairs.saveAsSequenceFile(fresh(), "no.Such"), none);
    await failsInJvm(pairs.saveAsNewAPIHadoopFile(fresh(), "no.Such"), none);
    await failsInJvm(
      pairs.saveAsHadoopFile(fresh(), OLD_TEXT_OUTPUT, {
        keyConverter: "no.Such",
      }),
      none,
    );
    const file = `${PYSPARK}ints.seq`;
    await failsInJvm(
      sc.newAPIHadoopFile(file, "no.Such", `${IO}.Text`, `${IO}.Text`)
        .collect(),
      none,
    );
    await failsInJvm(
      sc.sequenceFile(file, { valueConverter: "no.Such" }).collect(),
      none,
    );
    await failsInJvm(
      sc.sequenceFile(file, { keyClass: "no.Such" }).collect(),
      none,
    );
  });
});
