import assert from "node:assert/strict";
import { parseSubmitArguments } from "../../../src/driver/launch/submit_arguments.ts";
import { sparkEnvironment } from "../../../src/cli/spark_options.ts";

Deno.test("sparkEnvironment() hands every option on, after what the environment has", () => {
  const env = { PYSPARK_SUBMIT_ARGS: "--master 'a b' --jars x pyspark-shell" };
  const options = { driverMemory: "2g", conf: ["a=b 'c'", "d=e=f"], odd: 1 };
  const handed = sparkEnvironment(options, env, "app name");
  assert.deepEqual(parseSubmitArguments(handed.PYSPARK_SUBMIT_ARGS ?? ""), {
    conf: {
      "spark.app.name": "app name",
      "spark.master": "a b",
      a: "b 'c'",
      d: "e=f",
    },
    options: ["--jars", "x", "--driver-memory", "2g"],
    propertiesFile: null,
  });
  assert.equal(
    sparkEnvironment({}, {}, "n").PYSPARK_SUBMIT_ARGS,
    "--name n pyspark-shell",
  );
});

Deno.test("sparkEnvironment() refuses a setting without a value", () => {
  for (const setting of ["spark.x", ""]) {
    assert.throws(() => sparkEnvironment({ conf: [setting] }, {}, "n"), {
      condition: "COMMAND_LINE_INVALID",
      message:
        `Cannot take the setting "${setting}": it is not of the form key=value; write it like --conf spark.ui.enabled=false`,
    });
  }
});
