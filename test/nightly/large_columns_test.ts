/** Columns of more than 2 GiB, and batches that would have to hold as much. */
import assert from "node:assert/strict";
import {
  type DataFrame,
  functions,
  type SparkSession,
  udf,
} from "../../mod.ts";
import { withTimeout } from "../../src/common/deadline.ts";
import { startSpark } from "../integration/start_spark.ts";

const LIMIT_MS = 15 * 60_000; // of one step, so that nothing hangs for longer
const ROWS = 270_000;
const TEXT_BYTES = 8192; // of each row: 2.2 GB together
const BINARY_ROWS = 25_000;
const BINARY_BYTES = 100_000; // of each row: 2.5 GB together

const ROWS_SETTING = "spark.sql.execution.arrow.maxRecordsPerBatch";
const BYTES_SETTING = "spark.sql.execution.arrow.maxBytesPerBatch";
const LARGE_SETTING = "spark.sql.execution.arrow.useLargeVarTypes";

/** What such a batch is refused with, on its way to a function. */
const REFUSAL = /lower "spark\.sql\.execution\.arrow\.maxRecordsPerBatch"/;

/** Has Spark make one batch of all rows, as far as it lets itself be told. */
async function inOneBatch(
  spark: SparkSession,
  large: boolean,
  work: () => Promise<void>,
): Promise<void> {
  const settings = {
    [ROWS_SETTING]: "1000000",
    [BYTES_SETTING]: String(2 ** 31 - 2),
    [LARGE_SETTING]: String(large),
  };
  for (const [key, value] of Object.entries(settings)) {
    await spark.conf.set(key, value);
  }
  await work();
  for (const key of Object.keys(settings)) await spark.conf.unset(key);
}

function bigTexts(
  spark: SparkSession,
  partitions = 1,
): DataFrame<{ s: string }> {
  const { col, concat, lit, repeat } = functions;
  const s = concat(col("id").cast("string"), repeat(lit("x"), TEXT_BYTES));
  return spark.range(0, ROWS, 1, partitions).select(s.as("s"))
    .as<{ s: string }>();
}

Deno.test("columns of more than 2 GiB are right by batches, and refused in one", async (t) => {
  const spark = await startSpark({
    "spark.master": "local[1]",
    "spark.driver.memory": "6g",
  });
  await spark.sparkContext.setLogLevel("OFF");
  const texts = bigTexts(spark, 1);
  const parted = bigTexts(spark, 8); // a task holds its part of a result
  const step = (name: string, work: () => Promise<void>): Promise<boolean> =>
    t.step(name, async () => {
      const done = await withTimeout(LIMIT_MS, work().then(() => true));
      assert.ok(done, "it did not end in time");
    });

  await step("texts that a function takes and gives back", async () => {
    const same = udf((s: string) => s, "string");
    const [row] = await texts.select("s", same("s").as("t")).selectExpr(
      "count(*) AS rows",
      "sum(length(t)) AS units",
      "count_if(s = t) AS same",
    ).collect();
    const digits = Array.from({ length: ROWS }, (_, id) => String(id).length)
      .reduce((sum, length) => sum + length, 0);
    const units = ROWS * TEXT_BYTES + digits;
    assert.ok(units > 2 ** 31);
    assert.deepEqual(row, { rows: ROWS, units, same: ROWS });
  });

  await step("binaries that a function makes", async () => {
    const made = udf(
      (id: number) => new Uint8Array(100_000).fill(id % 251),
      "binary",
    );
    const [row] = await spark.range(0, BINARY_ROWS, 1, 1)
      .select("id", made("id").as("b"))
      .selectExpr(
        "sum(length(b)) AS bytes",
        `count_if(hex(substring(b, ${BINARY_BYTES}, 1)) = lpad(hex(id % 251), 2, '0')) AS same`,
      ).collect();
    assert.deepEqual(row, {
      bytes: BINARY_ROWS * BINARY_BYTES,
      same: BINARY_ROWS,
    });
  });

  for (const large of [false, true]) {
    await step(
      `texts for a function, ${LARGE_SETTING}=${large}`,
      () =>
        inOneBatch(spark, large, async () => {
          const units = udf((s: string) => s.length, "int");
          await assert.rejects(
            texts.select(units("s").as("n")).agg(functions.sum("n")).collect(),
            REFUSAL,
          );
        }),
    );
  }

  await step(
    "binaries of a function",
    () =>
      inOneBatch(spark, false, async () => {
        const made = udf(() => new Uint8Array(100_000), "binary", {
          deterministic: false,
        });
        await assert.rejects(
          spark.range(0, BINARY_ROWS, 1, 1).select(made().as("b"))
            .selectExpr("sum(length(b))").collect(),
          {
            condition: "VALUE_OUT_OF_RANGE",
            message:
              /^SparkError: Cannot write row 21474 of column "udf": an object of class Uint8Array does not fit into type binary; one batch has room for 2147483647 bytes of a column; make batches of fewer rows, for rows of Spark by a lower "spark\.sql\.execution\.arrow\.maxRecordsPerBatch"\n/,
          },
        );
      }),
  );

  for (const action of ["collect", "toArrow"] as const) {
    await step(`${action}() of more than the driver takes`, async () => {
      await assert.rejects(parted[action](), /spark\.driver\.maxResultSize/);
    });
  }

  await step(
    "rows one after another, which the driver need not hold",
    async () => {
      let units = 0;
      const parts = bigTexts(spark, 4); // the driver holds one at a time
      for await (const { s } of parts.toLocalIterator()) units += s.length;
      assert.ok(units > 2 ** 31);
    },
  );

  await spark.stop();
});
