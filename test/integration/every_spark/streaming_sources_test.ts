import assert from "node:assert/strict";
import {
  type DataFrame,
  functions as F,
  type KafkaReadOptions,
  type SparkSession,
} from "../../../mod.ts";
import { ended, incomingLines } from "../incoming_lines.ts";
import { dialectOf, isSince } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";

const isOld = (spark: SparkSession): boolean => spark.version.startsWith("3.");

Deno.test("readStream and writeStream: what Spark reads and writes", async (t) => {
  const spark = await sharedSession();
  await using incoming = await incomingLines();
  const { at, arrive } = incoming;
  const people = [{ id: 1, name: "ann" }, { id: 2, name: "bob" }];
  await arrive("a", "b", "a");

  const formats = ["json", "csv", "parquet", "orc", "xml"] as const;
  for (const format of formats) {
    if (format === "xml" && isOld(spark)) continue;
    await t.step(`files of ${format}, through the sink of files`, async () => {
      // XML has no sink of streams.
      const rowTag = format === "xml" ? { rowTag: "person" } : {};
      const sink = format === "xml" ? "json" : format;
      await spark.createDataFrame(people, "id BIGINT, name STRING").coalesce(1)
        .write.format(format).options(rowTag).save(at(format));
      const read = spark.readStream.schema("id BIGINT, name STRING");
      const query = await read[format](at(format), {
        maxFilesPerTrigger: 1,
        ...rowTag,
      })
        .writeStream.format(sink)
        .options({ checkpointLocation: at(`${format}.checkpoint`) })
        .trigger({ availableNow: true }).start(at(`${format}.out`));
      await ended(query);
      const rows = await spark.read.schema("id BIGINT, name STRING")
        .format(sink).load(at(`${format}.out`)).orderBy("id").collect();
      assert.deepEqual(rows, people);
    });
  }

  await t.step("text, into folders of a column's values", async () => {
    const query = await incoming.lines(spark)
      .select(F.concat(F.lit("<"), F.col("value")).as("line"), F.col("value"))
      .writeStream.format("text").partitionBy("value").queryName("folders")
      .options({ path: at("folders"), checkpointLocation: at("folders.c") })
      .trigger({ once: true }).start();
    assert.equal(query.name, "folders");
    await ended(query);
    const folders = [...Deno.readDirSync(at("folders"))]
      .map(({ name }) => name).filter((name) => name.startsWith("value="));
    assert.deepEqual(folders.toSorted(), ["value=a", "value=b"]);
    const lines = await spark.read.text(at("folders")).select("value")
      .collect();
    assert.equal(lines.length, 3);
  });

  await t.step("a table, into a table", async () => {
    await spark.sql(
      "CREATE TABLE streaming_in (id INT, word STRING) USING parquet",
    );
    await spark.sql("INSERT INTO streaming_in VALUES (1, 'x'), (2, 'y')");
    try {
      const words = spark.readStream.table<{ word: string }>("streaming_in");
      assert.equal(await words.isStreaming, true);
      const query = await words.writeStream.format("parquet")
        .partitionBy("word").option("checkpointLocation", at("table.c"))
        .trigger({ availableNow: true }).toTable("streaming_out");
      await ended(query);
      const rows = await spark.table("streaming_out").orderBy("id").collect();
      assert.deepEqual(rows, [{ id: 1, word: "x" }, { id: 2, word: "y" }]);
      const kept = await spark.sql("DESCRIBE TABLE streaming_out").collect();
      assert.ok(kept.some(({ col_name }) => /Partition/.test(`${col_name}`)));
    } finally {
      await spark.sql("DROP TABLE IF EXISTS streaming_in");
      await spark.sql("DROP TABLE IF EXISTS streaming_out");
    }
  });

  await t.step("a table that is clustered by a column", async () => {
    if (isOld(spark)) return; // versions_test.ts has the refusal
    try {
      const query = await incoming.lines(spark).writeStream.format("parquet")
        .clusterBy("value").option("checkpointLocation", at("clustered.c"))
        .trigger({ availableNow: true }).toTable("streaming_clustered");
      await ended(query);
      const kept = await spark.sql("SHOW TBLPROPERTIES streaming_clustered")
        .where("key = 'clusteringColumns'").collect();
      assert.match(JSON.stringify(kept), /"\[\[\\"value\\"\]\]"/);
      assert.equal(await spark.table("streaming_clustered").count(), 3);
    } finally {
      await spark.sql("DROP TABLE IF EXISTS streaming_clustered");
    }
  });

  await t.step("rate: rows by the clock, typed", async () => {
    await using query = await spark.readStream.format("rate")
      .options({ rowsPerSecond: 100, numPartitions: 2 }).load()
      .where(F.col("value").ge(0)).map(({ timestamp, value }) => ({
        time: timestamp.getTime(),
        twice: value * 2,
      }), "time BIGINT, twice BIGINT")
      .writeStream.format("memory").queryName("streaming_rate").start();
    assert.equal(await query.awaitTermination({ timeoutMs: 1 }), false);
    let rows: Record<string, unknown>[] = [];
    while (rows.length === 0) {
      await query.processAllAvailable();
      rows = await spark.table("streaming_rate").orderBy("twice").limit(3)
        .collect();
    }
    assert.deepEqual(rows.map(({ twice }) => twice), [0, 2, 4]);
    spark.catalog.dropTempView("streaming_rate");
  });

  await t.step("socket: lines that a server sends", async () => {
    using server = Deno.listen({ hostname: "localhost", port: 0 });
    const accepted = server.accept();
    await using query = await spark.readStream.format("socket")
      .options({ host: "localhost", port: server.addr.port }).load()
      .groupBy("value").agg(F.count("*").as("n"))
      .writeStream.format("memory").queryName("streaming_socket")
      .outputMode("complete").start();
    using connection = await accepted;
    await connection.write(new TextEncoder().encode("x\ny\nx\n"));
    const counts = (): Promise<Record<string, unknown>[]> =>
      spark.table("streaming_socket").orderBy("value").collect();
    while ((await counts()).length < 2) await query.processAllAvailable();
    assert.deepEqual(await counts(), [
      { value: "x", n: 2 },
      { value: "y", n: 1 },
    ]);
    spark.catalog.dropTempView("streaming_socket");
  });

  await t.step("triggers: each of them", async () => {
    await using query = await incoming.lines(spark).writeStream.format("noop")
      .trigger({ processingTime: "1 second" }).start();
    await query.processAllAvailable();
    assert.equal((await query.lastProgress)?.numInputRows, 3);
    await query.stop();

    // Its task holds a core for as long as it runs.
    await using continuous = await spark.readStream.format("rate")
      .options({ numPartitions: 1 }).load()
      .writeStream.format("memory").queryName("streaming_continuous")
      .trigger({ continuous: "100 milliseconds" }).start();
    // It reports no progress, in Spark.
    while (await spark.table("streaming_continuous").count() === 0) {
      await continuous.awaitTermination({ timeoutMs: 100 });
    }
    await continuous.stop();
    assert.equal(await continuous.exception(), null);
    spark.catalog.dropTempView("streaming_continuous");
  });

  await t.step("a trigger in real time, where the source can", async () => {
    if (!isSince(dialectOf(spark.version), "4.2")) return; // streaming_errors_test.ts has the refusal
    // Of Spark's own sources only Kafka can.
    const writer = spark.readStream.format("rate").load().writeStream
      .format("noop").outputMode("update").trigger({ realTime: "5 seconds" });
    await assert.rejects(writer.start(), {
      condition: /^STREAMING_REAL_TIME_MODE\./,
    });
  });

  await t.step("a stream joined with a stream, observed", async () => {
    const words = (name: string) =>
      incoming.lines(spark).select(
        F.col("value").as(`word`),
        F.current_timestamp().as("at"),
      ).withWatermark("at", "1 minute").alias(name);
    const seen: unknown[] = [];
    const query = await words("l").join(
      words("r"),
      F.expr("l.word = r.word AND r.at >= l.at - INTERVAL 1 HOUR"),
    ).select(F.col("l.word").as("word"))
      .observe("pairs", F.count("*").as("n"), F.max("word").as("last"))
      .writeStream.trigger({ availableNow: true })
      .foreachBatch(async (batch) => {
        seen.push(...(await batch.collect()).map(({ word }) => word));
      }).start();
    await ended(query);
    assert.deepEqual(seen.toSorted(), ["a", "a", "a", "a", "b"]);
    const all = await query.recentProgress;
    assert.deepEqual(all[0]?.observedMetrics?.["pairs"], { n: 5, last: "b" });
    assert.ok(
      all[0]?.stateOperators.some(({ numRowsTotal }) => numRowsTotal === 6),
    );
  });

  await t.step("sessions, and duplicates within the watermark", async () => {
    const ticks = (): DataFrame<{ timestamp: Date; value: number }> =>
      spark.readStream.format("rate-micro-batch").options({
        rowsPerBatch: 4,
        advanceMillisPerBatch: 60_000,
        startTimestamp: 0,
      }).load().withWatermark("timestamp", "1 second");
    const first = async <S extends object>(
      df: DataFrame<S>,
    ): Promise<unknown> => {
      const rows = Promise.withResolvers<unknown>();
      await using query = await df.writeStream.foreachBatch(async (batch) => {
        const found = await batch.collect();
        if (found.length > 0) rows.resolve(found);
      }).start();
      // A query that fails says why.
      return await Promise.race([rows.promise, query.awaitTermination()]);
    };
    const sessions = ticks().groupBy(
      F.session_window("timestamp", "10 seconds"),
      F.col("value").mod(1).as("key"),
    )
      .agg(F.count("*").as("n")).select(
        F.col("session_window.start").cast("long").as("start"),
        F.col("session_window.end").cast("long").as("end"),
        F.col("n"),
      );
    assert.deepEqual(await first(sessions), [{ start: 0, end: 10, n: 4 }]);
    const distinct = ticks().select(
      F.col("timestamp"),
      F.col("value").mod(2).as("rest"),
    )
      .dropDuplicatesWithinWatermark(["rest"]).select("rest");
    const rests = await first(distinct) as { rest: number }[];
    assert.deepEqual(rests.map(({ rest }) => rest).toSorted(), [0, 1]);
  });

  await t.step("a writer may start more than one query", async () => {
    const seen: number[] = [];
    const writer = incoming.lines(spark).writeStream
      .foreachBatch((_, batchId) => void seen.push(batchId));
    for (const _ of [1, 2]) {
      await using query = await writer.start();
      await query.processAllAvailable();
    }
    assert.deepEqual(seen, [0, 0]);
  });
});

/** Checked by the compiler alone: what formats take and give. */
export function types(spark: SparkSession, kafka: KafkaReadOptions): void {
  const rows = spark.readStream.format("kafka").options(kafka).load();
  const _offsets: DataFrame<{ offset: number }> = rows.select("offset");
  // @ts-expect-error -- a number
  spark.readStream.format("rate").options({ rowsPerSecond: "10" });
  // @ts-expect-error -- misspelt
  spark.readStream.format("rate").options({ rowPerSecond: 10 });
  // @ts-expect-error -- a port is needed
  spark.readStream.format("socket").options({ host: "localhost" });
  // @ts-expect-error -- an option of Parquet's
  rows.writeStream.format("console").options({ mergeSchema: true });
  spark.readStream.format("a.library").options({ anything: 1 }).load();
  rows.writeStream.format("kafka").options({
    "kafka.bootstrap.servers": "localhost:9092",
    "kafka.acks": "all",
    topic: "out",
  });
}
