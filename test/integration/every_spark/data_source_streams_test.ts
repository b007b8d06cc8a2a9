/** Data sources of the program's, read and written as streams. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import {
  type DataSource,
  type DataSourceStreamReader,
  type DataSourceStreamWriter,
  JavaError,
  type ReadLimit,
  type SimpleDataSourceStreamReader,
  type StreamingQuery,
} from "../../../mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";

type Offset = { at: number };

const log = {
  end: 0,
  limits: [] as ReadLimit[],
  committed: [] as number[],
  starts: [] as (number | null)[],
  stopped: Promise.withResolvers<void>(),
};

/** Numbers up to `log.end`, at most four in a batch. */
class Ticks implements DataSource {
  schema(): string {
    return "n INT NOT NULL";
  }

  streamReader(): DataSourceStreamReader<Offset, [number, number]> {
    return {
      initialOffset: () => ({ at: 0 }),
      latestOffset: (start, limit) => {
        log.starts.push(start?.at ?? null);
        log.limits.push(limit);
        const most = limit.kind === "ReadMaxRows" ? limit.maxRows : Infinity;
        return { at: Math.min(log.end, (start?.at ?? 0) + most) };
      },
      getDefaultReadLimit: () => ({ kind: "ReadMaxRows", maxRows: 4 }),
      reportLatestOffset: () => ({ at: log.end }),
      partitions: ({ at: start }, { at: end }) =>
        start === end ? [] : [[start, start + 1], [start + 1, end]],
      *read([from, to]) {
        for (let n = from; n < to; n++) yield { n };
      },
      commit: ({ at }) => {
        log.committed.push(at);
      },
      stop: () => log.stopped.resolve(),
    };
  }
}

/** As above, read by the driver. */
class Simple implements DataSource {
  schema(): string {
    return "n INT NOT NULL, text STRING";
  }

  simpleStreamReader(): SimpleDataSourceStreamReader<Offset> {
    const rows = (from: number, to: number): unknown[][] =>
      Array.from({ length: to - from }, (_, i) => [from + i, `t${from + i}`]);
    return {
      initialOffset: () => ({ at: 0 }),
      read({ at }) {
        return [rows(at, log.end), { at: log.end }];
      },
      readBetweenOffsets: (start, end) => rows(start.at, end.at),
    };
  }
}

/** A file for each batch, made by its commit. */
class BatchFiles implements DataSource {
  static readonly name = "batch-files";
  constructor(readonly options: Readonly<Record<string, string | undefined>>) {}

  streamWriter(): DataSourceStreamWriter<number[]> {
    const path = this.options.path ?? "";
    const fails = this.options.fail === "true";
    return {
      write: (rows) => [...rows].map(({ n }) => Number(n)),
      commit: async (messages, batchId) => {
        if (fails) throw new RangeError("no room");
        await writeFile(`${path}.${batchId}`, messages.flat().join());
      },
      abort: (messages, batchId) =>
        writeFile(`${path}.abort`, `${batchId} ${messages.length}`),
    };
  }
}

Deno.test("data sources as streams", async (t) => {
  const spark = await sharedSession();
  const dialect = dialectOf(spark.version);
  if (dialect === "3.5") return;
  await using folder = await temporaryFolder();
  const hasLimits = !["4.0", "4.1"].includes(dialect);
  for (const source of [Ticks, Simple, BatchFiles]) {
    spark.dataSource.register(source);
  }
  const seen = async (table: string): Promise<unknown[]> =>
    (await spark.table<{ n: number }>(table).orderBy("n").collect())
      .map(({ n }) => n);

  await t.step("tasks read the parts of each batch", async () => {
    log.end = 3;
    const stream = spark.readStream.format("ticks").load();
    const query = await stream.writeStream.format("memory")
      .queryName("source_ticks").start();
    await query.processAllAvailable();
    assert.deepEqual(await seen("source_ticks"), [0, 1, 2]);
    log.end = 9;
    await query.processAllAvailable();
    assert.deepEqual(await seen("source_ticks"), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    if (hasLimits) {
      assert.ok(log.limits.every(({ kind }) => kind === "ReadMaxRows"));
      const last = await query.lastProgress;
      assert.deepEqual(last?.sources[0]?.latestOffset, { at: 9 });
    } else assert.ok(log.starts.every((start) => start === null));
    assert.ok(log.committed.includes(3), String(log.committed));
    await query.stop();
    await log.stopped.promise;
    spark.catalog.dropTempView("source_ticks");
  });

  await t.step("the driver reads a simple one", async () => {
    log.end = 2;
    const checkpoint = folder.fresh();
    const start = (): Promise<StreamingQuery> =>
      spark.readStream.format("simple").load().writeStream
        .format("parquet").option("checkpointLocation", checkpoint)
        .start(`${checkpoint}.out`);
    const first = await start();
    await first.processAllAvailable();
    await first.stop();
    log.end = 5;
    const second = await start();
    await second.processAllAvailable();
    await second.stop();
    const rows = await spark.read.parquet(`${checkpoint}.out`).orderBy("n")
      .collect();
    assert.deepEqual(
      rows.map(({ n, text }) => [n, text]),
      [[0, "t0"], [1, "t1"], [2, "t2"], [3, "t3"], [4, "t4"]],
    );
  });

  await t.step("batches are written, and committed on the driver", async () => {
    log.end = 4;
    const path = folder.fresh();
    const query = await spark.readStream.format("ticks").load().writeStream
      .format("batch-files").option("path", path)
      .option("checkpointLocation", folder.fresh()).start();
    await query.processAllAvailable();
    await query.stop();
    const text = await Deno.readTextFile(`${path}.0`);
    assert.deepEqual(text.split(",").sort(), ["0", "1", "2", "3"]);
  });

  await t.step("a commit that fails ends the query", async () => {
    const path = folder.fresh();
    const query = await spark.readStream.format("ticks").load().writeStream
      .format("batch-files").option("path", path).option("fail", "true")
      .option("checkpointLocation", folder.fresh()).start();
    await assert.rejects(query.processAllAvailable(), (error: unknown) => {
      assert.ok(error instanceof JavaError, Deno.inspect(error));
      assert.match(
        error.message,
        /Cannot run commit\(\) of the data source "batch-files": RangeError: no room/,
      );
      return true;
    });
    assert.match(await Deno.readTextFile(`${path}.abort`), /^0 \d$/);
  });
});
