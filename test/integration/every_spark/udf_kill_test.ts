import assert from "node:assert/strict";
import { tableFromArrays } from "apache-arrow";
import {
  aggregateUdf,
  arrowAggregateUdf,
  arrowIteratorUdf,
  arrowUdf,
  type ArrowVector,
  asyncUdf,
  type DataFrame,
  type DataSource,
  type DataSourceReader,
  type DataSourceWriter,
  type SparkSession,
  udaf,
  udf,
  udtf,
  Window,
} from "../../../mod.ts";
import { col, sum } from "../../../src/driver/sql/functions/mod.ts";
import { dialectOf } from "../../../src/protocol/dialect.ts";
import { dieOnce } from "../die_once.ts";
import { ownSession } from "../shared_session.ts";

const ROWS = 40_000; // in two partitions, of 20 batches each
const MIDDLE = 17_000;
const GROUPS = 20;

/** What a frame with the columns `id` and `twice` has to sum up to. */
async function isTwice<S extends object>(df: DataFrame<S>): Promise<void> {
  const [row] = await df.selectExpr(
    "count(*) AS rows",
    "sum(id) AS ids",
    "sum(twice) AS twice",
  ).collect();
  const ids = ROWS * (ROWS - 1) / 2;
  assert.deepEqual(row, { rows: ROWS, ids, twice: 2 * ids });
}

/** What a frame of `k` and `n` has to hold: the number of rows of each group. */
async function isCounted<S extends object>(df: DataFrame<S>): Promise<void> {
  const rows = await df.selectExpr("k", "n").orderBy("k").collect();
  assert.deepEqual(
    rows.map(({ k, n }) => [k, n]),
    Array.from({ length: GROUPS }, (_, k) => [k, ROWS / GROUPS]),
  );
}

