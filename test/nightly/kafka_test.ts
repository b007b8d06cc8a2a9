import assert from "node:assert/strict";
import { type DataFrame, functions as F } from "../../mod.ts";
import { ended } from "../integration/incoming_lines.ts";
import { ownSparkHome } from "../integration/own_spark_home.ts";
import { commandOf, descendants, gone } from "../integration/processes.ts";
import { startSpark } from "../integration/start_spark.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { startKafka } from "./kafka_broker.ts";
import { mavenRepository } from "./maven_repository.ts";

const RECORDS = 20_000;
/** Spark's side of Kafka. */
const CONNECTOR = [
  "org.apache.spark",
  "spark-sql-kafka-0-10_2.13",
  "4.0.1",
] as const;
/** What it needs, of a version that may be had. */
const TOKENS = [
  "org.apache.spark",
  "spark-token-provider-kafka-0-10_2.13",
  "4.0.0",
] as const;

Deno.test("records of Kafka go through a function and back, as many as were sent", async (t) => {
  await using folder = await temporaryFolder();
  const ivySettings = await mavenRepository(
    `${folder.path}/connector`,
    CONNECTOR,
    TOKENS,
  );
  await Deno.mkdir(`${folder.path}/broker`);
  await using broker = await startKafka(`${folder.path}/broker`);
  using _home = await ownSparkHome(folder.path);
  await using spark = await startSpark({
    "spark.master": "local-cluster[2,1,512]",
    "spark.executor.memory": "512m",
    "spark.jars.packages": CONNECTOR.join(":"),
    "spark.jars.excludes": "org.slf4j:slf4j-api", // Spark has its own
    "spark.jars.ivySettings": ivySettings,
    "spark.jars.ivy": `${folder.path}/ivy`,
  });
  const servers = { "kafka.bootstrap.servers": broker.address };

  /** Each record of `in`, its text in capitals, as a record of a topic. */
  const shout = (topic: string, batch: number) =>
    spark.readStream.format("kafka").options({
      ...servers,
      subscribe: "in",
      startingOffsets: "earliest",
      maxOffsetsPerTrigger: batch,
    }).load().map(({ key, value }) => ({
      key,
      value: new TextEncoder().encode(
        new TextDecoder().decode(value ?? new Uint8Array()).toUpperCase(),
      ),
    }), "key BINARY, value BINARY").writeStream.format("kafka").options({
      ...servers,
      topic,
      checkpointLocation: `${folder.path}/${topic}`,
    });
  /** All that is in a topic: its records, those of different keys, and those that are right. */
  const held = async (topic: string): Promise<unknown> => {
    const records: DataFrame = spark.read.format("kafka")
      .options({ ...servers, subscribe: topic }).load();
    const [row] = await records.selectExpr(
      "CAST(key AS STRING) AS k",
      "CAST(value AS STRING) AS v",
    ).agg(
      F.count("*").as("records"),
      F.count_distinct("k").as("keys"),
      F.expr("count_if(v = concat('WORD ', k))").as("right"),
    ).collect();
    return row;
  };

  await t.step("sent", async () => {
    await spark.range(RECORDS).selectExpr(
      "CAST(id AS STRING) AS key",
      "concat('word ', id) AS value",
    ).write.format("kafka").options({ ...servers, topic: "in" }).save();
  });

  await t.step("read, transformed and written", async () => {
    const query = await shout("out", RECORDS / 4)
      .trigger({ availableNow: true }).start();
    await ended(query);
    assert.deepEqual(await held("out"), {
      records: RECORDS,
      keys: RECORDS,
      right: RECORDS,
    });
  });

  await t.step("also where an executor is killed", async () => {
    await using query = await shout("killed", RECORDS / 20).start();
    let killed = 0;
    for await (const { batchId } of query.progress()) {
      if (batchId % 5 !== 2) continue;
      const executors = descendants(Deno.pid).filter((pid) =>
        commandOf(pid)?.includes("CoarseGrainedExecutorBackend") === true
      );
      const [executor = assert.fail("no executor")] = executors;
      Deno.kill(executor, "SIGKILL");
      await gone([executor]);
      if (++killed === 3) break;
    }
    assert.equal(killed, 3);
    await query.processAllAvailable();
    const { records, ...rest } = await held("killed") as { records: number };
    // The sink may write again what a killed task wrote: as Spark says, at least once.
    assert.ok(records >= RECORDS);
    console.log(`${records - RECORDS} records came twice`);
    assert.deepEqual(rest, { keys: RECORDS, right: records });
  });
});
