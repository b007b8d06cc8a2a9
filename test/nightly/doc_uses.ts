/**
 * What is done with blocks of pages that only declare something, so that they
 * run too: by a name that the block declares, code that stands behind it. It
 * may use `check`, which is `node:assert/strict`, and `ownSpark`, the session.
 */
export const USES: Readonly<Record<string, string>> = {
  perCityAndYear: `
    const sales = ownSpark.sparkContext.parallelize([
      { city: "Rome", year: 2024, amount: 3 },
      { city: "Rome", year: 2024, amount: 4 },
    ]);
    check.deepEqual(await perCityAndYear(sales).collect(), [[["Rome", 2024], 7]]);`,
  spread: `
    const numbers = ownSpark.sparkContext.parallelize([1, 2, 3]);
    check.equal(await spread(numbers), 8);`,
  profiled: `await profiled(ownSpark);`,
  isNumeric: `
    const { types } = await import("@tspark/tspark");
    check.deepEqual([types.int, types.string].map(isNumeric), [true, false]);`,
  ByCity: `
    class Cities {
      schema() { return "city STRING"; }
      reader() { return new ByCity(); }
    }
    ownSpark.dataSource.register(Cities);
    await ownSpark.conf.set("spark.sql.python.filterPushdown.enabled", "true");
    const rome = ownSpark.read.format("Cities").load().where("city = 'Rome'");
    check.deepEqual(await rome.collect(), [{ city: "Rome" }]);`,
  JsonFiles: `
    const { mkdir, readdir } = await import("node:fs/promises");
    await mkdir("json_files", { recursive: true });
    ownSpark.dataSource.register(JsonFiles);
    await ownSpark.range(4).write.format("JsonFiles").mode("append")
      .option("path", Deno.cwd() + "/json_files").save();
    const names = await readdir("json_files");
    check.ok(names.length > 0 && names.every((name) => name.endsWith(".json")));`,
  orders: `
    const read = orders(ownSpark);
    check.ok(read.isStreaming && ticks(ownSpark).isStreaming);
    await using query = await read.writeStream.format("noop").start();
    await query.processAllAvailable();`,
  perMinute: `
    const clicks = ownSpark.readStream.schema("user STRING, at TIMESTAMP")
      .json("clicks");
    await using query = await perMinute(clicks).writeStream.format("noop").start();
    await query.processAllAvailable();`,
  save: `
    const rows = ownSpark.readStream.schema("id BIGINT, city STRING").json("incoming");
    await using query = await save(rows);
    await query.processAllAvailable();
    check.ok(await ownSpark.read.parquet("orders/batch=0").count() > 0);`,
  follow: `
    const listener = await listen(ownSpark);
    const rows = ownSpark.readStream.schema("id BIGINT").json("incoming");
    const query = await rows.writeStream.format("noop").start();
    const followed = follow(query);
    await query.processAllAvailable();
    await query.stop();
    await followed;`,
  // A timeout by the clock has Spark make batches without an end.
  visits: `
    const clicks = ownSpark.readStream.schema("user STRING, page STRING")
      .json("clicks").na.drop();
    const query = await visits(clicks).writeStream.format("noop").start();
    for await (const { numInputRows } of query.progress()) {
      if (numInputRows > 0) await query.stop();
    }`,
  useRocksDb: `
    await useRocksDb(ownSpark);
    const clicks = ownSpark.readStream.schema("user STRING, page STRING")
      .json("clicks").na.drop();
    await using query = await pages(clicks).writeStream.format("noop")
      .outputMode("update").start();
    await query.processAllAvailable();`,
};
