/** Functions and aggregates that are classes in Java: those of Spark's own tests, as PySpark's tests take them. */
import assert from "node:assert/strict";
import { functions as F } from "../../mod.ts";
import { ownSession } from "../integration/shared_session.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { mavenJars } from "./maven_jars.ts";

/** Spark's tests of SQL; not each release of Spark has brought them along. */
const SPARK_TESTS = [
  "org.apache.spark",
  "spark-sql_2.13",
  "4.1.0",
  "tests",
] as const;
const CLASSES = "test.org.apache.spark.sql";

Deno.test("functions in Java", async (t) => {
  await using folder = await temporaryFolder();
  const jars = await mavenJars(folder.path, [SPARK_TESTS], false);
  await using spark = await ownSession({ "spark.jars": jars.join(",") });

  await t.step("registerJavaFunction() with a type", async () => {
    await spark.udf.registerJavaFunction(
      "java_length",
      `${CLASSES}.JavaStringLength`,
      "int",
    );
    assert.deepEqual(
      await spark.sql("SELECT java_length('test') AS n").collect(),
      [{ n: 4 }],
    );
    const words = spark.createDataFrame([{ word: "a" }, { word: "bcd" }]);
    assert.deepEqual(
      await words.select(
        F.call_udf("java_length", F.col("word")).as("n"),
      ).collect(),
      [{ n: 1 }, { n: 3 }],
    );
  });

  await t.step("registerJavaFunction() without a type", async () => {
    await spark.udf.registerJavaFunction(
      "java_length2",
      `${CLASSES}.JavaStringLength`,
    );
    const length = spark.sql("SELECT java_length2('test') AS n");
    assert.deepEqual(await length.dtypes, [["n", "int"]]);
    assert.deepEqual(await length.collect(), [{ n: 4 }]);
  });

  await t.step("registerJavaUDAF()", async () => {
    const rows = [[1, "a"], [2, "b"], [3, "a"]] as const;
    await spark.createDataFrame(rows, "id INT, name STRING")
      .createOrReplaceTempView("java_functions");
    await spark.udf.registerJavaUDAF("java_avg", `${CLASSES}.MyDoubleAvg`);
    assert.deepEqual(
      await spark.sql(
        "SELECT name, java_avg(id) AS avg FROM java_functions GROUP BY name ORDER BY name DESC",
      ).collect(),
      // It adds 100 to each average.
      [{ name: "b", avg: 102 }, { name: "a", avg: 102 }],
    );
  });

  await t.step("a class that is not there is named", async () => {
    await assert.rejects(
      spark.udf.registerJavaFunction("java_none", "no.such.Length"),
      {
        name: "AnalysisException",
        message:
          /^Can not load class no\.such\.Length, please make sure it is on the classpath\.\n {2}in udf\.registerJavaFunction\(\) at java_functions_test\.ts:\d+:\d+$/,
      },
    );
  });
});
