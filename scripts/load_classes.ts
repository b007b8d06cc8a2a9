/**
 * Does a little of all that tests do, so that the JVM loads the classes that
 * they need; prints its class path. Run by `class_archive.ts`.
 *
 * @module
 */
import { functions as F, SparkSession, udf } from "../mod.ts";

await using spark = await SparkSession.builder.master("local[2]")
  .appName("classes")
  .config("spark.ui.enabled", "false")
  .config("spark.sql.shuffle.partitions", "2")
  .getOrCreate();
const folder = await Deno.makeTempDir();
try {
  const sc = spark.sparkContext;
  const words = sc.parallelize(["a", "b", "a"], 2);
  await words.map((word) => [word, 1]).reduceByKey((a, b) => a + b).collect();
  await words.saveAsTextFile(`${folder}/texts`);
  await sc.textFile(`${folder}/texts`).count();

  const half = udf((n: number) => n / 2, "double");
  const rows = spark.range(100).withColumn("key", F.col("id").mod(3))
    .withColumn("half", half(F.col("id").cast("int")));
  const grouped = rows.groupBy("key").agg(
    F.count("id").as("rows"),
    F.sum("half").as("sum"),
  );
  await grouped.join(rows, "key").orderBy("id").collect();
  for (const format of ["parquet", "json", "csv", "orc"]) {
    const path = `${folder}/${format}`;
    await rows.write.format(format).save(path);
    await spark.read.format(format).load(path).count();
  }
  rows.createOrReplaceTempView("rows");
  const [row] = await spark.sql(
    "SELECT java_method('java.lang.System', 'getProperty', 'java.class.path') AS path FROM rows LIMIT 1",
  ).collect();
  console.log(row?.["path"]);
} finally {
  await Deno.remove(folder, { recursive: true });
}
