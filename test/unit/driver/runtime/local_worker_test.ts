import assert from "node:assert/strict";
import { hasLocalWorker } from "../../../../src/driver/runtime/local_worker.ts";
import { SparkConf } from "../../../../src/driver/runtime/spark_conf.ts";

/** Settings of a local application. */
function conf(settings: Readonly<Record<string, string>>): SparkConf {
  let conf = new SparkConf().setMaster("local[1]");
  for (const [key, value] of Object.entries(settings)) {
    conf = conf.set(key, value);
  }
  return conf;
}

Deno.test("hasLocalWorker() is as the setting says", {
  permissions: "none",
}, () => {
  assert.equal(hasLocalWorker(conf({})), false);
  for (const value of [true, false]) {
    const settings = { "spark.tspark.localWorker": String(value) };
    assert.equal(hasLocalWorker(conf(settings)), value);
  }
});

Deno.test(
  "hasLocalWorker() refuses other values, and what functions in the program's process cannot be",
  {
    permissions: "none",
  },
  () => {
    const start = "for spark.tspark.localWorker: ";
    const cases = [
      [
        { "spark.tspark.localWorker": "yes" },
        `Cannot use "yes" ${start}it is neither true nor false; set one of them`,
      ],
      [
        { "spark.master": "yarn" },
        `Cannot use "true" ${start}master "yarn" runs functions on other machines or in other JVMs; use a master such as local[1]`,
      ],
      [
        { "spark.tspark.worker.permissions": "" },
        `Cannot use "true" ${start}spark.tspark.worker.permissions is set, and the program itself is not confined; set one of the two`,
      ],
      [
        { "spark.tspark.inspect": "wait" },
        `Cannot use "true" ${start}spark.tspark.inspect is set, and opens processes in which no function runs then; set one of the two`,
      ],
      [
        { "spark.python.use.daemon": "false" },
        `Cannot use "true" ${start}spark.python.use.daemon is false; set it to true`,
      ],
    ] as const;
    for (const [settings, message] of cases) {
      const all = conf({ "spark.tspark.localWorker": "true", ...settings });
      assert.throws(() => hasLocalWorker(all), {
        condition: "LOCAL_WORKER_REFUSED",
        message,
      });
    }
    const asked = conf({ "spark.tspark.localWorker": "true" });
    assert.throws(() => hasLocalWorker(asked, false), {
      condition: "LOCAL_WORKER_REFUSED",
      message:
        `Cannot use "true" ${start}the program runs on Node.js, and functions run on Deno; run it with deno run, or set spark.tspark.inspect to wait`,
    });
  },
);
