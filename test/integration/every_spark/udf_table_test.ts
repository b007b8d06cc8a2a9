import assert from "node:assert/strict";
import { type DataFrame, udtf } from "../../../mod.ts";
import { col, desc, lit } from "../../../src/driver/sql/functions/mod.ts";
import { failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

/** The values of a frame's rows, in the order of their texts. */
async function sorted<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  const rows = (await df.collect()).map((row) => Object.values(row));
  return rows.sort((a, b) => String(a) < String(b) ? -1 : 1);
}

/** Tells what each of its instances was given, as one text. */
class Seen {
  #rows: string[] = [];

  eval(row: object, ...more: readonly unknown[]): undefined {
    this.#rows.push([...Object.values(row), ...more].join(" "));
  }

  terminate(): string[][] {
    return [[this.#rows.join(", ")]];
  }
}

Deno.test("TABLE arguments of table functions", async (t) => {
  const spark = await sharedSession();
  const version = await spark.version;
  const seen = udtf(Seen, "rows STRING", { name: "seen" });
  spark.udtf.register("seen", seen);
  const words = spark.sql(
    "SELECT * FROM VALUES ('a', 3), ('b', 1), ('a', 1), (NULL, 5), ('b', 2), ('a', 2), (NULL, 4) AS t(k, n)",
  ).as<{ k: string | null; n: number }>();
  words.createOrReplaceTempView("table_words");

  await t.step("a table's rows come as objects", async () => {
    const one = spark.sql(
      "SELECT * FROM seen(TABLE(SELECT id, id * 2 AS twice FROM range(0, 3, 1, 1)))",
    );
    assert.deepEqual(await sorted(one), [["0 0, 1 2, 2 4"]]);
  });

  if (version.startsWith("3.5")) return;

  await t.step("PARTITION BY and ORDER BY", async () => {
    const by = (rest: string): DataFrame =>
      spark.sql(`SELECT rows FROM seen(TABLE(table_words) ${rest})`);
    const ordered = [[" 5,  4"], ["a 3, a 2, a 1"], ["b 2, b 1"]];
    assert.deepEqual(
      await sorted(by("PARTITION BY k ORDER BY n DESC")),
      ordered,
    );
    assert.deepEqual(
      await sorted(
        seen(words.asTable().partitionBy("k").orderBy(desc("n"))),
      ),
      ordered,
    );
    assert.deepEqual(
      await sorted(by("PARTITION BY n % 2 ORDER BY (n, k)")),
      [["a 1, b 1, a 3,  5"], ["a 2, b 2,  4"]],
    );
    assert.equal((await sorted(by("PARTITION BY (k, n)"))).length, 7);
  });

  await t.step("WITH SINGLE PARTITION", async () => {
    const all = [[" 4,  5, a 1, a 2, a 3, b 1, b 2"]];
    assert.deepEqual(
      await sorted(spark.sql(
        "SELECT * FROM seen(TABLE(table_words) WITH SINGLE PARTITION ORDER BY (k, n))",
      )),
      all,
    );
    assert.deepEqual(
      await sorted(
        seen(
          words.repartition(4).asTable().withSinglePartition().orderBy(
            "k",
            "n",
          ),
        ),
      ),
      all,
    );
  });

  await t.step("other arguments, structs among them", async () => {
    const table = words.filter("k = 'a'").asTable().partitionBy("k")
      .orderBy("n");
    assert.deepEqual(
      await sorted(seen(table, lit("x"))),
      [["a 1 x, a 2 x, a 3 x"]],
    );
    const behind = udtf(
      class {
        #rows: string[] = [];
        eval({ f }: { f: number }, row: object): undefined {
          this.#rows.push(`${f} ${Object.keys(row)} ${Object.values(row)}`);
        }
        terminate(): string[][] {
          return [[this.#rows.join("; ")]];
        }
      },
      "rows STRING",
      { name: "behind" },
    );
    spark.udtf.register("behind", behind);
    assert.deepEqual(
      await sorted(spark.sql(
        "SELECT rows FROM behind(named_struct('f', 7), TABLE(table_words) PARTITION BY k ORDER BY n)",
      )),
      [
        ["7 k,n ,4; 7 k,n ,5"],
        ["7 k,n a,1; 7 k,n a,2; 7 k,n a,3"],
        ["7 k,n b,1; 7 k,n b,2"],
      ],
    );
  });

  await t.step("partitions differ where their keys do", async () => {
    const keys = [
      "timestamp_micros(1700000000123456 + id % 2)",
      "CAST(id % 2 AS DECIMAL(38, 18)) / 3",
      "IF(id % 2 = 0, double('NaN'), -0.0D)",
      "IF(id % 2 = 0, 0.0D, 1.0D)",
      "named_struct('a', id % 2, 'b', array(1))",
      "CAST(string(id % 2) AS BINARY)",
      "id % 2 = 0",
      "make_dt_interval(0, 0, 0, id % 2)",
      "9007199254740991 - id % 2",
    ];
    for (const key of keys) {
      const count = spark.sql(
        `SELECT count(*) FROM seen(TABLE(SELECT id FROM range(20)) PARTITION BY ${key})`,
      );
      assert.deepEqual(await sorted(count), [[2]], key);
    }
    const zeros = spark.sql(
      "SELECT count(*) FROM seen(TABLE(SELECT id FROM range(20)) PARTITION BY IF(id % 2 = 0, 0.0D, -0.0D))",
    );
    assert.deepEqual(await sorted(zeros), [[1]]);
  });

  await t.step("no rows give no instance", async () => {
    assert.deepEqual(
      await sorted(seen(words.filter("n > 9").asTable().partitionBy("k"))),
      [],
    );
  });

  if (version >= "4.1") {
    await t.step("a table by the name of its parameter", async () => {
      assert.deepEqual(
        await sorted(spark.sql(
          "SELECT * FROM seen(row => TABLE(table_words) PARTITION BY k ORDER BY n) WHERE rows LIKE 'b%'",
        )),
        [["b 1, b 2"]],
      );
    });
  }

  await t.step("errors tell the row", async () => {
    const broken = udtf(
      function broken({ n }: { n: number }) {
        if (n === 3) throw new RangeError("three");
        return [[n]];
      },
      "n INT",
    );
    await failsInWorker(
      broken(words.asTable().partitionBy(col("k"))).collect(),
      "FUNCTION_FAILED",
      /^RangeError: three\n {2}in broken\(\{ k: "a", n: 3 \}\) of udtf\(\) at udf_table_test\.ts/,
    );
  });
  spark.catalog.dropTempView("table_words");
});
