import assert from "node:assert/strict";
import { tableFromArrays } from "apache-arrow";
import { functions as F } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import {
  arrivals,
  ended,
  memory,
  settings,
  toMemory,
  until,
} from "../streams.ts";

Deno.test("states of groups", async (t) => {
  const spark = await sharedSession();
  await using folder = await temporaryFolder();
  await using _ = await settings(spark, {
    "spark.sql.shuffle.partitions": "2",
  });

  await t.step("counts go on from batch to batch", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const counts = lines.groupBy("value").flatMapGroupsWithState(
      function* ({ value }, rows, state) {
        const before = state.getOption()?.count ?? 0;
        if (state.exists !== before > 0) throw new Error("exists is wrong");
        const count = before + [...rows].length;
        state.update({ count });
        yield { value, count: state.get().count };
      },
      "value STRING, count INT",
      { state: "count INT NOT NULL", outputMode: "update" },
    );
    await arrive("a", "b", "a");
    await using query = await toMemory(counts, "group_state_counts", "update");
    await query.processAllAvailable();
    await arrive("a", "c");
    await query.processAllAvailable();
    assert.deepEqual(await memory(spark, "group_state_counts"), [
      { value: "a", count: 2 },
      { value: "a", count: 3 },
      { value: "b", count: 1 },
      { value: "c", count: 1 },
    ]);
  });

  await t.step("mapGroupsWithState(): one row for each group", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const longest = lines
      .withColumn("letter", F.substring("value", 1, 1)).groupBy("letter")
      .mapGroupsWithState(
        async ({ letter }, rows, state) => {
          let word = state.getOption()?.word ?? "";
          for (const { value } of rows) {
            if (value.length > word.length) word = value;
          }
          await Promise.resolve();
          state.update([word]);
          return { letter, word };
        },
        "letter STRING, word STRING",
        { state: "word STRING" },
      );
    await arrive("a", "abc", "bb", "b");
    await using query = await toMemory(longest, "group_state_one", "update");
    await query.processAllAvailable();
    await arrive("ab", "bbb");
    await query.processAllAvailable();
    assert.deepEqual(await memory(spark, "group_state_one"), [
      { letter: "a", word: "abc" },
      { letter: "a", word: "abc" },
      { letter: "b", word: "bb" },
      { letter: "b", word: "bbb" },
    ]);
  });

  await t.step("a state that is removed is gone", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const seen = lines.groupBy("value").flatMapGroupsWithState(
      ({ value }, _rows, state) => {
        const existed = state.exists;
        if (existed) state.remove();
        else state.update({ nothing: null });
        return [{ value, existed, exists: state.exists }];
      },
      "value STRING, existed BOOLEAN, exists BOOLEAN",
      { state: "nothing INT", outputMode: "append" },
    );
    await using query = await toMemory(seen, "group_state_removed", "append");
    for (let turn = 0; turn < 3; turn++) {
      await arrive("a");
      await query.processAllAvailable();
    }
    const rows = await memory(spark, "group_state_removed");
    assert.deepEqual(rows.map(({ existed, exists }) => [existed, exists]), [
      [false, true],
      [false, true],
      [true, false],
    ]);
    const progress = await query.lastProgress;
    assert.equal(progress?.stateOperators[0]?.numRowsTotal, 1);
  });

  await t.step("many groups, and groups of many batches", async () => {
    // A batch has 10 rows: groups share batches, and go over their ends.
    await using _ = await settings(spark, {
      "spark.sql.execution.arrow.maxRecordsPerBatch": "10",
    });
    const { arrive, lines } = await arrivals(spark, folder);
    await arrive(...Array.from({ length: 2000 }, (_, i) => String(i)));
    const id = F.col("value").cast("bigint");
    const numbers = lines.select(
      F.when(id.lt(1000), id).otherwise(id.mod(3).minus(3)).cast("bigint")
        .as("key"),
      id.as("id"),
    );
    const sums = numbers.groupBy("key").flatMapGroupsWithState(
      function* (given, rows, state) {
        const key = Number(given.key);
        let sum = 0;
        let count = 0;
        for (const { id } of rows) {
          sum += Number(id);
          count++;
          if (key < 0) yield { key, sum: -1, count: -1 };
          if (key === -2 && count === 5) break; // leaves rows unread
        }
        state.update([count]);
        yield { key, sum, count };
      },
      "key BIGINT, sum BIGINT, count INT",
      { state: "count INT", outputMode: "append" },
    );
    await using query = await toMemory(sums, "group_state_many", "append");
    await query.processAllAvailable();
    const rows = await spark.table<{ key: number; sum: number; count: number }>(
      "group_state_many",
    ).orderBy("key", "count").collect();
    const ends = rows.filter(({ count }) => count !== -1);
    assert.equal(rows.length - ends.length, 333 + 5 + 333);
    assert.equal(ends.length, 1003);
    assert.deepEqual(
      ends.slice(0, 5).map(({ key, count }) => [key, count]),
      [[-3, 333], [-2, 5], [-1, 333], [0, 1], [1, 1]],
    );
    assert.ok(ends.slice(3).every(({ key, sum }) => key === sum));
  });

  await t.step("applyInArrowWithState(): tables of rows", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const counts = lines.groupBy("value").applyInArrowWithState(
      function* ({ value }, tables, state) {
        let count = state.getOption()?.count ?? 0;
        for (const table of tables) {
          if (table.getChild("value")?.get(0) !== value) throw new Error("key");
          count += table.numRows;
        }
        state.update({ count });
        yield tableFromArrays({ value: [value], count: Int32Array.of(count) });
      },
      "value STRING, count INT",
      { state: "count INT", outputMode: "update" },
    );
    await arrive("b", "a", "b");
    await using query = await toMemory(counts, "group_state_tables", "update");
    await query.processAllAvailable();
    await arrive("b");
    await query.processAllAvailable();
    assert.deepEqual(await memory(spark, "group_state_tables"), [
      { value: "a", count: 1 },
      { value: "b", count: 2 },
      { value: "b", count: 3 },
    ]);
  });

  await t.step("a timeout of the clock", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const sessions = lines.groupBy("value").flatMapGroupsWithState(
      function* ({ value }, rows, state) {
        const count = [...rows].length;
        if (state.hasTimedOut) {
          yield { value, count: -state.get().count - 100 * count };
          state.remove();
        } else {
          state.update({ count });
          state.setTimeoutDuration(1);
          if (state.getCurrentProcessingTimeMs() < 1e12) throw new Error("now");
        }
      },
      "value STRING, count INT",
      {
        state: "count INT NOT NULL",
        outputMode: "update",
        timeout: "processingTime",
      },
    );
    await arrive("a", "a");
    await using query = await toMemory(sessions, "group_state_clock", "update");
    await until(query, async () => {
      const rows = await memory(spark, "group_state_clock");
      return rows.length > 0;
    });
    assert.deepEqual(await memory(spark, "group_state_clock"), [
      { value: "a", count: -2 },
    ]);
  });

  await t.step("a timeout of the watermark", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const events = lines.select(
      F.split("value", ",").getItem(0).cast("string").as("user"),
      F.timestamp_seconds(F.split("value", ",").getItem(1).cast("bigint"))
        .as("time"),
    ).withWatermark("time", "10 seconds");
    const sessions = events.groupBy("user").flatMapGroupsWithState(
      function* ({ user }, rows, state) {
        if (state.hasTimedOut) {
          yield { user: String(user), end: state.get().end };
          state.remove();
          return;
        }
        let end = state.getOption()?.end ?? 0;
        for (const { time } of rows) end = Math.max(end, Number(time));
        state.update({ end });
        state.setTimeoutTimestamp(new Date(end + 5000));
        if (state.getCurrentWatermarkMs() > end) throw new Error("watermark");
      },
      "user STRING, end BIGINT",
      {
        state: "end BIGINT NOT NULL",
        outputMode: "append",
        timeout: "eventTime",
      },
    );
    await arrive("a,100", "b,103", "a,101");
    await using query = await toMemory(sessions, "group_state_event", "append");
    await query.processAllAvailable();
    assert.deepEqual(await memory(spark, "group_state_event"), []);
    await arrive("b,117");
    await query.processAllAvailable();
    assert.deepEqual(await memory(spark, "group_state_event"), [
      { user: "a", end: 101_000 },
    ]);
  });

  await t.step("a restart goes on where the query ended", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const counts = lines
      .withColumn("time", F.timestamp_seconds(F.lit(100)))
      .withWatermark("time", "1 second").groupBy("value")
      .flatMapGroupsWithState(
        ({ value }, _rows, state) => {
          if (!state.exists) state.update({ span: 1n, text: "once" });
          else state.setTimeoutTimestamp(1e12); // written again, untouched
          return [[value, state.get().text, state.get().span]];
        },
        "value STRING, text STRING, span INTERVAL DAY TO SECOND",
        {
          state: "span INTERVAL DAY TO SECOND, text STRING",
          outputMode: "append",
          timeout: "eventTime",
        },
      );
    for (let turn = 0; turn < 3; turn++) {
      await arrive("a");
      await ended(
        await counts.writeStream.format("parquet")
          .option("checkpointLocation", `${folder.path}/restart`)
          .trigger({ availableNow: true }).start(`${folder.path}/counted`),
      );
    }
    const rows = await spark.read.parquet(`${folder.path}/counted`).collect();
    assert.deepEqual(
      rows,
      Array.from({ length: 3 }, () => ({ value: "a", text: "once", span: 1n })),
    );
  });

  assert.deepEqual(await spark.streams.active, []);
});
