import assert from "node:assert/strict";
import { inspect } from "node:util";
import { JavaError, SparkError, SparkSession } from "../../../mod.ts";
import { findSpark } from "../../../src/driver/launch/find_spark.ts";
import { endSharedSession, ownSession } from "../shared_session.ts";
import { stdoutOf } from "../stdout_of.ts";

/** What is written to stderr while a function runs. */
async function stderrOf(body: () => Promise<unknown>): Promise<string> {
  const write = Deno.stderr.writeSync;
  const chunks: Uint8Array[] = [];
  Deno.stderr.writeSync = (bytes) => {
    chunks.push(bytes.slice());
    return bytes.length;
  };
  try {
    await body();
  } finally {
    Deno.stderr.writeSync = write;
  }
  return new TextDecoder().decode(
    await new Blob(chunks as BlobPart[]).arrayBuffer(),
  );
}

Deno.test("SparkSession", async (t) => {
  await endSharedSession();
  assert.equal(SparkSession.getActiveSession(), null);
  assert.throws(() => SparkSession.active(), {
    name: "SparkError",
    condition: "NO_ACTIVE_OR_DEFAULT_SESSION",
    message:
      "Cannot give the active session: no session runs; start one by SparkSession.builder.getOrCreate()",
  });
  let session: SparkSession | null = null;
  const log = await stderrOf(async () => {
    session = await ownSession({ k1: "v1" });
    await session.range(1).count();
  });
  assert.ok(session !== null);
  await using spark: SparkSession = session;
  const { version } = await findSpark();

  await t.step(
    "the first session gives no warning of a context that exists",
    () => {
      assert.doesNotMatch(log, /existing|Ignoring/);
    },
  );

  await t.step(
    "a result of many megabytes comes, as one of a few bytes",
    async () => {
      const size = await spark.conf.get("spark.task.maxDirectResultSize");
      assert.equal(size, "2047m");
      const rows = await spark.range(0, 400_000, 1, 1).collect();
      assert.equal(rows.length, 400_000);
      assert.deepEqual(rows.at(-1), { id: 399_999 });
    },
  );

  await t.step("conf changes and tells settings in program order", async () => {
    const { conf } = spark;
    const key = "spark.sql.shuffle.partitions";
    conf.set(key, 7); // not awaited
    const before = conf.get(key);
    conf.set(key, 9);
    assert.equal(await before, "7");
    assert.equal(await conf.get(key), "9");
    assert.equal(await conf.get("k1"), "v1");
    assert.equal(await conf.get("spark.no.such", "else"), "else");
    assert.equal(await conf.get("spark.no.such", null), null);
    assert.equal(await conf.isModifiable(key), true);
    assert.equal(await conf.isModifiable("spark.sql.warehouse.dir"), false);
    const all = await conf.getAll();
    assert.equal(all.get(key), "9");
    assert.equal(all.get("spark.app.name"), "test");
    await conf.unset(key);
    assert.equal(await conf.get(key), "200");
    await conf.set(key, 2);
    await assert.rejects(conf.get("spark.no.such"), (error: unknown) => {
      assert.ok(error instanceof JavaError);
      assert.match(
        error.message,
        /\n {2}in conf\.get\(\) at session_test\.ts:\d+:\d+$/,
      );
      return true;
    });
  });

  await t.step(
    "a command that nobody awaited fails the next action, with its line",
    async () => {
      spark.conf.set("spark.sql.warehouse.dir", "/elsewhere");
      await assert.rejects(spark.range(1).count(), (error: unknown) => {
        assert.ok(error instanceof JavaError);
        assert.match(
          error.site ?? "",
          /^conf\.set\(\) at session_test\.ts:\d+:\d+$/,
        );
        return true;
      });
      assert.equal(await spark.range(2).count(), 2);
      const wrong = spark.conf.set("spark.tspark.longs", "bigit");
      await assert.rejects(wrong, {
        message:
          'Cannot use "bigit" for spark.tspark.longs: it is none of number, bigint; set one of them',
      });
      assert.equal(await spark.range(2).count(), 2);
      spark.conf.set("spark.sql.warehouse.dir", "/elsewhere");
      await assert.rejects(
        spark.sparkContext.range(1).count(),
        /spark\.sql\.warehouse\.dir/,
      );
    },
  );

  await t.step(
    "newSession() and cloneSession() have settings of their own",
    async () => {
      const key = "spark.sql.session.timeZone";
      await spark.conf.set(key, "Asia/Tokyo");
      const cloned = spark.cloneSession();
      spark.conf.set(key, "UTC");
      const fresh = spark.newSession();
      fresh.conf.set("spark.sql.shuffle.partitions", 5);
      assert.equal(await cloned.conf.get(key), "Asia/Tokyo");
      assert.equal(await spark.conf.get(key), "UTC");
      assert.notEqual(await fresh.conf.get(key), "Asia/Tokyo");
      assert.equal(await spark.conf.get("spark.sql.shuffle.partitions"), "2");
      assert.equal(await fresh.range(3).count(), 3);
      await spark.range(4).createOrReplaceTempView("only_here");
      await assert.rejects(fresh.sql("SELECT * FROM only_here").count(), {
        condition: "TABLE_OR_VIEW_NOT_FOUND",
      });
      assert.equal(
        fresh.sparkContext.applicationId,
        spark.sparkContext.applicationId,
      );
    },
  );

  await t.step(
    "create() gives a session of its own, active where none was",
    async () => {
      const made = await SparkSession.builder
        .config("spark.sql.shuffle.partitions", 7).create();
      const key = "spark.sql.shuffle.partitions";
      assert.equal(await made.conf.get(key), "7");
      assert.equal(await spark.conf.get(key), "2");
      assert.equal(
        made.sparkContext.applicationId,
        spark.sparkContext.applicationId,
      );
      assert.equal(await made.range(2).count(), 2);
      assert.equal(SparkSession.getActiveSession(), made);
      const { builder } = SparkSession;
      assert.notEqual(await builder.create(), made);
      assert.equal(SparkSession.getActiveSession(), made);
    },
  );

  await t.step(
    "getOrCreate() on a session that runs applies what can change, and names the rest",
    async () => {
      const { appName, master } = spark.sparkContext;
      const told = await stderrOf(async () => {
        const again = await SparkSession.builder.master(master).appName(appName)
          .config("spark.sql.shuffle.partitions", 3)
          .config({
            k2: "v2",
            "spark.executor.memory": "3g",
            "spark.sql.warehouse.dir": "/x",
          })
          .config("spark.tspark.worker", "/else")
          .getOrCreate();
        assert.equal(await again.conf.get("spark.sql.shuffle.partitions"), "3");
      });
      assert.equal(await spark.conf.get("k2"), "v2");
      assert.match(
        told,
        /^Warning: getOrCreate\(\) at session_test\.ts:\d+:\d+ found an application that runs already and keeps its own "spark\.tspark\.worker", "spark\.executor\.memory", "spark\.sql\.warehouse\.dir"; set them where it is started, or stop\(\) it first\n$/,
      );
      const quiet = await stderrOf(async () => {
        await SparkSession.builder.master(master).config(
          "spark.sql.shuffle.partitions",
          2,
        ).getOrCreate();
      });
      assert.equal(quiet, "");
      const hive = await stderrOf(async () => {
        await SparkSession.builder.enableHiveSupport().getOrCreate();
      });
      assert.match(hive, /its own "spark\.sql\.catalogImplementation";/);
      await assert.rejects(
        SparkSession.builder.config("spark.sql.shuffle.partitions", "many")
          .getOrCreate(),
        /spark\.sql\.shuffle\.partitions/,
      );
    },
  );

  await t.step("the active session follows the chain of calls", async () => {
    const other = await (async () => {
      const inner = await SparkSession.builder.getOrCreate();
      assert.equal(SparkSession.getActiveSession(), inner);
      return inner;
    })();
    assert.notEqual(other, spark);
    const active = SparkSession.active();
    assert.equal(
      active.sparkContext.applicationId,
      spark.sparkContext.applicationId,
    );
    assert.equal(await active.range(2).count(), 2);
  });

  await t.step(
    "time() prints how long a function took and gives its result",
    async () => {
      const text = await stdoutOf(async () => {
        assert.equal(await spark.time(() => spark.range(3).count()), 3);
        assert.equal(await spark.time(() => 7), 7);
      });
      assert.match(text, /^Time taken: \d+ ms\nTime taken: \d+ ms\n$/);
    },
  );

  await t.step("frames give back the session that made them", async () => {
    const other = spark.newSession();
    for (const made of [spark, other, other.cloneSession()]) {
      assert.equal(made.range(1).sparkSession, made);
      assert.equal(made.range(1).select("id").sparkSession, made);
      assert.equal(made.range(1).sparkSession.sparkContext, made.sparkContext);
    }
    const again = await SparkSession.builder.getOrCreate();
    assert.equal(again.range(1).sparkSession, spark);
  });

  await t.step("a session prints as its version, master and name", () => {
    const text =
      `SparkSession(version=${version}, master=local[2], appName=test)`;
    assert.equal(Deno.inspect(spark), text);
    assert.equal(inspect(spark), text);
    assert.equal(String(spark), text);
    assert.equal(spark.version, version);
    assert.equal(
      Deno.inspect({ sc: spark.sparkContext }),
      "{ sc: SparkContext(master=local[2], appName=test) }",
    );
    assert.equal(
      inspect(spark.sparkContext),
      "SparkContext(master=local[2], appName=test)",
    );
    assert.deepEqual(JSON.parse(JSON.stringify(spark)), {
      master: "local[2]",
      appName: "test",
      applicationId: spark.sparkContext.applicationId,
      version,
    });
  });

  if (version.startsWith("3.")) {
    await t.step("tags came with Spark 4.0", async () => {
      const expected = (method: string) => ({
        name: "SparkError",
        condition: "NOT_IN_THIS_SPARK",
        message:
          `Cannot run SparkSession.${method}() on Spark 3.5: it came with Spark 4.0; use that or a later one`,
      });
      assert.throws(() => spark.addTag("a"), expected("addTag"));
      await assert.rejects(spark.interruptAll(), expected("interruptAll"));
      await assert.rejects(spark.interruptTag("a"), expected("interruptTag"));
    });
    return;
  }

  /** A query that runs until it is cancelled. */
  const slow = (session: SparkSession) =>
    session.sql(
      "SELECT count(*) FROM range(0, 2000000000000, 1, 2) WHERE id % 3 = 1 AND sin(id) > 2",
    ).collect();
  const running = async (session: SparkSession): Promise<void> => {
    const tracker = session.sparkContext.statusTracker();
    while ((await tracker.getActiveJobsIds()).length === 0);
  };

  await t.step(
    "interruptTag() ends the operations of its session and chain alone",
    async () => {
      assert.throws(() => spark.addTag("a,b"), RangeError);
      spark.addTag("a");
      spark.addTag("b");
      spark.removeTag("b");
      assert.deepEqual([...spark.getTags()], ["a"]);
      const other = spark.newSession();
      assert.deepEqual([...other.getTags()], []);
      const tagged = slow(spark);
      spark.clearTags();
      assert.deepEqual([...spark.getTags()], []);
      const ended = assert.rejects(tagged, /cancelled job tag a/);
      await running(spark);
      assert.deepEqual(await other.interruptTag("a"), []);
      assert.deepEqual(await spark.interruptTag("b"), []);
      const ids = await spark.interruptTag("a");
      assert.equal(ids.length, 1);
      assert.match(ids[0] ?? "", /^\d+$/);
      await ended;
    },
  );

  await t.step(
    "interruptAll() and interruptOperation() end a session's operations",
    async () => {
      const all = assert.rejects(slow(spark), SparkError);
      await running(spark);
      assert.deepEqual(await spark.newSession().interruptAll(), []);
      const ids = await spark.interruptAll();
      assert.equal(ids.length, 1);
      await all;
      const one = assert.rejects(slow(spark), SparkError);
      await running(spark);
      const next = String(Number(ids[0]) + 1);
      assert.deepEqual(await spark.interruptOperation(next), [next]);
      await one;
      await assert.rejects(spark.interruptOperation("x"), JavaError);
    },
  );
});
