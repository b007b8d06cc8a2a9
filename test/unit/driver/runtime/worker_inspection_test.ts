import assert from "node:assert/strict";
import { inspectMode } from "../../../../src/driver/runtime/worker_inspection.ts";
import { SparkConf } from "../../../../src/driver/runtime/spark_conf.ts";

/** Settings of a local application. */
function conf(settings: Readonly<Record<string, string>>): SparkConf {
  let conf = new SparkConf().setMaster("local[1]");
  for (const [key, value] of Object.entries(settings)) {
    conf = conf.set(key, value);
  }
  return conf;
}

Deno.test("inspectMode() is off unless it is asked for", {
  permissions: "none",
}, () => {
  assert.equal(inspectMode(conf({})), null);
  assert.equal(inspectMode(conf({ "spark.tspark.inspect": "off" })), null);
  for (const mode of ["attach", "wait"]) {
    assert.equal(inspectMode(conf({ "spark.tspark.inspect": mode })), mode);
  }
});

Deno.test(
  "inspectMode() refuses other values, and workers that nobody may open",
  {
    permissions: "none",
  },
  () => {
    const start = "for spark.tspark.inspect: ";
    const cases = [
      [
        { "spark.tspark.inspect": "yes" },
        `Cannot use "yes" ${start}it is none of off, attach, wait; set one of them`,
      ],
      [
        { "spark.master": "yarn" },
        `Cannot use "wait" ${start}master "yarn" runs workers elsewhere, and who attaches to one may do all that it may; use a master such as local[1]`,
      ],
      [
        { "spark.tspark.worker.permissions": "" },
        `Cannot use "wait" ${start}spark.tspark.worker.permissions is set, and a debugger goes around it; set one of the two`,
      ],
      [
        { "spark.python.use.daemon": "false" },
        `Cannot use "wait" ${start}spark.python.use.daemon is false; set it to true`,
      ],
    ] as const;
    for (const [settings, message] of cases) {
      const all = conf({ "spark.tspark.inspect": "wait", ...settings });
      assert.throws(() => inspectMode(all), { name: "RangeError", message });
    }
  },
);
