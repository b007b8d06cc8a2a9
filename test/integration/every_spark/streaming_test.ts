import assert from "node:assert/strict";
import {
  type DataFrame,
  functions as F,
  StreamingQueryException,
  type StreamingQueryListener,
  type StreamingQueryProgress,
  udf,
} from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";
import { ended, failed, incomingLines } from "../incoming_lines.ts";

Deno.test("streams", async (t) => {
  const spark = await sharedSession();
  await using incoming = await incomingLines();
  const { at, arrive } = incoming;
  const lines = (): DataFrame<{ value: string }> => incoming.lines(spark);
  await arrive("a", "b", "a");

  await t.step(
    "a query with a function of the program's, into files",
    async () => {
      assert.equal(await lines().isStreaming, true);
      const shout = udf((word: string) => word.toUpperCase(), "string");
      const query = await lines().select(shout("value").as("word"))
        .writeStream.format("parquet")
        .option("checkpointLocation", at("c1"))
        .trigger({ availableNow: true }).start(at("out"));
      assert.match(query.id, /^[0-9a-f-]{36}$/);
      assert.equal(query.name, null);
      await ended(query);
      assert.equal(await query.isActive, false);
      assert.equal(await query.exception(), null);
      const rows = await spark.read.parquet<{ word: string }>(at("out"))
        .orderBy("word").collect();
      assert.deepEqual(rows.map(({ word }) => word), ["A", "A", "B"]);
      const last = await query.lastProgress;
      assert.equal(last?.numInputRows, 3);
      assert.equal(last?.sources.length, 1);
      assert.equal(last?.runId, query.runId);
    },
  );

  await t.step("counts into a table in memory, as words come", async () => {
    await using query = await lines().groupBy("value").agg(
      F.count("*").as("n"),
    ).writeStream.format("memory").queryName("streaming_counts")
      .outputMode("complete").start();
    assert.equal(query.name, "streaming_counts");
    await query.processAllAvailable();
    const counts = (): Promise<[string, number][]> =>
      spark.table<{ value: string; n: number }>("streaming_counts")
        .orderBy("value").collect()
        .then((rows) => rows.map(({ value, n }) => [value, n]));
    assert.deepEqual(await counts(), [["a", 2], ["b", 1]]);
    await arrive("b", "c");
    await query.processAllAvailable();
    assert.deepEqual(await counts(), [["a", 2], ["b", 2], ["c", 1]]);
    const status = await query.status;
    assert.equal(typeof status.message, "string");
    assert.equal(status.isDataAvailable, false);
    const all = await query.recentProgress;
    assert.ok(all.length >= 2);
    assert.ok((await spark.streams.active).some(({ id }) => id === query.id));
    const same = await spark.streams.get(query.id);
    assert.equal(same?.runId, query.runId);
    await query.stop();
    assert.equal(await query.isActive, false);
    assert.equal(await spark.streams.get(query.id), null);
    assert.equal(await query.awaitTermination({ timeoutMs: 0 }), true);
  });
  spark.catalog.dropTempView("streaming_counts");

  await t.step("foreachBatch(): any operation on a batch", async () => {
    const seen: [number, string[]][] = [];
    const query = await lines().writeStream
      .option("checkpointLocation", at("c2"))
      .foreachBatch(async (batch, batchId) => {
        assert.notEqual(batch.sparkSession, spark);
        const rows = await batch.orderBy("value").collect();
        seen.push([batchId, rows.map(({ value }) => value)]);
        await batch.write.mode("overwrite").json(at(`batch${batchId}`));
      })
      .trigger({ availableNow: true }).start();
    await ended(query);
    assert.deepEqual(
      seen.flatMap(([, words]) => words).toSorted(),
      ["a", "a", "b", "b", "c"],
    );
    assert.equal(seen[0]?.[0], 0);
    assert.ok(await spark.read.json(at("batch0")).count() > 0);
  });

  await t.step(
    "an error of a batch ends the query, with the program's line",
    async () => {
      const query = await lines().writeStream.foreachBatch(() => {
        throw new RangeError("no room");
      }).trigger({ availableNow: true }).start();
      const error = await failed(query);
      assert.ok(error instanceof StreamingQueryException, Deno.inspect(error));
      assert.equal(error.condition, "FOREACH_BATCH_USER_FUNCTION_ERROR");
      assert.match(
        error.message,
        /^Cannot finish batch 0: the function of foreachBatch\(\) at streaming_test\.ts:\d+:\d+ threw RangeError: no room\n {2}in start\(\) at streaming_test\.ts:\d+:\d+$/,
      );
      assert.ok(error.cause instanceof RangeError);
      assert.match(
        `${error.stack} ${Deno.inspect(error.cause)}`,
        /streaming_test\.ts:\d+:\d+/,
      );
      assert.match(String(await query.exception()), /no room/);
      assert.equal(await query.isActive, false);
    },
  );

  await t.step("an error of a worker's function ends the query", async () => {
    const failing = udf((word: string) => {
      if (word === "b") throw new RangeError("bad word");
      return word;
    }, "string");
    const query = await lines().select(failing("value").as("w"))
      .writeStream.format("noop").trigger({ availableNow: true }).start();
    const error = await failed(query);
    assert.match(error.message, /RangeError: bad word/);
    assert.match(error.message, /streaming_test\.ts:\d+:\d+/);
  });

  await t.step(
    "stop() ends a batch that never ends, and what runs in it",
    async () => {
      const begun = Promise.withResolvers<void>();
      const query = await lines().writeStream.foreachBatch(() => {
        begun.resolve();
        return new Promise<never>(() => {});
      }).start();
      await begun.promise;
      await query.stop();
      assert.equal(await query.isActive, false);
      assert.equal(await query.exception(), null);

      const inside = Promise.withResolvers<void>();
      const slow = udf((_: string) => {
        const end = Date.now() + 120_000;
        while (Date.now() < end);
        return 1;
      }, "int");
      const busy = await lines().writeStream.foreachBatch(async (batch) => {
        inside.resolve();
        await batch.select(slow("value").as("x")).collect();
      }).start();
      await inside.promise;
      await busy.stop();
      assert.equal(await busy.isActive, false);
      assert.equal(await busy.exception(), null);
    },
  );

  await t.step(
    "foreach(): rows on the workers, with open() and close()",
    async () => {
      const rows = spark.sparkContext.accumulator(0);
      const opened = spark.sparkContext.accumulator(0);
      const query = await lines().writeStream.foreach({
        open(partitionId, epochId) {
          if (partitionId < 0 || epochId < 0) throw new Error("no place");
          opened.add(1);
          return true;
        },
        process({ value }) {
          if (value.length === 1) rows.add(1);
        },
        close(error) {
          if (error !== null) throw error;
          opened.add(100);
        },
      }).trigger({ availableNow: true }).start();
      await ended(query);
      assert.equal(rows.value, 5);
      assert.ok(opened.value >= 101, `${opened.value}`);
    },
  );

  await t.step(
    "listeners are told in order; one that throws ends nothing",
    async () => {
      const told: string[] = [];
      const over = Promise.withResolvers<void>();
      const listener: StreamingQueryListener = {
        onQueryStarted({ id, name }) {
          told.push(`started ${name} ${id.length}`);
        },
        onQueryProgress({ progress }) {
          told.push(`progress ${progress.numInputRows > 0}`);
        },
        onQueryTerminated({ exception }) {
          told.push(`terminated ${exception}`);
          over.resolve();
        },
      };
      await spark.streams.addListener(listener);
      const query = await lines().writeStream.format("noop")
        .queryName("listened_to").trigger({ once: true }).start();
      await ended(query);
      await over.promise;
      await spark.streams.removeListener(listener);
      assert.equal(told[0], "started listened_to 36");
      assert.ok(told.includes("progress true"), `${told}`);
      assert.equal(told.at(-1), "terminated null");
    },
  );

  await t.step("progress(), batch by batch, to the end", async () => {
    await using query = await spark.readStream.format("rate")
      .option("rowsPerSecond", 50).load()
      .writeStream.format("noop").trigger({
        processingTime: "100 milliseconds",
      })
      .start();
    const seen: StreamingQueryProgress[] = [];
    for await (const progress of query.progress()) {
      seen.push(progress);
      if (seen.length === 3) await query.stop();
    }
    assert.ok(seen.length >= 3);
    assert.deepEqual(
      seen.map(({ timestamp }) => timestamp),
      seen.map(({ timestamp }) => timestamp).toSorted(),
    );
  });

  await t.step(
    "windows, watermarks and streams joined with tables",
    async () => {
      const rate = spark.readStream.format("rate-micro-batch")
        .option("rowsPerBatch", 20).option("advanceMillisPerBatch", 5000)
        .option("startTimestamp", 0).load<{ timestamp: Date; value: number }>();
      const names = spark.createDataFrame([{ rest: 0, name: "even" }, {
        rest: 1,
        name: "odd",
      }]);
      await using query = await rate.withWatermark("timestamp", "10 seconds")
        .withColumn("rest", F.col("value").mod(2))
        .join(names, "rest")
        .groupBy(F.window("timestamp", "10 seconds"), F.col("name"))
        .agg(F.count("*").as("n"))
        .writeStream.format("memory").queryName("streaming_windows")
        .outputMode("update").start();
      let rows: { name: string; n: number }[] = [];
      for (let turn = 0; turn < 50 && rows.length < 4; turn++) {
        await query.awaitTermination({ timeoutMs: 200 });
        rows = await spark.table<{ name: string; n: number }>(
          "streaming_windows",
        ).select("name", "n").collect();
      }
      assert.ok(rows.length >= 4);
      assert.ok(rows.every(({ name, n }) => /even|odd/.test(name) && n > 0));
    },
  );
  spark.catalog.dropTempView("streaming_windows");

  await t.step("what is wrong is told where it stands", async () => {
    assert.throws(() => lines().writeStream.trigger({} as never), {
      condition: "TRIGGER_INVALID",
      message:
        /^Cannot set a trigger in trigger\(\) at streaming_test\.ts:\d+:\d+: give one of processingTime, availableNow, once, continuous, realTime, such as \{ processingTime: "10 seconds" \}$/,
    });
    assert.throws(
      () => lines().writeStream.foreachBatch(1 as never),
      /^TypeError: Cannot write a stream by foreachBatch\(\): 1 is no function; give one$/,
    );
    await assert.rejects(
      lines().groupBy("value").count().writeStream.format("parquet")
        .option("checkpointLocation", at("c9")).start(at("o9")),
      /output mode/i,
    );
    await assert.rejects(lines().collect(), /writeStream\.start/);
    await assert.rejects(
      spark.range(1).writeStream.format("noop").start(),
      /writeStream/,
    );
  });

  assert.deepEqual(await spark.streams.active, []);
});
