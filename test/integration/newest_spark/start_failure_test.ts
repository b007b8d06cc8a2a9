import assert from "node:assert/strict";
import { SparkContext, SparkSession } from "../../../mod.ts";
import { descendants, gone } from "../processes.ts";
import { ownSession } from "../shared_session.ts";

/** Settings with which a start fails when the JVM, or all of the application, is there already. */
const CASES: readonly [string, Readonly<Record<string, string>>, RegExp][] = [
  [
    "the context is refused",
    { "spark.extraListeners": "no.such.Listener" },
    /no\.such\.Listener/,
  ],
  ["the application's parts are refused", {
    "spark.python.worker.memory": "lots",
  }, /spark\.python\.worker\.memory/],
];

Deno.test("a start that is refused for its settings starts no JVM", async () => {
  const before = descendants(Deno.pid);
  await assert.rejects(
    SparkSession.builder.master("local[x]").getOrCreate(),
    { message: /^Cannot use master "local\[x\]": local takes a number/ },
  );
  await assert.rejects(ownSession({ "spark.tspark.long": "bigint" }), {
    message:
      /^Cannot use setting "spark\.tspark\.long": .*"spark\.tspark\.longs"/,
  });
  assert.deepEqual(descendants(Deno.pid), before);
  assert.equal(SparkSession.getActiveSession(), null);
});

Deno.test("a start that fails half-way leaves no JVM and no application", async (t) => {
  const before = descendants(Deno.pid);
  for (const [title, settings, message] of CASES) {
    await t.step(title, async () => {
      const starts = [ownSession(settings), ownSession()]; // the second joins the first
      const results = await Promise.allSettled(starts);
      for (const result of results) {
        assert.equal(result.status, "rejected");
        assert.match(String(result.reason), message);
      }
      const left = descendants(Deno.pid).filter((pid) => !before.includes(pid));
      await gone(left);
      assert.equal(SparkSession.getActiveSession(), null);
    });
  }
  await t.step("the next start succeeds", async () => {
    await using sc = await SparkContext.getOrCreate(
      (await ownSession()).sparkContext.getConf(),
    );
    assert.equal(await sc.range(3).count(), 3);
    await sc.stop();
  });
});
