import assert from "node:assert/strict";
import { SparkConf } from "../../../../src/driver/runtime/spark_conf.ts";
import { confinementVariables } from "../../../../src/driver/runtime/worker_confinement.ts";

const NONE = { permissions: "none" } as const;
const SETTING = "spark.tspark.worker.permissions";

Deno.test("daemons are told the setting where there is one", NONE, () => {
  const conf = new SparkConf();
  assert.deepEqual(confinementVariables(conf), new Map());
  assert.deepEqual(
    confinementVariables(conf.set(SETTING, "")),
    new Map([["TSPARK_WORKER_PERMISSIONS", ""]]),
  );
});

Deno.test("what cannot be held is refused on the driver", NONE, () => {
  const conf = new SparkConf();
  assert.throws(
    () => confinementVariables(conf.set(SETTING, "disk")),
    RangeError,
  );
  assert.throws(
    () =>
      confinementVariables(
        conf.set(SETTING, "").set("spark.python.use.daemon", "false"),
      ),
    {
      name: "RangeError",
      message:
        'Cannot use "" for spark.tspark.worker.permissions: spark.python.use.daemon is false, and only the daemon starts workers with fewer rights than its own; set it to true',
    },
  );
});
