/**
 * The program that is killed: two queries over one folder of numbers, a line
 * each, one into files, one by `foreachBatch()` into a sink that is idempotent
 * by the batch's number. Prints a line for each batch, and when stdin ends,
 * what both sinks hold.
 *
 * @module
 */
import { SparkSession } from "../../mod.ts";

const [folder = ""] = Deno.args;

/** What a sink holds, and what is right of it. */
export interface Held {
  readonly rows: number;
  readonly different: number;
  readonly right: number;
}

if (import.meta.main) {
  await using spark = await SparkSession.builder
    .master("local-cluster[2,1,512]").appName("exactly once")
    .config("spark.executor.memory", "512m")
    .config("spark.ui.enabled", false)
    .config("spark.sql.shuffle.partitions", 2)
    .config("spark.task.maxFailures", 20)
    .getOrCreate();
  await spark.sparkContext.setLogLevel("OFF");

  const squares = () =>
    spark.readStream.text(`${folder}/in`, { maxFilesPerTrigger: 20 })
      .repartition(4).map(({ value }) => {
        const id = Number(value);
        // As long as a function takes that does something, so that kills meet it.
        for (const end = performance.now() + 2; performance.now() < end;);
        return { id, square: id * id };
      }, "id BIGINT, square BIGINT");
  const checkpoint = (name: string) => ({
    checkpointLocation: `${folder}/${name}.checkpoint`,
  });
  const files = await squares().writeStream.queryName("files")
    .format("parquet").options(checkpoint("files")).start(`${folder}/files`);
  const batches = await squares().writeStream.queryName("batches")
    .options(checkpoint("batches"))
    .foreachBatch(async (batch, batchId) => {
      await batch.write.mode("overwrite").json(`${folder}/batches/${batchId}`);
    }).start();
  const tell = async (query: typeof files): Promise<void> => {
    for await (const { name, batchId, numInputRows } of query.progress()) {
      if (numInputRows > 0) console.log(`batch ${name} ${batchId}`);
    }
  };
  const told = [tell(files), tell(batches)];
  // A query that fails ends the program: it is not to be survived.
  const failed = Promise.race(
    [files, batches].map((one) => one.awaitTermination()),
  );
  failed.catch((error) => {
    console.error(error);
    Deno.exit(3);
  });

  for await (const _ of Deno.stdin.readable);
  const held: Held[] = [];
  for (const query of [files, batches]) await query.processAllAvailable();
  for (const query of [files, batches]) await query.stop();
  await Promise.all(told);
  const sinks = [
    `parquet.\`${folder}/files\``,
    `json.\`${folder}/batches/*\``,
  ];
  for (const sink of sinks) {
    const [row] = await spark.sql(`
      SELECT count(*) AS rows, count(DISTINCT id) AS different,
        count_if(square = id * id) AS right
      FROM ${sink}`).collect();
    held.push(row as unknown as Held);
  }
  console.log(`held ${JSON.stringify(held)}`);
}
