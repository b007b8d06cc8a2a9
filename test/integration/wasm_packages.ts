/**
 * Three packages that load WebAssembly, used by functions of three kinds.
 *
 * @module
 */

// deno-lint-ignore-file no-import-prefix -- these packages are used by tests alone
import assert from "node:assert/strict";
import initSqlJs from "npm:sql.js@1.17.0";
import { SourceMapConsumer } from "npm:source-map@0.8.0";
import { get_encoding } from "npm:tiktoken@1.0.22";
import { asyncUdf, type SparkSession, udf } from "../../mod.ts";

const TEXTS = ["What a lovely day", "", "Spark runs TypeScript"];
const COUNTS = [4, 0, 3];

/** Runs a tokenizer as a function over rows, a database as an asynchronous one, and a parser over records. */
export async function checkPackages(spark: SparkSession): Promise<void> {
  const tokens = udf(
    (text: string) => get_encoding("cl100k_base").encode(text).length,
    "int",
  );
  const words = spark.createDataFrame(
    TEXTS.map((text) => ({ text })),
    "text STRING",
  );
  assert.deepEqual(
    (await words.select(tokens("text").as("n")).collect()).map(({ n }) => n),
    COUNTS,
  );
  const squares = asyncUdf(async (x: number) => {
    const { Database } = await initSqlJs();
    const [result] = new Database().exec(`SELECT ${x} * ${x}`);
    return Number(result?.values[0]?.[0]);
  }, "bigint");
  assert.deepEqual(
    (await spark.range(3).select(squares("id").as("n")).collect())
      .map(({ n }) => n),
    [0, 1, 4],
  );
  const columns = spark.sparkContext.parallelize(["AAAA", "AACA"], 2)
    .mapAsync(async (mappings) => {
      const map = {
        version: 3,
        file: "a.js",
        sources: ["a.ts"],
        names: [],
        mappings,
      };
      return await SourceMapConsumer.with(
        map,
        null,
        (reader) => reader.originalPositionFor({ line: 1, column: 0 }).source,
      );
    });
  assert.deepEqual(await columns.collect(), ["a.ts", "a.ts"]);
}
