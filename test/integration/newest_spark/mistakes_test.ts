/** What a new user does wrong, and what the message says of it: the cause, and the next step. */
import assert from "node:assert/strict";
import { functions as F, type SparkSession, udf } from "../../../mod.ts";
import { withTemporaryFolder } from "../../cli/temporary_folder.ts";
import { sharedSession } from "../shared_session.ts";

/** A mistake, and what its message has to say. */
type Mistake = readonly [
  what: string,
  make: (spark: SparkSession) => unknown,
  says: RegExp,
];

/** A frame that the compiler knows nothing of, as in a program that nobody checks. */
function people(spark: SparkSession) {
  return spark.sql(
    "SELECT * FROM VALUES ('Ann', 30), ('Bob', 25) AS t(name, age)",
  );
}

const MISTAKES: readonly Mistake[] = [
  [
    "a DataFrame in a function",
    (spark) => {
      const other = people(spark);
      return spark.sparkContext.range(3).map(() => other.count()).collect();
    },
    /Cannot capture "other" used by map\(\).* a DataFrame cannot be used inside a function.*collect\(\) or broadcast what the function needs/,
  ],
  [
    "the session in a function",
    (spark) => spark.sparkContext.range(3).map(() => spark.version).collect(),
    /Cannot capture "spark".* it is the driver's; read data outside of functions and broadcast/,
  ],
  [
    "a path that is not there",
    (spark) => spark.read.csv("/no/such/file.csv").count(),
    /Path does not exist: file:\/no\/such\/file\.csv[^]*csv\(\) at mistakes_test/,
  ],
  [
    "a path of an RDD that is not there",
    (spark) => spark.sparkContext.textFile("/no/such/file.txt").count(),
    /Input path does not exist: file:\/no\/such\/file\.txt[^]*count\(\) at mistakes_test/,
  ],
  [
    "a misspelt column",
    (spark) => people(spark).select("nme").collect(),
    /`nme` cannot be resolved\. Did you mean one of the following\? \[`name`, `age`\][^]*select\(\) at mistakes_test/,
  ],
  [
    "an operator on a column",
    (spark) =>
      people(spark).where((F.col("age") as never > 3) as never).collect(),
    /Cannot use the column "age" with a JavaScript operator.*use its methods .*gt/,
  ],
  [
    "=== on a column",
    (spark) =>
      people(spark).where((F.col("age") as unknown === 30) as never).collect(),
    /Cannot use false as a column: ===.* give no column; write eq\(\)/,
  ],
  [
    "a function whose result is of another type",
    (spark) => {
      const age = udf((name: string) => name as never, "int");
      return people(spark).select(age("name")).collect();
    },
    /"(?:Ann|Bob)" is no value of type int; give a whole number[^]*udf\(\) at mistakes_test/,
  ],
  [
    "an async function in udf()",
    () => udf((async (name: string) => await name) as never, "string"),
    /it is async, and gives promises; use asyncUdf\(\)/,
  ],
  [
    "an async function in map()",
    (spark) =>
      spark.sparkContext.range(2).map((async (n: number) => await n) as never)
        .collect(),
    /Cannot run map\(\) with an async function.*use mapAsync\(\)/,
  ],
  [
    "a column that is not grouped by",
    (spark) => people(spark).groupBy("age").agg(F.col("name")).collect(),
    /GROUP BY clause\.\nAdd the columns or the expression to the GROUP BY/,
  ],
  [
    "a join by a column of one side",
    (spark) => people(spark).join(spark.range(2), "id").collect(),
    /`id` cannot be resolved on the left side of the join\. The left-side columns: \[`age`, `name`\]/,
  ],
  [
    "a name that two sides of a join have",
    (spark) =>
      people(spark).alias("a").join(
        people(spark).alias("b"),
        F.col("a.name").eq(F.col("b.name")),
      ).select("name").collect(),
    /`name` is ambiguous, could be: \[`a`\.`name`, `b`\.`name`\]/,
  ],
  [
    "a union with other columns",
    (spark) => people(spark).union(spark.range(2)).collect(),
    /the first input has 2 columns and the second input has 1 columns/,
  ],
  [
    "files where there are some",
    (spark) => withTemporaryFolder((folder) => people(spark).write.csv(folder)),
    /already exists\. Set mode as "overwrite"/,
  ],
  [
    "a table that is not there",
    (spark) => spark.table("no_such_table").count(),
    /`no_such_table` cannot be found\. Verify the spelling/,
  ],
  [
    "a word of SQL that is none",
    (spark) => spark.sql("SELEC 1").collect(),
    /Syntax error at or near 'SELEC'[^]*SELEC 1\n\^\^\^/,
  ],
  [
    "reduce() of nothing",
    (spark) =>
      spark.sparkContext.parallelize<number>([]).reduce((a, b) => a + b),
    /Cannot reduce\(\) empty RDD: it has no record; check isEmpty\(\) before, or use fold\(\)/,
  ],
  [
    "a keyed operation on what is no pair",
    (spark) =>
      (spark.sparkContext.parallelize([1]) as never as ReturnType<
        typeof pairs
      >).reduceByKey((a, b) => a + b).collect(),
    /1 is not a pair; give it records of the form \[key, value\]/,
  ],
  [
    "values of two types in a column",
    (spark) => spark.createDataFrame([{ a: 1 }, { a: "x" }]).collect(),
    /type of column "a": row 0 has 1 .*, row 1 has "x" .*; make them one type, or give a schema/,
  ],
  [
    "null where none may be",
    (spark) =>
      spark.createDataFrame([{ a: null }] as never, "a INT NOT NULL").collect(),
    /column "a": null is not allowed there; give a value, or make the column nullable/,
  ],
  [
    "a number that JavaScript cannot hold",
    (spark) => spark.sql("SELECT 9007199254740993L AS n").collect(),
    /column "n": the long 9007199254740993 is beyond 2\^53.*set spark\.tspark\.longs to bigint/,
  ],
  [
    "the value of an accumulator in a function",
    (spark) => {
      const seen = spark.sparkContext.accumulator(0);
      return spark.sparkContext.range(2).map(() => seen.value).collect();
    },
    /Accumulator\.value cannot be accessed inside tasks/,
  ],
  [
    "collect() of a stream",
    (spark) => spark.readStream.format("rate").load().collect(),
    /must be executed with writeStream\.start\(\)/,
  ],
  [
    "what is no path, for an RDD's files",
    (spark) => spark.sparkContext.range(2).saveAsTextFile(3 as never),
    /Cannot run saveAsTextFile\(\) on 3: it is no path; give a text such as "out\/words"/,
  ],
  [
    "what is no path, for a frame's files",
    (spark) => people(spark).write.parquet(undefined as never),
    /Cannot run parquet\(\) on undefined: it is no path; give a text such as "out\/words"/,
  ],
  [
    "a list of paths",
    (spark) => spark.read.csv(["a.csv", "b.csv"] as never).count(),
    /Cannot run csv\(\) on an array of length 2: it is no path; give a text/,
  ],
  [
    "a text added to an accumulator of numbers",
    (spark) => {
      const total = spark.sparkContext.accumulator(0);
      return spark.sparkContext.range(2).foreach(() => total.add("1" as never));
    },
    /Cannot add "1" to an accumulator of numbers: give a number[^]*foreach\(\) at mistakes_test/,
  ],
  [
    "a value that cannot be cast",
    (spark) => people(spark).select(F.col("name").cast("int")).collect(),
    /cannot be cast to "INT"(?![^]*reflect)[^]*\n {2}in cast\(\) at mistakes_test\.ts:\d+:\d+\n {2}in collect\(\) at mistakes_test/,
  ],
  [
    "a checkpoint without a folder",
    (spark) => {
      const rdd = spark.sparkContext.range(2).map((n) => n);
      rdd.checkpoint();
      return rdd.count();
    },
    /Checkpoint directory has not been set[^]*Call setCheckpointDir\(\)/,
  ],
  [
    "a codec that is none",
    (spark) => spark.sparkContext.range(2).saveAsTextFile("out", "gzipp"),
    /Cannot compress by "gzipp": Spark has no codec of that name; write "gzip"/,
  ],
  [
    "a number of rows that is none",
    (spark) => people(spark).take("3" as never),
    /Cannot take "3" rows: give a whole number from 0 on/,
  ],
];

/** For its type. */
function pairs(spark: SparkSession) {
  return spark.sparkContext.parallelize<[number, number]>([]);
}

Deno.test("the message of a mistake names its cause and the next step", async (t) => {
  const spark = await sharedSession();
  for (const [what, make, says] of MISTAKES) {
    await t.step(what, async () => {
      await assert.rejects(async () => await make(spark), { message: says });
    });
  }
});
