import assert from "node:assert/strict";
import { JavaError } from "../../../mod.ts";
import { sharedSession } from "../shared_session.ts";

Deno.test("DataFrame", async (t) => {
  const spark = await sharedSession();
  const folder = await Deno.makeTempDir();
  const file = async (name: string, text: string): Promise<string> => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  try {
    await t.step(
      "read.text() gives lines, as properties and by position",
      async () => {
        const path = await file("lines.txt", "héllo\n\n𝄞 x\nplain\n");
        const lines = ["héllo", "", "𝄞 x", "plain"];
        const df = spark.read.text(path);
        assert.deepEqual((await df.collect()).map((row) => row.value), lines);
        assert.deepEqual(await df.rdd.map((row) => row.value).collect(), lines);
        assert.deepEqual(await df.rdd.map((row) => row[0]).collect(), lines);
        const rows = await df.rdd.collect();
        assert.deepEqual(rows.map((row) => [...row]), lines.map((l) => [l]));
        assert.equal(await df.count(), 4);
        assert.equal(await df.rdd.count(), 4);
      },
    );

    await t.step("read.json(), read.csv() and read.parquet()", async () => {
      const json = await file(
        "a.json",
        '{"n":1,"s":"x"}\n{"n":null,"s":"y"}\n',
      );
      const fromJson = await spark.read.json<{ n: number | null; s: string }>(
        json,
      ).collect();
      assert.deepEqual(fromJson.map(({ n, s }) => [n, s]), [[1, "x"], [
        null,
        "y",
      ]]);
      const csv = await file("a.csv", "id;name\n7;seven\n8;eight\n");
      const fromCsv = spark.read.options({ header: true, sep: ";" })
        .schema("id INT, name STRING").csv(csv);
      assert.deepEqual(await fromCsv.columns, ["id", "name"]);
      assert.deepEqual(
        (await fromCsv.collect()).map((row) => [row["id"], row["name"]]),
        [[7, "seven"], [8, "eight"]],
      );
      await fromCsv.createOrReplaceTempView("numbers");
      await spark.sql(
        `INSERT OVERWRITE DIRECTORY '${folder}/parquet' USING parquet SELECT * FROM numbers`,
      ).collect();
      const back = spark.read.parquet(`${folder}/parquet`);
      assert.equal(await back.filter("id > 7").count(), 1);
      assert.equal((await back.select("name").first())?.["name"], "seven");
    });

    await t.step("values of all types come as they are", async () => {
      const [row] = await spark.sql(`SELECT 1Y AS byte, 2S AS short, 3 AS int,
        4L AS long, 0.5F AS float, -0.25D AS double, true AS bool, 'ü' AS text,
        X'0102' AS bytes, CAST('-123456789012345.67' AS DECIMAL(20,2)) AS dec,
        DATE'1969-12-31' AS day, TIMESTAMP'2024-01-02 03:04:05.678901Z' AS time,
        NULL AS nothing, array(1, NULL) AS list, map('k', 2L) AS dict,
        named_struct('p', named_struct('q', 'deep')) AS nested`).collect();
      assert.ok(row !== undefined);
      assert.deepEqual(row, {
        byte: 1,
        short: 2,
        int: 3,
        long: 4,
        float: 0.5,
        double: -0.25,
        bool: true,
        text: "ü",
        bytes: new Uint8Array([1, 2]),
        dec: "-123456789012345.67",
        day: new Date(-86_400_000),
        time: new Date("2024-01-02T03:04:05.678Z"),
        nothing: null,
        list: [1, null],
        dict: new Map([["k", 2]]),
        nested: { p: { q: "deep" } },
      });
      assert.equal(Object.getPrototypeOf(row), Object.prototype);
    });

    await t.step(
      "a long that would lose digits is refused by name",
      async () => {
        await assert.rejects(
          spark.sql("SELECT 9007199254740993L AS big").collect(),
          {
            condition: "LONG_NOT_SAFE",
            message:
              'Cannot read column "big": the long 9007199254740993 is beyond 2^53 and would lose digits as a number; set spark.tspark.longs to bigint',
          },
        );
      },
    );

    await t.step("range(), limit(), take() and first()", async () => {
      const df = spark.range(2, 20, 3);
      assert.deepEqual((await df.collect()).map((row) => row.id), [
        2,
        5,
        8,
        11,
        14,
        17,
      ]);
      assert.deepEqual((await df.take(2)).map((row) => row.id), [2, 5]);
      assert.equal((await df.first())?.id, 2);
      assert.equal(await spark.range(0).first(), null);
      assert.deepEqual(await spark.range(0).collect(), []);
      assert.equal(await spark.range(0).rdd.count(), 0);
      assert.throws(() => df.limit(-1), {
        message: "Cannot take -1 rows: give a whole number from 0 on",
      });
    });

    await t.step("rows go through many partitions in order", async () => {
      const rows = await spark.range(0, 50_000, 1, 7).collect();
      assert.equal(rows.length, 50_000);
      assert.ok(rows.every((row, i) => row.id === i));
    });

    await t.step("the schema tells names, types and nesting", async () => {
      const schema = await spark.sql(
        "SELECT 1L AS id, array(named_struct('p', 1.50)) AS list, map('k', 2) AS dict",
      ).schema;
      assert.equal(
        schema.treeString(),
        `root
 |-- id: long (nullable = false)
 |-- list: array (nullable = false)
 |    |-- element: struct (containsNull = false)
 |    |    |-- p: decimal(3,2) (nullable = false)
 |-- dict: map (nullable = false)
 |    |-- key: string
 |    |-- value: integer (valueContainsNull = false)
`,
      );
      assert.equal(
        schema.simpleString(),
        "struct<id:bigint,list:array<struct<p:decimal(3,2)>>,dict:map<string,int>>",
      );
    });

    await t.step(
      "showString() gives the table that show() prints",
      async () => {
        const df = spark.sql("SELECT 'abcdefgh' AS text, NULL AS nothing");
        assert.equal(
          await df.showString(20, 5),
          `+-----+-------+
| text|nothing|
+-----+-------+
|ab...|   NULL|
+-----+-------+
`,
        );
        assert.match(await df.showString(), /abcdefgh\|/);
        assert.match(
          await df.showString(1, false, true),
          /-RECORD 0-+\n text +\| abcdefgh *\n nothing +\| NULL/,
        );
      },
    );

    await t.step(
      "rdd is one RDD, and several paths are read together",
      async () => {
        const one = await file("one.txt", "1\n");
        const two = await file("two.txt", "2\n");
        const df = spark.read.text(one, two);
        assert.equal(df.rdd, df.rdd);
        assert.deepEqual(
          (await df.rdd.map((row) => row.value).collect()).sort(),
          [
            "1",
            "2",
          ],
        );
        await df.createOrReplaceTempView("lines");
        await spark.sql(
          `INSERT OVERWRITE DIRECTORY '${folder}/orc' USING orc SELECT * FROM lines`,
        ).collect();
        assert.equal(await spark.read.orc(`${folder}/orc`).count(), 2);
      },
    );

    await t.step("a missing file is Spark's own error", async () => {
      await assert.rejects(
        spark.read.text("/no/such/file").count(),
        (error: unknown) => {
          assert.ok(error instanceof JavaError);
          assert.equal(error.condition, "PATH_NOT_FOUND");
          assert.match(error.message, /file:\/no\/such\/file/);
          return true;
        },
      );
    });

    await t.step(
      "wrong SQL is Spark's own error, and the session goes on",
      async () => {
        await assert.rejects(
          spark.sql("SELEC 1").count(),
          (error: unknown) => {
            assert.ok(error instanceof JavaError);
            assert.equal(error.condition, "PARSE_SYNTAX_ERROR");
            assert.equal(error.sqlState, "42601");
            return true;
          },
        );
        assert.equal(await spark.range(3).count(), 3);
      },
    );

    await t.step("a failed job is not an empty result", async () => {
      await assert.rejects(
        spark.sql("SELECT raise_error('on purpose') FROM range(10)").collect(),
        /on purpose/,
      );
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
