/**
 * A pipeline whose rows the compiler knows: the schema says what they are, each
 * step's columns follow from it, and a misspelt name does not compile. The
 * program's own function runs on the executors.
 * `deno run -A examples/typed_pipeline.ts`
 *
 * @module
 */
import {
  type DataFrame,
  functions as F,
  SparkSession,
  types,
  udf,
} from "../mod.ts";

const order = types.struct({
  id: types.long,
  customer: types.string,
  address: types.string.nullable(),
  lines: types.array(types.struct({
    product: types.string,
    quantity: types.int,
    price: types.double,
  })),
});

const country = udf(
  (address: string | null) => address?.split(", ").at(-1) ?? "unknown",
  "string",
);

interface Order {
  id: number;
  customer: string;
  address: string | null;
  lines: { product: string; quantity: number; price: number }[];
}

/** What each country spends, and on how many orders. */
function spending(orders: DataFrame<Order>) {
  return orders
    .select(
      "id",
      country("address").as("country"),
      F.explode("lines").as("line"),
    )
    .withColumn("amount", F.col("line.quantity").times(F.col("line.price")))
    .groupBy("country")
    .agg(F.sum("amount").as("amount"), F.count_distinct("id").as("orders"))
    .orderBy(F.col("amount").desc());
}

await using spark = await SparkSession.builder.appName("typed").getOrCreate();

const orders = spark.createDataFrame([
  {
    id: 1,
    customer: "ann",
    address: "1 Main Street, Peru",
    lines: [{ product: "lamp", quantity: 2, price: 45 }],
  },
  {
    id: 2,
    customer: "bob",
    address: null,
    lines: [{ product: "mug", quantity: 4, price: 6.5 }],
  },
  {
    id: 3,
    customer: "eve",
    address: "2 High Road, Peru",
    lines: [
      { product: "mug", quantity: 1, price: 6.5 },
      { product: "radio", quantity: 1, price: 89.5 },
    ],
  },
], order);

for (const row of await spending(orders).collect()) {
  console.log(`${row.country}: ${row.amount} in ${row.orders} orders`);
}
