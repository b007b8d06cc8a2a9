/**
 * Orders from files that come into a folder, into a table of PostgreSQL: each
 * once, since a batch and its number are written in one transaction.
 * `deno run -A examples/orders_to_postgres.ts folder postgres://user@host/database`
 *
 * @module
 */
import postgres from "postgres";
import { SparkSession } from "../mod.ts";

const [folder = "orders", url = "postgres://localhost/postgres"] = Deno.args;

await using spark = await SparkSession.builder.appName("orders").getOrCreate();
const sql = postgres(url, { onnotice: () => {} });
await sql`CREATE TABLE IF NOT EXISTS orders (id INT, city TEXT, amount FLOAT8)`;
await sql`CREATE TABLE IF NOT EXISTS batches (id BIGINT PRIMARY KEY)`;

const query = await spark.readStream
  .schema("id INT, city STRING, amount DOUBLE")
  .json(folder, { maxFilesPerTrigger: 100 })
  .where("amount > 0")
  .writeStream
  .option("checkpointLocation", `${folder}.checkpoint`)
  .trigger({ availableNow: true })
  .foreachBatch(async (batch, batchId) => {
    const rows = await batch.collect();
    await sql.begin(async (sql) => {
      // A batch that came before a failure comes again, with its number.
      const isNew = await sql`
        INSERT INTO batches VALUES (${batchId}) ON CONFLICT DO NOTHING
        RETURNING id`;
      if (isNew.length === 0 || rows.length === 0) return;
      await sql`INSERT INTO orders ${
        sql(rows.map(({ id, city, amount }) => ({ id, city, amount })))
      }`;
    });
  })
  .start();
await query.awaitTermination();

for (
  const { city, total } of await sql`
    SELECT city, sum(amount) AS total FROM orders GROUP BY city ORDER BY city`
) console.log(`${city}: ${total}`);
await sql.end();
