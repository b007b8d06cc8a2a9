import assert from "node:assert/strict";
import {
  type AsyncCall,
  asyncUdf,
  type DataFrame,
  SparkError,
  udf,
} from "../../../mod.ts";
import { col } from "../../../src/driver/sql/functions/mod.ts";
import { failsInWorker } from "../failures.ts";
import { sharedSession } from "../shared_session.ts";

/** The values of a frame's rows, in order. */
async function valuesOf<S extends object>(
  df: DataFrame<S>,
): Promise<unknown[][]> {
  return (await df.collect()).map((row) => Object.values(row));
}

Deno.test("udf()", async (t) => {
  const spark = await sharedSession();
  const numbers = spark.range(0, 5, 1, 2);

  await t.step("computes a column in select(), filter() and SQL", async () => {
    const addOne = udf((x: number) => x + 1, "bigint");
    assert.deepEqual(
      await valuesOf(numbers.select(addOne("id").as("next"))),
      [[1], [2], [3], [4], [5]],
    );
    assert.deepEqual(
      await valuesOf(numbers.filter(addOne(col("id")).gt(3))),
      [[3], [4]],
    );
    spark.udf.register("add_one", addOne);
    assert.deepEqual(
      await valuesOf(spark.sql("SELECT sum(add_one(id)) FROM range(100)")),
      [[5050]],
    );
  });

  await t.step("several functions, and functions of functions", async () => {
    spark.udf.register("half", (x: number) => x / 2, "double");
    spark.udf.register("text", (x: number | null) => `<${x}>`, "string");
    spark.udf.register(
      "day_after",
      (d: Date) => new Date(d.getTime() + 86_400_000),
      "date",
    );
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT half(id), text(id), text(half(half(id))), half(id) + half(id) AS twice FROM range(3)",
      )),
      [[0, "<0>", "<0>", 0], [0.5, "<1>", "<0.25>", 1], [1, "<2>", "<0.5>", 2]],
    );
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT string(day_after(day_after(date'2024-02-28')))",
      )),
      [["2024-03-01"]],
    );
  });

  await t.step("takes and gives values of all types", async () => {
    const same = (type: string, literal: string): string => {
      const name = `same_${type.replace(/\W+/g, "_")}`;
      spark.udf.register(name, (x: unknown) => x, type);
      return `${name}(${literal}) <=> ${literal}`;
    };
    const conditions = [
      same("boolean", "true"),
      same("tinyint", "-128Y"),
      same("smallint", "32767S"),
      same("int", "-2147483648"),
      same("bigint", "9007199254740991L"),
      same("float", "float(0.1)"),
      same("double", "1e300D"),
      same(
        "decimal(38,10)",
        "1234567890123456789012345678.0123456789BD",
      ),
      same("string", "'aé𝄞'"),
      same("binary", "X'00FF'"),
      same("date", "date'1969-12-31'"),
      same("timestamp", "timestamp'1960-01-01 00:00:00.123Z'"),
      same("timestamp_ntz", "timestamp_ntz'2024-01-01 00:00:00.5'"),
      same("array<int>", "array(1, null, 3)"),
      same("array<array<string>>", "array(array('a'), null, array())"),
      same("struct<a:int,b:string>", "named_struct('a', 1, 'b', 'x')"),
      same("interval day to second", "interval '1 02:03:04.5' day to second"),
      same("interval year to month", "interval '-1-2' year to month"),
    ];
    for (const condition of conditions) {
      assert.deepEqual(
        await valuesOf(spark.sql(`SELECT ${condition}`)),
        [[true]],
        condition,
      );
    }
  });

  await t.step("null comes as null, or skips the call", async () => {
    const text = (x: number | null): string => `${x}`;
    const called = udf(text, "string");
    const skipped = udf(text, "string", { nullInput: "skip" });
    const none = udf((_: number | null) => undefined, "int");
    const values = spark.sql("SELECT * FROM VALUES (1), (null) AS t(x)");
    assert.deepEqual(
      await valuesOf(values.select(
        called("x").as("a"),
        skipped("x").as("b"),
        none("x").as("c"),
      )),
      [["1", "1", null], ["null", null, null]],
    );
  });

  await t.step("takes no arguments, no rows and no partitions", async () => {
    const five = udf(() => 5, "int");
    assert.deepEqual(
      await valuesOf(numbers.select(five())),
      [[5], [5], [5], [5], [5]],
    );
    assert.deepEqual(await valuesOf(spark.range(0).select(five())), []);
    assert.deepEqual(
      await valuesOf(numbers.filter("id < 0").select(five())),
      [],
    );
  });

  await t.step("uses captured values, broadcasts and packages", async () => {
    const words = new Map([[1, "one"], [2, "two"]]);
    const broadcast = spark.sparkContext.broadcast(["zero", "uno"]);
    const word = udf(
      (x: number) => words.get(x) ?? broadcast.value[x] ?? null,
      "string",
    );
    assert.deepEqual(
      await valuesOf(numbers.select(word("id"))),
      [["zero"], ["one"], ["two"], [null], [null]],
    );
  });

  await t.step("works in joins, aggregates and windows", async () => {
    spark.udf.register("parity", (x: number) => x % 2 === 0, "boolean");
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT parity(id), sum(id) FROM range(10) GROUP BY parity(id) ORDER BY 2",
      )),
      [[true, 20], [false, 25]],
    );
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT a.id, b.id AS other FROM range(3) a JOIN range(3) b ON parity(a.id) = parity(b.id) AND a.id < b.id",
      )),
      [[0, 2]],
    );
    assert.deepEqual(
      await valuesOf(spark.sql(
        "SELECT id, row_number() OVER (PARTITION BY parity(id) ORDER BY id) FROM range(4) ORDER BY id",
      )),
      [[0, 1], [1, 1], [2, 2], [3, 2]],
    );
  });

  await t.step("an error tells the line, the call and the values", async () => {
    const bad = udf((x: number, s: string) => {
      if (x === 3) throw new RangeError(`no ${s}`);
      return x;
    }, "int");
    const action = numbers.select(bad("id", col("id").cast("string")))
      .collect();
    await failsInWorker(
      action,
      "FUNCTION_FAILED",
      /^RangeError: no 3\n {2}in udf\(3, "3"\) of udf\(\) at udf_test\.ts:\d+:\d+\n/,
    );
    const error = await action.catch((error) => error);
    assert.match(String(error.stack), /udf_test\.ts:\d+:\d+/);
  });

  await t.step(
    "a result that is no value of the type is an error",
    async () => {
      const wrong = udf((_: number) => "x" as unknown as number, "int");
      await failsInWorker(
        numbers.select(wrong("id")).collect(),
        "VALUE_TYPE_MISMATCH",
        /"x" is no value of type int; give a whole number/,
      );
      const large = udf((x: number) => x + 2 ** 31, "int");
      await failsInWorker(
        numbers.coalesce(1).select(large("id")).collect(),
        "VALUE_OUT_OF_RANGE",
        /2147483648 does not fit into type int/,
      );
    },
  );

  await t.step("asynchronous calls keep the order", async () => {
    const slow = asyncUdf(
      async (x: number) => {
        await new Promise((resolve) => setTimeout(resolve, 5 * (4 - x)));
        return x * 10;
      },
      "int",
      { concurrency: 8 },
    );
    const plus = udf((x: number | null) => (x ?? 0) + 1, "int");
    assert.deepEqual(
      await valuesOf(numbers.select(slow("id"), plus(slow("id")).as("more"))),
      [[0, 1], [10, 11], [20, 21], [30, 31], [40, 41]],
    );
  });

  await t.step(
    "no more asynchronous calls are under way than allowed",
    async () => {
      const running = asyncUdf(
        (() => {
          let now = 0;
          let most = 0;
          return async (_: number): Promise<number> => {
            most = Math.max(most, ++now);
            await new Promise((resolve) => setTimeout(resolve, 1));
            now--;
            return most;
          };
        })(),
        "int",
        { concurrency: 3 },
      );
      const [row] = await spark.range(0, 20, 1, 1)
        .select(running("id").as("n")).selectExpr("max(n) AS most").collect();
      assert.equal(row?.most, 3);
    },
  );

  await t.step("asynchronous calls are retried, and time out", async () => {
    const flaky = asyncUdf(
      (() => {
        let calls = 0;
        return (x: number): Promise<number> =>
          ++calls % 2 === 1
            ? Promise.reject(new Error("not now"))
            : Promise.resolve(x);
      })(),
      "int",
      { concurrency: 1, retries: 2 },
    );
    assert.deepEqual(
      await valuesOf(numbers.select(flaky("id"))),
      [[0], [1], [2], [3], [4]],
    );
    const endless = asyncUdf(
      (x: number): Promise<number> =>
        new Promise((resolve) => setTimeout(() => resolve(x), 60_000)),
      "int",
      { timeoutMs: 50, name: "endless" },
    );
    await failsInWorker(
      numbers.select(endless("id")).collect(),
      "CALL_TIMED_OUT",
      /^Cannot wait any longer for "endless": a call has not finished after 50 ms; raise "timeoutMs", or lower "concurrency" where calls hold each other up\n {2}in endless\(\d\)/,
    );
  });

  await t.step(
    "retries wait longer each time, and end by retryIf",
    async () => {
      const started = Date.now();
      const third = asyncUdf(
        async (x: number, { attempt, signal }: AsyncCall) => {
          await Promise.resolve();
          if (attempt < 3) throw new Error(`attempt ${attempt}`);
          return `${x} ${attempt} ${signal.aborted}`;
        },
        "string",
        { retries: 4, retryDelayMs: 40, backoff: 3, maxRetryDelayMs: 100 },
      );
      assert.deepEqual(
        await valuesOf(numbers.limit(1).select(third("id"))),
        [["0 3 false"]],
      );
      assert.ok(Date.now() - started >= 140, `${Date.now() - started} ms`);
      const flaky = asyncUdf(
        (_: number, { attempt }: AsyncCall) =>
          Promise.reject(
            attempt < 3 ? new RangeError("not now") : new TypeError("never"),
          ),
        "int",
        {
          retries: 5,
          retryIf: (error) => error instanceof RangeError,
          name: "flaky",
        },
      );
      await failsInWorker(
        numbers.select(flaky("id")).collect(),
        "RETRIES_FAILED",
        /^Cannot get a result of "flaky": 3 attempts failed, the last one with TypeError: never\n {2}in flaky\(\d\) of asyncUdf\(\) at udf_test\.ts/,
      );
    },
  );

  await t.step(
    "a call that takes too long has its signal aborted",
    async () => {
      const told = asyncUdf(
        (() => {
          const reasons: string[] = [];
          return (
            x: number,
            { attempt, signal }: AsyncCall,
          ): Promise<string> => {
            if (attempt === 2) return Promise.resolve(`${x} ${reasons.join()}`);
            signal.addEventListener(
              "abort",
              () => reasons.push(signal.reason.condition),
            );
            return new Promise(() => {});
          };
        })(),
        "string",
        { timeoutMs: 30, retries: 1 },
      );
      assert.deepEqual(
        await valuesOf(numbers.limit(1).select(told("id"))),
        [["0 CALL_TIMED_OUT"]],
      );
    },
  );

  await t.step("what is no function is refused at once", () => {
    assert.throws(
      () => udf((async (x: number) => await x) as never, "int"),
      (error: unknown) =>
        error instanceof SparkError && error.condition === "UDF_AWAITS" &&
        /is async, and gives promises; use asyncUdf\(\)/.test(error.message),
    );
    assert.throws(
      () => udf(5 as never, "int"),
      /Cannot make a function for SQL of a number: give a function of TypeScript first, then the type of its results/,
    );
  });
});
