import assert from "node:assert/strict";
import {
  diagnoseJava,
  javaMajor,
} from "../../../../src/driver/launch/find_java.ts";

Deno.test(
  "javaMajor() reads what java -version prints",
  { permissions: "none" },
  () => {
    assert.equal(javaMajor('openjdk version "17.0.15" 2025-04-15\n'), 17);
    assert.equal(javaMajor('java version "1.8.0_402"\n'), 8);
    assert.equal(javaMajor('openjdk version "21" 2023-09-19\n'), 21);
    assert.equal(javaMajor("Unrecognized option"), null);
  },
);

async function withSpark(
  sparkVersion: string,
  javaVersion: string | null,
  body: (sparkHome: string, javaHome: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/spark/jars`, { recursive: true });
    await Deno.mkdir(`${folder}/java/bin`, { recursive: true });
    await Deno.writeTextFile(
      `${folder}/spark/jars/spark-core_2.13-${sparkVersion}.jar`,
      "",
    );
    if (javaVersion !== null) {
      await Deno.writeTextFile(
        `${folder}/java/bin/java`,
        `#!/bin/sh\necho 'openjdk version "${javaVersion}"' >&2\n`,
        { mode: 0o755 },
      );
    }
    await body(`${folder}/spark`, `${folder}/java`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("diagnoseJava() names a JAVA_HOME without Java", async () => {
  await withSpark("4.3.0", null, async (spark, java) => {
    const error = await diagnoseJava(spark, { JAVA_HOME: java });
    assert.equal(error?.condition, "JAVA_NOT_FOUND");
    assert.equal(
      error?.message,
      `Cannot find Java: JAVA_HOME is "${java}" and there is no program "${java}/bin/java"; install Java 17 or newer and set JAVA_HOME to its folder`,
    );
  });
});

Deno.test("diagnoseJava() names a PATH without Java", async () => {
  await withSpark("3.5.9", null, async (spark, java) => {
    const error = await diagnoseJava(spark, { PATH: `${java}/bin` });
    assert.equal(error?.condition, "JAVA_NOT_FOUND");
    assert.equal(
      error?.message,
      `Cannot find Java: JAVA_HOME is not set and PATH, which is "${java}/bin", has no program "java"; install Java 8 or newer and set JAVA_HOME to its folder`,
    );
  });
});

Deno.test("diagnoseJava() tells of a Java that is too old for this Spark", async () => {
  await withSpark("4.3.0", "11.0.2", async (spark, java) => {
    const byHome = await diagnoseJava(spark, { JAVA_HOME: java });
    assert.equal(byHome?.condition, "JAVA_TOO_OLD");
    assert.equal(
      byHome?.message,
      `Cannot run Spark 4.3.0 on "${java}/bin/java": it is Java 11, and Java 17 or newer is needed; install Java 17 or newer and set JAVA_HOME to its folder`,
    );
    const byPath = await diagnoseJava(spark, { PATH: `${java}/bin` });
    assert.equal(
      byPath?.message,
      'Cannot run Spark 4.3.0 on "java": it is Java 11, found through PATH, and Java 17 or newer is needed; install Java 17 or newer and set JAVA_HOME to its folder',
    );
  });
});

Deno.test("diagnoseJava() has nothing to say of a Java that fits", async () => {
  await withSpark("3.5.9", "1.8.0_402", async (spark, java) => {
    assert.equal(await diagnoseJava(spark, { JAVA_HOME: java }), null);
  });
  await withSpark("4.0.5", "17.0.15", async (spark, java) => {
    assert.equal(await diagnoseJava(spark, { JAVA_HOME: java }), null);
  });
});
