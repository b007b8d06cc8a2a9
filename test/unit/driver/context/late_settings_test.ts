import assert from "node:assert/strict";
import {
  differingSettings,
  isReadAtStart,
} from "../../../../src/driver/context/late_settings.ts";
import { SparkConf } from "../../../../src/driver/runtime/spark_conf.ts";

Deno.test({
  name:
    "differingSettings() leaves what is as it was asked for, and what the application hides",
  permissions: "none",
  fn() {
    const running = new SparkConf({
      "spark.a": "1",
      "spark.b": "2",
      "spark.my.password": "*********(redacted)",
    });
    const wanted = new SparkConf({
      "spark.a": "1",
      "spark.b": "3",
      "spark.my.password": "hush",
      "spark.c": "",
      "spark.d": "4",
    });
    assert.deepEqual(differingSettings(running, wanted), [
      ["spark.b", "3"],
      ["spark.d", "4"],
    ]);
  },
});

Deno.test({
  name: "isReadAtStart() knows settings that Spark would take later in vain",
  permissions: "none",
  fn() {
    const keys = [
      "spark.master",
      "spark.app.name",
      "spark.executorEnv.A",
      "spark.tspark.worker",
      "spark.tspark.longs",
      "spark.sql.shuffle.partitions",
    ];
    assert.deepEqual(keys.filter(isReadAtStart), keys.slice(0, 4));
  },
});
