import assert from "node:assert/strict";
import {
  functions as F,
  StreamingQueryException,
  WorkerError,
} from "../../../mod.ts";
import { ended, failed, incomingLines } from "../incoming_lines.ts";
import { sharedSession } from "../shared_session.ts";

const three = (): number => 3;

Deno.test("foreach() and foreachBatch()", async (t) => {
  const spark = await sharedSession();
  await using incoming = await incomingLines();
  const { arrive } = incoming;
  await arrive("a");
  await arrive("b");
  const lines = () => incoming.lines(spark);
  /** Two batches, of a line each. */
  const twice = () =>
    spark.readStream.text(incoming.folder, { maxFilesPerTrigger: 1 })
      .writeStream.trigger({ availableNow: true });
  const counter = () => spark.sparkContext.accumulator(0);

  await t.step("a function is given each row", async () => {
    const processed = counter();
    await ended(await twice().foreach(() => processed.add(1)).start());
    assert.equal(processed.value, 2);
  });

  await t.step(
    "open() is told partition and batch, close() of no error",
    async () => {
      const [opened, epochs, processed, closed] = [
        counter(),
        counter(),
        counter(),
        counter(),
      ];
      await ended(
        await twice().foreach({
          open(partitionId, epochId) {
            opened.add(1);
            epochs.add(10 ** epochId + partitionId * 1000);
            return true;
          },
          process: () => processed.add(1),
          close(error) {
            if (error === null) closed.add(1);
          },
        }).start(),
      );
      assert.deepEqual(
        [opened, epochs, processed, closed].map(({ value }) => value),
        [2, 11, 2, 2],
      );
    },
  );

  await t.step("open() that returns false wants no rows", async () => {
    const [processed, closed] = [counter(), counter()];
    await ended(
      await twice().foreach({
        open: () => Promise.resolve(false),
        process: () => processed.add(1),
        close: () => closed.add(1),
      }).start(),
    );
    assert.deepEqual([processed.value, closed.value], [0, 2]);
  });

  await t.step("open() and close() may be left out", async () => {
    const [processed, closed] = [counter(), counter()];
    await ended(
      await twice().foreach({
        process: () => processed.add(1),
        close: () => closed.add(1),
      }).start(),
    );
    assert.deepEqual([processed.value, closed.value], [2, 2]);
  });

  await t.step(
    "process() that throws: close() is told, the query fails",
    async () => {
      const query = await lines().writeStream.foreach({
        process() {
          throw new RangeError("test error");
        },
        close(error) {
          // What close() throws is seen in place of it.
          if (error instanceof RangeError) {
            throw new Error(`closed: ${error.message}`);
          }
        },
      }).start();
      const error = await failed(query);
      assert.ok(error instanceof WorkerError);
      assert.match(error.message, /^Error: closed: test error\n/);
      assert.match(`${error.stack}`, /streaming_foreach_test\.ts:\d+:\d+/);
    },
  );

  await t.step("an aggregate's rows", async () => {
    const rows = counter();
    const query = await lines().groupBy("value").agg(F.count("*").as("n"))
      .writeStream.outputMode("complete").foreach(({ n }) =>
        rows.add(Number(n))
      )
      .trigger({ availableNow: true }).start();
    await ended(query);
    assert.equal(rows.value, 2);
  });

  await t.step("what is no writer is refused", () => {
    const { writeStream } = lines();
    const refused = (writer: unknown, state: string): void =>
      assert.throws(
        () => writeStream.foreach(writer as () => void),
        (error: Error) =>
          error.message ===
            `Cannot write a stream by foreach(): ${state}; give a function, or { open, process, close } with process at least`,
      );
    refused({ open() {} }, "process is undefined");
    refused({ process: true }, "process is true");
    refused({ process() {}, open: true }, "open is true");
    refused({ process() {}, close: 1 }, "close is 1");
    refused(null, "process is undefined");
  });

  await t.step(
    "foreachBatch(): views, tables and files of its own session",
    async () => {
      const column = F.col("value").as("result");
      try {
        const query = await lines().writeStream.foreachBatch(async (batch) => {
          const session = batch.sparkSession;
          await batch.createOrReplaceTempView("streaming_updates");
          const seen = await session.sql("SELECT * FROM streaming_updates")
            .count();
          const more = session.createDataFrame([
            { value: `${seen}` },
            { value: `${three()}` },
          ]);
          const files = session.read.text(incoming.folder);
          await batch.union(more).union(files).select(column)
            .write.mode("append").saveAsTable("streaming_batches");
        }).trigger({ availableNow: true }).start();
        await ended(query);
        const rows = await spark.table("streaming_batches").collect();
        assert.deepEqual(
          rows.map(({ result }) => result).toSorted(),
          ["2", "3", "a", "a", "b", "b"],
        );
        assert.equal(
          await spark.catalog.tableExists("streaming_updates"),
          false,
        );
      } finally {
        await spark.sql("DROP TABLE IF EXISTS streaming_batches");
      }
    },
  );

  await t.step(
    "foreachBatch(): the error of a job inside keeps its own",
    async () => {
      const query = await lines().writeStream
        .foreachBatch(async (batch) =>
          void await batch.select(F.col("nope")).collect()
        )
        .trigger({ availableNow: true }).start();
      const error = await failed(query);
      assert.ok(error instanceof StreamingQueryException);
      assert.match(
        error.message,
        /^Cannot finish batch 0: the function of foreachBatch\(\) at streaming_foreach_test\.ts:\d+:\d+ threw AnalysisException: \[UNRESOLVED_COLUMN/,
      );
      assert.match(
        (error.cause as Error).message,
        /\n {2}in select\(\) at streaming_foreach_test\.ts:\d+:\d+$/,
      );
      // The same to those who ask.
      const told = await query.exception();
      assert.equal((told as Error).message, error.message);
    },
  );

  await t.step(
    "foreachBatch(): stop() while a batch waits is no failure",
    async () => {
      const begun = Promise.withResolvers<void>();
      const query = await lines().writeStream.foreachBatch(async () => {
        begun.resolve();
        await new Promise(() => {});
      }).start();
      await begun.promise;
      await query.stop();
      assert.equal(await query.exception(), null);
    },
  );
});
