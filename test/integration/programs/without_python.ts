/**
 * What Spark asks Python for: a function in a query, and a data source that is
 * planned, read and written. Prints what came of it as a line of JSON.
 *
 * @module
 */
import {
  type DataSource,
  type DataSourceReader,
  type DataSourceWriter,
  SparkSession,
  udf,
} from "../../../mod.ts";

class Letters implements DataSource {
  static readonly name = "letters";
  static committed: unknown = null;

  schema(): string {
    return "letter STRING";
  }

  reader(): DataSourceReader<string> {
    return {
      partitions: () => ["a", "b"],
      *read(letter) {
        yield [letter];
      },
    };
  }

  writer(): DataSourceWriter<number> {
    return {
      write: (rows) => [...rows].length,
      commit: (messages) => {
        Letters.committed = messages;
      },
    };
  }
}

await using spark = await SparkSession.builder.master("local[2]")
  .config("spark.ui.enabled", "false")
  .config("spark.ui.showConsoleProgress", "false").getOrCreate();
spark.dataSource.register(Letters);
const letters = spark.read.format("letters").load();
const twice = udf((letter: string) => letter + letter, "string");
const read = await letters.select(twice("letter").as("s")).orderBy("s")
  .collect();
await letters.write.format("letters").mode("append").save();
const python = Deno.env.get("PYSPARK_DRIVER_PYTHON");
console.log(JSON.stringify({ read, committed: Letters.committed, python }));
