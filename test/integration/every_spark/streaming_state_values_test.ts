import assert from "node:assert/strict";
import { SparkError } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";
import { ALL_TYPES, VALUE_OF_ALL_TYPES } from "../state_values.ts";
import { arrivals, failure, settings, toMemory } from "../streams.ts";
import { temporaryFolder } from "../temporary_folder.ts";

Deno.test("values of states, and what is no state", async (t) => {
  const spark = await sharedSession();
  await using folder = await temporaryFolder();
  await using _ = await settings(spark, {
    "spark.sql.shuffle.partitions": "2",
  });

  await t.step("values of all types, as states and back", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    const echoed = lines.groupBy("value").flatMapGroupsWithState(
      function* (_key, _rows, state) {
        if (state.exists) {
          yield state.get();
          return;
        }
        state.update(VALUE_OF_ALL_TYPES);
      },
      ALL_TYPES,
      { state: ALL_TYPES, outputMode: "append" },
    );
    const path = `${folder.path}/types`;
    await using query = await echoed.writeStream.format("parquet")
      .option("checkpointLocation", `${path}.checkpoint`).start(path);
    await arrive("a");
    await query.processAllAvailable();
    await arrive("a");
    await query.processAllAvailable();
    assert.deepEqual(await spark.read.parquet(path).collect(), [
      VALUE_OF_ALL_TYPES,
    ]);
  });

  await t.step("an error names the line, the key and the row", async () => {
    const { arrive, lines } = await arrivals(spark, folder);
    await arrive("a", "b");
    const bad = lines.groupBy("value").flatMapGroupsWithState(
      function counter({ value }, rows) {
        for (const row of rows) {
          if (row.value === "b") throw new RangeError("no b");
        }
        return [{ value }];
      },
      "value STRING",
      { state: "n INT", outputMode: "append" },
    );
    const error = await failure(
      await bad.writeStream.format("noop").trigger({ availableNow: true })
        .start(),
    );
    assert.ok(error instanceof SparkError, Deno.inspect(error));
    assert.match(error.message, /RangeError: no b/);
    assert.match(
      error.message,
      /counter\(\{ value: "b" \}, \{ value: "b" \}\) of flatMapGroupsWithState\(\) at streaming_state_values_test\.ts:\d+:\d+/,
    );
    assert.match(error.message, /streaming_state_values_test\.ts:\d+:\d+/);
  });

  await t.step(
    "refuses what a state does not take, and cannot do",
    async () => {
      const { arrive, lines } = await arrivals(spark, folder);
      const kept: unknown[] = [];
      const tries = lines.groupBy("value").flatMapGroupsWithState(
        (_key, _rows, state) => {
          const calls: readonly (() => unknown)[] = [
            () => state.update({ n: "x" as never }),
            () => state.update({ n: 2 ** 31 }),
            () => state.update({ n: null as never }),
            () => state.update(3 as never),
            () => state.get(),
            () => state.setTimeoutDuration(1),
            () => state.setTimeoutTimestamp(1),
            () => state.getCurrentWatermarkMs(),
            () => (kept.at(-1) as typeof state).exists,
          ];
          const messages = kept.length === 0 ? [] : calls.map((call) => {
            try {
              return String(call());
            } catch (error) {
              return (error as Error).message;
            }
          });
          kept.push(state);
          return messages.map((message) => [message]);
        },
        "message STRING",
        { state: "n INT NOT NULL", outputMode: "append" },
      );
      await using _ = await settings(spark, {
        "spark.sql.shuffle.partitions": "1",
      });
      await arrive("a", "b");
      await using query = await toMemory(
        tries,
        "group_state_refusals",
        "append",
      );
      await query.processAllAvailable();
      const rows = await spark.table<{ message: string }>(
        "group_state_refusals",
      )
        .collect();
      assert.deepEqual(rows.map(({ message }) => message), [
        'Cannot write column "n" of the state: "x" is no value of type int; give a whole number from -2147483648 to 2147483647',
        'Cannot write column "n" of the state: 2147483648 does not fit into type int; give a whole number from -2147483648 to 2147483647',
        'Cannot write column "n" of the state: null is not allowed there; give a value, or make the column nullable in the schema',
        'Cannot write the state: 3 is no value of type struct<n:int>; give an object with "n", or an array with a value for each',
        "Cannot get the state: this group has none; look at exists first, or use getOption()",
        'Cannot call setTimeoutDuration(): the query\'s timeout is NoTimeout; give the operation { timeout: "processingTime" }',
        'Cannot call setTimeoutTimestamp(): the query\'s timeout is NoTimeout; give the operation { timeout: "eventTime" }',
        "Cannot get the watermark: the query has none; call withWatermark() on the frame before groupBy()",
        "Cannot look at a group's state: the function has done with that group; use the state within the call that it was given to",
      ]);
    },
  );

  await t.step("refuses what is wrong before anything runs", () => {
    const groups = spark.range(1).groupBy("id");
    const call = (options: object) => () =>
      groups.flatMapGroupsWithState(() => [], "n INT", options as never);
    assert.throws(
      call({ state: "n INT", outputMode: "complete" }),
      /^TypeError: Cannot call flatMapGroupsWithState\(\) with the outputMode "complete": give "append" or "update"$/,
    );
    assert.throws(
      call({ state: "n INT", outputMode: "append", timeout: "soon" }),
      /^TypeError: Cannot call flatMapGroupsWithState\(\) with the timeout "soon": give "none" or "processingTime" or "eventTime"$/,
    );
    assert.throws(call({ state: "n INT NOT", outputMode: "append" }), {
      condition: "DDL_INVALID",
    });
    assert.throws(
      call({ stat: "n INT", outputMode: "append" }),
      /TypeError: .*"stat"/,
    );
  });

  await t.step("refuses what Spark does not do", async () => {
    const batch = spark.range(1).groupBy("id").flatMapGroupsWithState(
      () => [],
      "n INT",
      { state: "n INT", outputMode: "append" },
    );
    await assert.rejects(
      batch.collect(),
      /Cannot run flatMapGroupsWithState\(\) at streaming_state_values_test\.ts:\d+:\d+: the frame is no stream, and a state goes on from batch to batch of one; use flatMapGroups\(\), or begin with spark\.readStream/,
    );
    const { lines } = await arrivals(spark, folder);
    assert.throws(
      () =>
        lines.groupBy("value").flatMapGroupsWithState(() => [], "n INT", {
          state: "i INTERVAL MONTH",
          outputMode: "append",
        }),
      /^SparkError: Cannot keep column "i" in the state: Spark gives no way to write values of type interval month there; keep them as a string or as binary$/,
    );
  });

  assert.deepEqual(await spark.streams.active, []);
});