Deno.test("a worker that is killed in the middle of a function is made up for", async (t) => {
  const folder = await Deno.makeTempDir();
  const spark = await ownSession({
    "spark.master": "local[2,4]",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
  });
  await spark.sparkContext.setLogLevel("OFF");
  const numbers = spark.range(0, ROWS, 1, 2);
  const grouped = numbers.select("id", col("id").mod(GROUPS).as("k"))
    .as<{ id: number; k: number }>();

  const killed = async (
    kind: string,
    run: (marker: string) => Promise<void>,
  ): Promise<void> => {
    await t.step(kind, async () => {
      const marker = `${folder}/${kind}`;
      await run(marker);
      assert.ok((await Deno.stat(marker)).isFile, "no worker was killed");
    });
  };

  await killed("row", (marker) => {
    const twice = udf((x: number) => {
      if (x === MIDDLE) dieOnce(marker);
      return 2 * x;
    }, "bigint");
    return isTwice(numbers.select("id", twice("id").as("twice")));
  });

  await killed("async", (marker) => {
    const twice = asyncUdf(async (x: number) => {
      await Promise.resolve();
      if (x === MIDDLE) dieOnce(marker);
      return 2 * x;
    }, "bigint");
    return isTwice(numbers.select("id", twice("id").as("twice")));
  });

  await killed("vector", (marker) => {
    const twice = arrowUdf((ids: ArrowVector) => {
      if (ids.get(0) === BigInt(MIDDLE)) dieOnce(marker);
      return BigInt64Array.from(ids, (id) => 2n * id);
    }, "bigint");
    return isTwice(numbers.select("id", twice("id").as("twice")));
  });

  await killed("iterator", (marker) => {
    const twice = arrowIteratorUdf(function* (batches) {
      for (const [ids] of batches) {
        if (ids?.get(0) === BigInt(MIDDLE)) dieOnce(marker);
        yield BigInt64Array.from(ids ?? [], (id) => 2n * id);
      }
    }, "bigint");
    return isTwice(numbers.select("id", twice("id").as("twice")));
  });

  const schema = "id BIGINT, twice BIGINT";
  await killed("map", (marker) =>
    isTwice(numbers.map(({ id }) => {
      if (id === MIDDLE) dieOnce(marker);
      return { id, twice: 2 * id };
    }, schema)));

  await killed(
    "flatMap",
    (marker) =>
      isTwice(numbers.flatMap(function* ({ id }) {
        if (id === MIDDLE) dieOnce(marker);
        yield [id, 2 * id];
      }, schema)),
  );

  await killed(
    "mapPartitions",
    (marker) =>
      isTwice(numbers.mapPartitions(function* (rows) {
        for (const { id } of rows) {
          if (id === MIDDLE) dieOnce(marker);
          yield [id, 2 * id];
        }
      }, schema)),
  );

  await killed(
    "mapInArrow",
    (marker) =>
      isTwice(numbers.mapInArrow(function* (tables) {
        for (const table of tables) {
          const ids = table.getChild("id")?.toArray() as BigInt64Array;
          if (ids[0] === BigInt(MIDDLE)) dieOnce(marker);
          yield tableFromArrays({ id: ids, twice: ids.map((id) => 2n * id) });
        }
      }, schema)),
  );

  await killed("flatMapGroups", (marker) =>
    isCounted(
      grouped.groupBy("k").flatMapGroups(({ k }, rows) => {
        let n = 0;
        for (const { id } of rows) {
          if (id === MIDDLE) dieOnce(marker);
          n++;
        }
        return [[k, n]];
      }, "k BIGINT, n INT"),
    ));

  await killed("applyInArrow", (marker) =>
    isCounted(
      grouped.groupBy("k").applyInArrow((table, { k }) => {
        if (k === 7) dieOnce(marker);
        return tableFromArrays({
          k: BigInt64Array.of(BigInt(k)),
          n: Int32Array.of(table.numRows),
        });
      }, "k BIGINT, n INT"),
    ));

  await killed("flatMapGroupsInArrow", (marker) =>
    isCounted(
      grouped.groupBy("k").flatMapGroupsInArrow(function* ({ k }, tables) {
        let n = 0;
        for (const { numRows } of tables) {
          if (k === 7) dieOnce(marker);
          n += numRows;
        }
        yield tableFromArrays({
          k: BigInt64Array.of(BigInt(k)),
          n: Int32Array.of(n),
        });
      }, "k BIGINT, n INT"),
    ));

  await killed("cogroup", (marker) =>
    isCounted(
      grouped.groupBy("k").cogroup(grouped.groupBy("k")).flatMapGroups(
        ({ k }, left, right) => {
          if (k === 7) dieOnce(marker);
          return [[k, (left.length + right.length) / 2]];
        },
        "k BIGINT, n INT",
      ),
    ));

  await killed("aggregate", (marker) => {
    const size = aggregateUdf((ids: readonly number[]) => {
      if (ids.includes(MIDDLE)) dieOnce(marker);
      return ids.length;
    }, "int");
    return isCounted(
      grouped.groupBy("k").agg(size("id").as("n")),
    );
  });

  await killed("aggregate of vectors", (marker) => {
    const size = arrowAggregateUdf((ids: ArrowVector) => {
      if (ids.get(0) === 7n) dieOnce(marker);
      return ids.length;
    }, "int");
    return isCounted(
      grouped.groupBy("k").agg(size("k").as("n")),
    );
  });

  for (const stage of ["reduce", "merge", "finish"]) {
    await killed(`aggregator's ${stage}`, (marker) => {
      const size = udaf({
        zero: () => 0,
        reduce: (n, id: number) => {
          if (stage === "reduce" && id === MIDDLE) dieOnce(marker);
          return n + 1;
        },
        merge: (a, b) => {
          if (stage === "merge") dieOnce(marker);
          return a + b;
        },
        finish: (n) => {
          if (stage === "finish") dieOnce(marker);
          return n;
        },
      }, "int");
      return isCounted(
        grouped.groupBy("k").agg(size("id").as("n")),
      );
    });
  }

  await killed("window", async (marker) => {
    const size = aggregateUdf((ids: readonly number[]) => {
      if (ids.includes(MIDDLE)) dieOnce(marker);
      return ids.length;
    }, "int");
    const all = size("id").over(Window.partitionBy("k"));
    const near = size("id").over(
      Window.partitionBy("k").orderBy("id").rowsBetween(-1, 0),
    );
    const [row] = await grouped.select(all.as("all"), near.as("near"))
      .agg(sum("all").as("all"), sum("near").as("near")).collect();
    assert.deepEqual(row, {
      all: ROWS * ROWS / GROUPS,
      near: 2 * ROWS - GROUPS,
    });
  });

  await killed("table function", (marker) => {
    const twice = udtf(function* (id: number) {
      if (id === MIDDLE) dieOnce(marker);
      yield [id, 2 * id];
    }, schema);
    spark.udtf.register("twice_each", twice);
    numbers.createOrReplaceTempView("killed_numbers");
    return isTwice(
      spark.sql(
        "SELECT t.* FROM killed_numbers, LATERAL twice_each(killed_numbers.id) AS t",
      ),
    );
  });

  await killed("RDD", async (marker) => {
    const twice = spark.sparkContext.range(0, ROWS, 1, 2).map((id) => {
      if (id === MIDDLE) dieOnce(marker);
      return 2 * id;
    });
    const sum = await twice.reduce((a, b) => a + b);
    assert.equal(sum, ROWS * (ROWS - 1));
  });

  await killed("asynchronous RDD", async (marker) => {
    const twice = spark.sparkContext.range(0, ROWS, 1, 2).mapAsync(
      async (id) => {
        await Promise.resolve();
        if (id === MIDDLE) dieOnce(marker);
        return 2 * id;
      },
    );
    const sum = await twice.reduce((a, b) => a + b);
    assert.equal(sum, ROWS * (ROWS - 1));
  });

  if (dialectOf(spark.version) !== "3.5") await killDataSources(spark, killed);

  await spark.stop();
  await Deno.remove(folder, { recursive: true });
});

/** Data sources, which there are from Spark 4.0 on. */
async function killDataSources(
  spark: SparkSession,
  killed: (
    kind: string,
    run: (marker: string) => Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  await killed("data source read", (marker) => {
    class KilledRead implements DataSource {
      schema(): string {
        return "id BIGINT, twice BIGINT";
      }
      reader(): DataSourceReader<[number, number]> {
        return {
          partitions: () => [[0, ROWS / 2], [ROWS / 2, ROWS]],
          *read([from, to]) {
            for (let id = from; id < to; id++) {
              if (id === MIDDLE) dieOnce(marker);
              yield [id, 2 * id];
            }
          },
        };
      }
    }
    spark.dataSource.register(KilledRead);
    return isTwice(spark.read.format("KilledRead").load());
  });

  await killed("data source write", async (marker) => {
    const counts: (number | null)[] = [];
    class KilledWrite implements DataSource {
      writer(): DataSourceWriter<number> {
        return {
          write(rows) {
            let sum = 0;
            for (const { id } of rows) {
              if (id === MIDDLE) dieOnce(marker);
              sum += Number(id);
            }
            return sum;
          },
          commit(messages) {
            counts.push(...messages);
          },
        };
      }
    }
    spark.dataSource.register(KilledWrite);
    await spark.range(0, ROWS, 1, 2).write.format("KilledWrite").mode("append")
      .save();
    assert.equal(counts.length, 2);
    const sum = counts.reduce<number>((all, count) => all + (count ?? NaN), 0);
    assert.equal(sum, ROWS * (ROWS - 1) / 2);
  });
}
