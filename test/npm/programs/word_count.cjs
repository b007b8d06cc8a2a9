const { SparkSession, WorkerError } = require("@tspark/tspark");
const ms = require("ms");

async function main() {
  const spark = await SparkSession.builder
    .master("local[2]")
    .config("spark.ui.enabled", "false")
    .getOrCreate();
  try {
    const counts = await spark.sparkContext
      .parallelize(["to be or not", "to be"], 2)
      .flatMap((line) => line.split(" "))
      .map((word) => [word, ms("1s")])
      .reduceByKey((a, b) => a + b)
      .sortByKey()
      .collect();
    console.log(JSON.stringify(counts));
    const failing = spark.sparkContext.parallelize([1], 1).map(() => {
      throw new RangeError("on purpose");
    });
    const error = await failing.collect().catch((error) => error);
    console.log(
      error instanceof WorkerError,
      /run by .*/.exec(error.message)[0],
    );
    console.log(
      [...error.stack.matchAll(/word_count\.cjs:\d+:\d+/g)].join(" "),
    );
  } finally {
    await spark.stop();
  }
}

main();
