import assert from "node:assert/strict";
import { withTemporaryFolder } from "./temporary_folder.ts";
import { tspark, tsparkAtTerminal } from "./tspark.ts";

Deno.test("tspark doctor tells all that is wrong, and what to do", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const env = {
      SPARK_HOME: `${folder}/spark`,
      JAVA_HOME: `${folder}/java`,
      XDG_CACHE_HOME: `${folder}/file`,
      TSPARK_ADDON: "off",
    };
    const { code, out, err } = await tspark(["doctor"], { env });
    const lines = out.split("\n");
    assert.match(lines[0] ?? "", /^ok {2}TSpark +\d+\.\d+\.\d+ on Deno /);
    assert.deepEqual(lines.slice(1, 5), [
      "ok  Permissions all are given",
      `!!  Spark       Cannot use SPARK_HOME "${folder}/spark": there is no bin/spark-submit in it; set it to the folder of a Spark, or unset it and run "tspark spark install"`,
      `!!  Java        Cannot find Java: JAVA_HOME is "${folder}/java" and there is no program "${folder}/java/bin/java"; install Java 17 or newer and set JAVA_HOME to its folder`,
      "--  Addon       not loaded, TypeScript does its work more slowly: TSPARK_ADDON is off",
    ]);
    assert.match(lines[5] ?? "", /^!! {2}Cache +.*Not a directory/);
    assert.equal(lines[6], "Something is wrong: see the lines with !!");
    assert.deepEqual([code, err], [1, ""]);
  }));

Deno.test("tspark doctor finds an old Java", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/bin`);
    await Deno.writeTextFile(
      `${folder}/bin/java`,
      `#!/bin/sh\necho 'openjdk version "11.0.1"' >&2\n`,
      { mode: 0o755 },
    );
    const terminal = tsparkAtTerminal(["doctor"], {
      env: { JAVA_HOME: folder },
    });
    assert.equal(await terminal.ended(), 1);
    assert.match(
      terminal.screen(),
      /^!! {2}Java +Cannot run Spark .*it is Java 11, and Java 17 or newer is needed; install Java 17 or newer/m,
    );
  }));
