import assert from "node:assert/strict";
import fs from "node:fs";
import process from "node:process";
import { udf, type WorkerLogLine } from "../../../mod.ts";
import { ownSession } from "../shared_session.ts";

/** What a test looks at of a line. */
function told({ level, text, partition }: WorkerLogLine): string {
  return `${partition} ${level} ${text}`;
}

Deno.test("what functions print comes to the driver", async (t) => {
  await using spark = await ownSession({ "spark.tspark.logs": "driver" });
  const sc = spark.sparkContext;
  const printed: WorkerLogLine[] = [];
  using _ = spark.logs.subscribe((line) => printed.push(line));
  const taken = (): WorkerLogLine[] => printed.splice(0);

  await t.step("by each way there is", async () => {
    const before = Date.now();
    await sc.parallelize([1], 1).foreach((n) => {
      console.log("log %d", n, { n });
      console.debug("debug\nof two lines");
      console.warn("warn");
      console.error(`error ${n}`);
      Deno.stdout.writeSync(new TextEncoder().encode("stdout ü\nand "));
      process.stdout.write("process\n");
      process.stderr.write("stderr\n");
      fs.writeSync(1, "descriptor\n");
      fs.writeSync(2, new TextEncoder().encode("xx a part\n"), 3, 7);
      Deno.stdout.writeSync(new TextEncoder().encode("no end"));
    });
    const lines = taken();
    assert.deepEqual(lines.map(told), [
      "0 info log 1 { n: 1 }",
      "0 debug debug\nof two lines",
      "0 warn warn",
      "0 error error 1",
      "0 info stdout ü",
      "0 info and process",
      "0 error stderr",
      "0 info descriptor",
      "0 error a part",
      "0 info no end",
    ]);
    for (const { time, attempt, leftOut } of lines) {
      assert.ok(Number(time) >= before && Number(time) <= Date.now());
      assert.deepEqual([attempt, leftOut], [0, 0]);
    }
  });

  await t.step("of each partition", async () => {
    await sc.parallelize([1, 2, 3], 3).map((n) => {
      console.log(`n is ${n}`);
      return n;
    }).collect();
    assert.deepEqual(taken().map(told).sort(), [
      "0 info n is 1",
      "1 info n is 2",
      "2 info n is 3",
    ]);
  });

  await t.step("of records of a structured logger", async () => {
    await sc.parallelize([1], 1).foreach(() => {
      process.stdout.write('{"level":40,"time":1,"msg":"near the limit"}\n');
      console.log(JSON.stringify({ severity: "CRITICAL", n: [1] }));
      console.log("{ no: 'record' }");
    });
    assert.deepEqual(
      taken().map(({ level, data }) => ({ level, data })),
      [
        { level: "warn", data: { level: 40, time: 1, msg: "near the limit" } },
        { level: "error", data: { severity: "CRITICAL", n: [1] } },
        { level: "info", data: null },
      ],
    );
  });

  await t.step("of functions in queries", async () => {
    const half = udf((x: number) => {
      console.log(`half of ${x}`);
      return x / 2;
    }, "double");
    await spark.range(0, 2, 1, 1).select(half("id")).collect();
    assert.deepEqual(taken().map(told), [
      "0 info half of 0",
      "0 info half of 1",
    ]);
    spark.udf.register("half_of", half);
    await (await spark.sql("SELECT half_of(7)")).collect();
    assert.deepEqual(taken().map(told), ["0 info half of 7"]);
    const one = spark.range(0, 1, 1, 1).groupBy("id").flatMapGroups(
      (key, rows) => {
        console.log("group", key.id);
        return [...rows];
      },
      "id BIGINT",
    );
    await one.collect();
    assert.deepEqual(taken().map(({ text }) => text), ["group 0"]);
  });

  await t.step(
    "with the places of an error in the program's file",
    async () => {
      await sc.parallelize([1], 1).foreach(() => {
        console.error(new Error("looked at"));
      });
      const [line] = taken();
      assert.match(
        line?.text ?? "",
        /Error: looked at\n\s+at .*worker_logs_test\.ts:\d+:\d+/,
      );
      assert.doesNotMatch(line?.text ?? "", /tspark:/);
    },
  );

  await t.step(
    "a bounded sample of many, with how many were left out",
    async () => {
      await sc.parallelize([1], 1).foreach(() => {
        for (let i = 0; i < 3_000; i++) console.log(i);
      });
      const lines = taken();
      const numbers = lines.slice(0, -1).map(({ text }) => Number(text));
      assert.ok(numbers.length > 400 && numbers.length <= 1000);
      assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b));
      assert.equal(numbers[0], 0);
      assert.deepEqual(
        numbers.slice(-100),
        Array.from({ length: 100 }, (_, i) => 2_900 + i),
      );
      const notice = lines.at(-1);
      assert.equal(notice?.leftOut, 3_000 - numbers.length);
      assert.equal(
        notice?.text,
        `${notice?.leftOut} of 3000 lines of this task were left out; the executor's log has all`,
      );
    },
  );

  await t.step("of a task that fails, with its error", async () => {
    await assert.rejects(
      sc.parallelize([1], 1).foreach((n) => {
        console.log(`before ${n}`);
        throw new Error("bad");
      }),
      /Error: bad/,
    );
    assert.deepEqual(taken().map(told), ["0 info before 1"]);
  });

  await t.step("and a listener that throws ends nothing", async () => {
    {
      using _ = spark.logs.subscribe(() => {
        throw new Error("a listener's own");
      });
      await sc.parallelize([1], 1).foreach((n) => console.log(n));
    }
    await sc.parallelize([2], 1).foreach((n) => console.log(n));
    assert.deepEqual(taken().map(({ text }) => text), ["1", "2"]);
  });
});
