/**
 * Reads many files, in a folder of which the argument tells.
 *
 * @module
 */
import { SparkSession } from "@tspark/tspark";

await using spark = await SparkSession.builder.getOrCreate();
const count = await spark.read.text(Deno.args[0] ?? "").count();
console.log(`counted ${count}`);
