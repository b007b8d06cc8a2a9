import assert from "node:assert/strict";
import { FORMS } from "../../../../src/driver/sql/rows/value_forms.ts";
import { checkSettings } from "../../../../src/driver/launch/check_settings.ts";

const pure = { permissions: "none" } as const;

const KINDS =
  "use one such as local[2], local[*], spark://host:7077, yarn or k8s://https://host:443";
const NONE = "Spark knows no master of that kind";
const LOCAL = "local takes a number of threads from 1, or * for all cores";
const STANDALONE = "a master of Spark's own needs host and port";

Deno.test("checkSettings() refuses masters that are none", pure, () => {
  const wrong: readonly [master: string, state: string][] = [
    ["foo", NONE],
    ["", NONE],
    ["sprak://host:7077", NONE],
    ["Local[2]", NONE],
    ["locale", NONE],
    ["local[x]", LOCAL],
    ["local[0]", LOCAL],
    ["local[]", LOCAL],
    ["local[2", LOCAL],
    ["local[-1]", LOCAL],
    ["local[2.5]", LOCAL],
    ["spark://host", STANDALONE],
    ["spark://", STANDALONE],
    ["spark://host:7077/path", STANDALONE],
    [
      "local-cluster[2]",
      "local-cluster takes numbers of executors, of cores and of MiB, such as local-cluster[2,1,1024]",
    ],
  ];
  for (const [master, state] of wrong) {
    assert.throws(() => checkSettings({ "spark.master": master }), {
      condition: "MASTER_INVALID",
      message: `Cannot use master "${master}": ${state}; ${KINDS}`,
    });
  }
});

Deno.test("checkSettings() takes every master that Spark takes", pure, () => {
  for (
    const master of [
      "local",
      "local[1]",
      "local[*]",
      "local[4, 2]",
      "local[*,3]",
      "local-cluster[2, 1, 1024]",
      "spark://host:7077",
      "spark://a:7077,b:7077",
      "spark://[::1]:7077",
      "yarn",
      "k8s://https://host:443",
      "k8s://host",
      "mesos://host:5050",
    ]
  ) checkSettings({ "spark.master": master });
});

Deno.test(
  "checkSettings() refuses settings of ours that do not exist, with the nearest",
  pure,
  () => {
    assert.throws(
      () => checkSettings({ "spark.tspark.worker.permisions": "net" }),
      {
        condition: "SETTING_UNKNOWN",
        message:
          'Cannot use setting "spark.tspark.worker.permisions": TSpark has none of that name; use "spark.tspark.worker.permissions"',
      },
    );
    assert.throws(() => checkSettings({ "spark.tspark.color": "red" }), {
      message:
        'Cannot use setting "spark.tspark.color": TSpark has none of that name; use one of spark.tspark.longs, spark.tspark.timestamps, spark.tspark.dates, spark.tspark.profile, spark.tspark.worker, spark.tspark.worker.permissions, spark.tspark.packages, spark.tspark.logs, spark.tspark.inspect, spark.tspark.localWorker',
    });
    checkSettings({ "spark.tspark.longs": "bigint", "spark.tsparkle": "1" });
    checkSettings(
      Object.fromEntries(Object.keys(FORMS).map((key) => [key, ""])),
    );
  },
);
