import assert from "node:assert/strict";
import { withTimeout } from "../../../src/common/deadline.ts";
import {
  functions as F,
  type QueryProgressEvent,
  type QueryStartedEvent,
  type QueryTerminatedEvent,
  type SparkSession,
  type StreamingQueryListener,
  udf,
} from "../../../mod.ts";
import { dialectOf, isSince } from "../../../src/protocol/dialect.ts";
import { ended, failed, incomingLines, LIMIT_MS } from "../incoming_lines.ts";
import { stderrOf, stdoutOf } from "../stdout_of.ts";
import { sharedSession } from "../shared_session.ts";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A listener that keeps what it is told, and waits for the end of a run. */
class Recorder implements StreamingQueryListener {
  readonly started: QueryStartedEvent[] = [];
  readonly progress: QueryProgressEvent[] = [];
  readonly terminated: QueryTerminatedEvent[] = [];
  #wake = Promise.withResolvers<void>();

  onQueryStarted(event: QueryStartedEvent): void {
    this.started.push(event);
  }

  onQueryProgress(event: QueryProgressEvent): void {
    this.progress.push(event);
  }

  onQueryTerminated(event: QueryTerminatedEvent): void {
    this.terminated.push(event);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  /** Waits until it was told of so many ends. */
  async told(ends: number): Promise<void> {
    while (this.terminated.length < ends) await inTime(this.#wake.promise);
  }
}

/** Waits for an event, which by itself keeps no program running. */
async function inTime(event: Promise<void>): Promise<void> {
  const told = await withTimeout(LIMIT_MS, event.then(() => true));
  assert.ok(told, "the listener was not told in time");
}

Deno.test("StreamingQuery, StreamingQueryManager and listeners", async (t) => {
  const spark = await sharedSession();
  await using incoming = await incomingLines();
  const { at, arrive } = incoming;
  const lines = () => incoming.lines(spark);
  const noop = (name: string) =>
    lines().writeStream.format("noop").queryName(name);
  await arrive("a", "b", "a");

  await t.step("a query's members", async () => {
    await using query = await lines().writeStream.format("memory")
      .queryName("streaming_basic").start();
    assert.equal(query.name, "streaming_basic");
    assert.match(query.id, UUID);
    assert.match(query.runId, UUID);
    assert.equal(await query.isActive, true);
    assert.equal(await query.exception(), null);
    const start = performance.now();
    assert.equal(await query.awaitTermination({ timeoutMs: 300 }), false);
    assert.ok(performance.now() - start >= 299);
    await query.processAllAvailable();
    const last = await query.lastProgress;
    assert.equal(last?.name, query.name);
    assert.equal(last?.id, query.id);
    assert.match(last?.timestamp ?? "", TIME);
    assert.ok(Object.values(last?.durationMs ?? {}).every(Number.isInteger));
    assert.deepEqual((await query.recentProgress).at(-1), last);
    const status = await query.status;
    assert.deepEqual(Object.keys(status).toSorted(), [
      "isDataAvailable",
      "isTriggerActive",
      "message",
    ]);
    const plan = await stdoutOf(() => query.explain());
    assert.match(plan, /== Physical Plan ==/);
    assert.match(await stdoutOf(() => query.explain(true)), /== Analyzed/);
    const waiting = new AbortController();
    const wait = query.awaitTermination({ signal: waiting.signal });
    waiting.abort(new Error("enough"));
    await assert.rejects(wait, /^Error: enough$/);
    assert.equal(`${query}`, `StreamingQuery(streaming_basic, id ${query.id})`);
    await query.stop();
    await query.stop();
    assert.equal(await query.awaitTermination(), true);
    assert.equal(await query.isActive, false);
    spark.catalog.dropTempView("streaming_basic");
  });

  await t.step("a path and a schema by options, and a view of it", async () => {
    const df = spark.readStream.format("text").option("path", incoming.folder)
      .schema("data STRING").load();
    assert.equal(await df.isStreaming, true);
    assert.deepEqual(await df.columns, ["data"]);
    await df.createOrReplaceTempView("streaming_view");
    const query = await spark.sql(
      "SELECT concat('view_', data) AS v FROM streaming_view",
    ).writeStream.format("memory").queryName("streaming_of_view")
      .trigger({ availableNow: true }).start();
    await ended(query);
    const rows = await spark.table("streaming_of_view").orderBy("v").collect();
    assert.deepEqual(rows.map(({ v }) => v), ["view_a", "view_a", "view_b"]);
    spark.catalog.dropTempView("streaming_view");
    spark.catalog.dropTempView("streaming_of_view");
  });

  await t.step("spark.streams", async () => {
    const { streams } = spark;
    assert.equal(spark.streams, streams);
    await streams.resetTerminated();
    await using query = await noop("streams").start();
    assert.deepEqual((await streams.active).map(({ id }) => id), [query.id]);
    assert.equal((await streams.get(query.id))?.name, "streams");
    assert.equal(await streams.awaitAnyTermination({ timeoutMs: 100 }), false);
    assert.equal((await spark.newSession().streams.active).length, 0);
    await query.stop();
    assert.equal(await streams.awaitAnyTermination({ timeoutMs: 0 }), true);
    assert.equal(await streams.get(query.id), null);
    await streams.resetTerminated();
    assert.equal(await streams.awaitAnyTermination({ timeoutMs: 1 }), false);
  });

  await t.step("listeners are told of starts, batches and ends", async () => {
    const listener = new Recorder();
    await spark.streams.addListener(listener);
    const counts = lines().observe("seen", F.count(F.lit(1)).as("rows"))
      .groupBy().count();
    await ended(
      await counts.writeStream.format("noop").queryName("test")
        .outputMode("complete").trigger({ availableNow: true }).start(),
    );
    const bad = udf((_: string): string => {
      throw new RangeError("bad word");
    }, "string");
    await failed(
      await lines().select(bad("value").as("x")).writeStream.format("noop")
        .start(),
    );
    await listener.told(2);
    await spark.streams.removeListener(listener);

    const [first, second] = listener.started;
    assert.match(first?.id ?? "", UUID);
    assert.match(first?.runId ?? "", UUID);
    assert.match(first?.timestamp ?? "", TIME);
    assert.equal(first?.name, "test");
    assert.equal(second?.name, null);
    const tags = isSince(dialectOf(spark.version), "4.1") ? [] : undefined;
    assert.deepEqual(first?.jobTags, tags);
    const [{ progress } = assert.fail("no progress")] = listener.progress;
    assert.equal(progress.runId, first?.runId);
    assert.equal(progress.batchId, 0);
    assert.equal(progress.numInputRows, 3);
    assert.deepEqual(progress.observedMetrics, { seen: { rows: 3 } });
    const [state] = progress.stateOperators;
    assert.equal(state?.operatorName, "stateStoreSave");
    for (
      const key of [
        "numRowsTotal",
        "numRowsUpdated",
        "allUpdatesTimeMs",
        "numRowsRemoved",
        "allRemovalsTimeMs",
        "commitTimeMs",
        "memoryUsedBytes",
        "numRowsDroppedByWatermark",
        "numShufflePartitions",
        "numStateStoreInstances",
      ] as const
    ) assert.ok(Number.isInteger(state?.[key]), key);
    const [source] = progress.sources;
    assert.match(source?.description ?? "", /^FileStreamSource\[/);
    assert.deepEqual(source?.endOffset, { logOffset: 0 });
    assert.equal(typeof progress.sink.description, "string");
    const [good, wrong] = listener.terminated;
    assert.equal(good?.exception, null);
    assert.equal(good?.errorClassOnException, null);
    assert.match(wrong?.exception ?? "", /RangeError/);
  });

  await t.step(
    "a listener may be added twice, and to two sessions",
    async () => {
      const listener = new Recorder();
      const other = spark.newSession();
      await spark.streams.addListener(listener);
      await spark.streams.addListener(listener);
      await other.streams.addListener(listener);
      await runOnce(spark, "here");
      await runOnce(other, "there");
      await listener.told(3);
      await spark.streams.removeListener(listener);
      await runOnce(spark, "here again");
      await runOnce(other, "there again");
      await listener.told(4);
      await other.streams.removeListener(listener);
      await runOnce(other, "in vain");
      await other.streams.removeListener(listener);
      assert.deepEqual(listener.started.map(({ name }) => name), [
        "here",
        "here",
        "there",
        "there again",
      ]);
    },
  );

  await t.step(
    "a listener that throws ends nothing, and is told on",
    async () => {
      const over = Promise.withResolvers<void>();
      const listener: StreamingQueryListener = {
        onQueryStarted() {
          throw new RangeError("not now");
        },
        async onQueryProgress() {
          await Promise.reject(new Error("nor later"));
        },
        onQueryTerminated: () => over.resolve(),
      };
      const told = await stderrOf(async () => {
        await spark.streams.addListener(listener);
        await runOnce(spark, "thrown at");
        await inTime(over.promise);
      });
      await spark.streams.removeListener(listener);
      assert.match(
        told,
        /^Warning: onQueryStarted\(\) of the listener of addListener\(\) at streaming_queries_test\.ts:\d+:\d+ failed; the query goes on: RangeError: not now$/m,
      );
      assert.match(told, /onQueryProgress\(\) of .*: Error: nor later$/m);
    },
  );

  async function runOnce(session: SparkSession, name: string): Promise<void> {
    await ended(
      await incoming.lines(session).writeStream.format("noop").queryName(name)
        .option("checkpointLocation", at(`c${Math.random()}`))
        .trigger({ availableNow: true }).start(),
    );
  }
});
