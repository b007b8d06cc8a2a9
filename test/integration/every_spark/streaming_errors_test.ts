import assert from "node:assert/strict";
import {
  functions as F,
  Observation,
  type SparkSession,
} from "../../../mod.ts";
import { dialectOf, isSince } from "../../../src/protocol/dialect.ts";
import { ended, failed, incomingLines } from "../incoming_lines.ts";
import { sharedSession } from "../shared_session.ts";

/** What an error must be: its condition on this Spark, and its text. */
interface Told {
  readonly condition: string;
  readonly message: RegExp;
}

Deno.test("what is wrong with a stream is told with its line, and nothing hangs", async (t) => {
  const spark = await sharedSession();
  await using incoming = await incomingLines();
  const { at, arrive } = incoming;
  await arrive("a", "b", "a");
  const lines = () => incoming.lines(spark);
  const noop = () => lines().writeStream.format("noop");
  const isOld = spark.version.startsWith("3.");
  const dialect = dialectOf(spark.version);
  const here = String.raw`streaming_errors_test\.ts:\d+:\d+`;
  /** The end of a text that names the operation. */
  const ends = (text: string, operation: string): RegExp =>
    new RegExp(`${text}[^]*\\n  in ${operation}\\(\\) at ${here}$`);
  const told = (found: Error, { condition, message }: Told): void => {
    assert.match(found.message, message);
    assert.equal(
      (found as Error & { condition?: string }).condition,
      condition,
    );
  };
  const refused = async (
    body: () => unknown,
    expected: Told,
  ): Promise<void> => {
    const error = await Promise.resolve().then(body).then(
      () => new Error("It was not refused"),
      (error: Error) => error,
    );
    told(error, expected);
  };

  await t.step("a trigger's text", async () => {
    await refused(() => noop().trigger({ processingTime: "soon" }).start(), {
      condition: isOld
        ? "JAVA_EXCEPTION"
        : "INVALID_INTERVAL_FORMAT.UNRECOGNIZED_NUMBER",
      message: ends("Error parsing 'soon' to interval", "start"),
    });
    await refused(() => noop().trigger({ continuous: "-1 second" }).start(), {
      condition: "JAVA_EXCEPTION",
      message: ends(
        "requirement failed: the interval of trigger should not be negative",
        "start",
      ),
    });
  });

  await t.step("what is no trigger", async () => {
    const wrong: readonly unknown[] = [
      {},
      null,
      "5 seconds",
      { processingTime: "5 seconds", once: true },
      { once: false },
      { availableNow: "yes" },
      { toString: "1 second" },
    ];
    for (const trigger of wrong) {
      await refused(() => noop().trigger(trigger as { once: true }), {
        condition: "TRIGGER_INVALID",
        message: new RegExp(
          `^Cannot set a trigger in trigger\\(\\) at ${here}: give one of processingTime, availableNow, once, continuous, realTime, such as \\{ processingTime: "10 seconds" \\}$`,
        ),
      });
    }
    if (!isSince(dialect, "4.2")) {
      await refused(() => noop().trigger({ realTime: "5 minutes" }), {
        condition: "NOT_IN_THIS_SPARK",
        message: new RegExp(
          `^Cannot run a trigger in real time on Spark ${dialect}: it came with Spark 4\\.2; use that or a later one\n {2}in trigger\\(\\) at ${here}$`,
        ),
      });
    } else {
      await refused(
        () =>
          noop().outputMode("update").trigger({ realTime: "5 minutes" })
            .start(),
        {
          condition:
            "STREAMING_REAL_TIME_MODE.OPERATOR_OR_SINK_NOT_IN_ALLOWLIST",
          message: ends("Real-Time Mode", "start"),
        },
      );
    }
  });

  await t.step("a package that is missing", async () => {
    const missing = (operation: string): Told => ({
      condition: isSince(dialect, "4.3")
        ? "KAFKA_DATA_SOURCE_NOT_ENABLED"
        : "_LEGACY_ERROR_TEMP_1140",
      message: ends("Failed to find data source: kafka", operation),
    });
    const broker = { "kafka.bootstrap.servers": "localhost:1" };
    await refused(
      () =>
        spark.readStream.format("kafka").options({ ...broker, subscribe: "a" })
          .load().writeStream.format("noop").start(),
      missing("load"),
    );
    await refused(
      () =>
        lines().writeStream.format("kafka").options({ ...broker, topic: "a" })
          .option("checkpointLocation", at("kafka")).start(),
      missing("start"),
    );
    await refused(
      () =>
        spark.readStream.format("no_such_format").load().writeStream.start(),
      {
        condition: "DATA_SOURCE_NOT_FOUND",
        message: ends("Failed to find the data source: no_such_format", "load"),
      },
    );
  });

  await t.step("a socket that nobody listens on", async () => {
    using server = Deno.listen({ hostname: "localhost", port: 0 });
    const { port } = server.addr;
    server.close();
    const query = await spark.readStream.format("socket")
      .options({ host: "localhost", port }).load()
      .writeStream.format("noop").start();
    told(await failed(query), {
      condition: "STREAM_FAILED",
      message: ends("Connection refused", "start"),
    });
  });

  await t.step(
    "a frame that is no stream, and a stream that is no frame",
    async () => {
      await refused(() => spark.range(1).writeStream.format("noop").start(), {
        condition: "WRITE_STREAM_NOT_ALLOWED",
        message: ends("can be called only on streaming", "start"),
      });
      const actions = {
        collect: () => lines().collect(),
        count: () => lines().count(),
        show: () => lines().show(),
      };
      for (const [name, action] of Object.entries(actions)) {
        await assert.rejects(action, {
          message: ends(
            "Queries with streaming sources must be executed with writeStream\\.start",
            name,
          ),
        });
      }
      await refused(() => lines().write.parquet(at("no")), {
        condition: "CALL_ON_STREAMING_DATASET_UNSUPPORTED",
        message: ends("can not be called on streaming", "parquet"),
      });
      await refused(
        () =>
          lines().observe(new Observation("x"), F.count("*")).writeStream
            .start(),
        {
          condition: "JAVA_EXCEPTION",
          message: ends(
            "Observation does not support streaming Datasets",
            "observe",
          ),
        },
      );
    },
  );

  await t.step("two queries of one name", async () => {
    await using _query = await noop().queryName("streaming_one").start();
    await refused(() => noop().queryName("streaming_one").start(), {
      condition: "JAVA_EXCEPTION",
      message: ends(
        "Cannot start query with name streaming_one as a query with that name is already active in this SparkSession",
        "start",
      ),
    });
  });

  await t.step("what a sink needs and was not told", async () => {
    await assert.rejects(
      lines().writeStream.format("parquet").start(at("none")),
      { message: ends("checkpointLocation must be specified", "start") },
    );
    await assert.rejects(lines().writeStream.format("memory").start(), {
      message: ends("queryName must be specified for memory sink", "start"),
    });
    await assert.rejects(
      lines().groupBy("value").count().writeStream.format("noop").start(),
      {
        message: ends("utput mode", "start"),
      },
    );
  });

  await t.step(
    "columns that were not told, and a folder that is not there",
    async () => {
      await assert.rejects(
        spark.readStream.json(incoming.folder).columns,
        { message: ends("Schema must be specified", "json") },
      );
      await refused(() => spark.readStream.text(at("gone")).columns, {
        condition: "PATH_NOT_FOUND",
        message: ends("Path does not exist", "text"),
      });
    },
  );

  await t.step("the checkpoint of another query", async () => {
    const checkpoint = { checkpointLocation: at("other") };
    await ended(
      await noop().options(checkpoint).trigger({ availableNow: true }).start(),
    );
    const query = await spark.readStream.format("rate").load()
      .writeStream.format("noop").options(checkpoint).start();
    const error = await failed(query);
    told(error, {
      condition: "STREAM_FAILED",
      message: new RegExp(
        `^Cannot go on from the checkpoint ".*other": \\[STREAM_FAILED\\] .*; where it is another query's, give this one a checkpointLocation of its own\\n  in start\\(\\) at ${here}$`,
      ),
    });
  });

  await t.step("state of another schema", async () => {
    const checkpoint = { checkpointLocation: at("state") };
    const start = (key: ReturnType<typeof F.col>) =>
      lines().groupBy(key.as("k")).count().writeStream.format("noop")
        .outputMode("complete").options(checkpoint)
        .trigger({ availableNow: true }).start();
    await ended(await start(F.col("value")));
    await arrive("c");
    told(await failed(await start(F.length("value"))), {
      condition: "STREAM_FAILED",
      message: ends(
        // Of 3.5, partition 0 compares schemas and the others rows: one of them is first.
        isOld
          ? "(?:state format invalidation|Provided schema doesn't match to the schema for existing state)"
          : "does not match existing state key schema",
        "start",
      ),
    });
  });

  await t.step("waiting with what is no time", async () => {
    await using query = await noop().start();
    await assert.rejects(
      query.awaitTermination({ timeoutMs: "hello" as unknown as number }),
      /^TypeError: Cannot wait with timeoutMs "hello": give a number of milliseconds, 0 or more$/,
    );
    await assert.rejects(
      spark.streams.awaitAnyTermination({ timeoutMs: -1 }),
      /^TypeError: Cannot wait with timeoutMs -1: give a number of milliseconds, 0 or more$/,
    );
    await assert.rejects(
      query.awaitTermination(Object({ timeout: 5 })),
      /^TypeError: Cannot run awaitTermination\(\) with the option "timeout": it takes timeoutMs, signal; write "timeoutMs"$/,
    );
    await assert.rejects(
      query.awaitTermination(5 as { timeoutMs?: number }),
      /^TypeError: Cannot run awaitTermination\(\) with 5 for options: give an object$/,
    );
  });

  await t.step("what is no listener", async () => {
    await noListener(
      spark,
      5,
      "5 has none of onQueryStarted, onQueryProgress, onQueryIdle, onQueryTerminated",
    );
    await noListener(
      spark,
      { onStarted() {} },
      "an object of class Object has none of onQueryStarted, onQueryProgress, onQueryIdle, onQueryTerminated",
    );
    await noListener(spark, { onQueryProgress: 1 }, "its onQueryProgress is 1");
  });

  async function noListener(
    { streams }: SparkSession,
    listener: unknown,
    state: string,
  ): Promise<void> {
    await refused(
      () => streams.addListener(listener as Record<string, never>),
      {
        condition: "LISTENER_INVALID",
        message: new RegExp(
          `^Cannot add a listener in addListener\\(\\) at ${here}: ${state}; give functions of these names$`,
        ),
      },
    );
  }
});
