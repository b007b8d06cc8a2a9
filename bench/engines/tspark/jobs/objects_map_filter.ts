import { defineJob, type Job } from "../job.ts";

interface Order {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly tags: readonly string[];
  readonly address: {
    readonly city: string;
    readonly place: { readonly x: number; readonly y: number };
  };
  readonly items: readonly {
    readonly sku: string;
    readonly count: number;
    readonly price: number;
  }[];
}

/** Nested objects through functions. */
const job: Job<number, Order[]> = defineJob({
  prepare: ({ records }) =>
    Array.from({ length: records }, (_, id) => makeOrder(id)),
  run: (spark, _, orders) =>
    spark.sparkContext.parallelize(orders)
      .map((order) => ({
        id: order.id,
        to: { name: order.name, city: order.address.city },
        total: order.items
          .reduce((sum, item) => sum + item.count * item.price, 0),
      }))
      .filter((bill) => bill.total > 10 && bill.to.city !== "city7")
      .count(),
  checksum: String,
});
export default job;

function makeOrder(id: number): Order {
  return {
    id,
    name: `name${id}`,
    active: id % 2 === 0,
    tags: [`tag${id % 10}`, `tag${id % 7}`],
    address: { city: `city${id % 100}`, place: { x: id / 2, y: -id / 4 } },
    items: [
      { sku: `sku${id % 50}`, count: id % 5, price: 2.5 },
      { sku: `sku${id % 30}`, count: id % 3, price: 4 },
    ],
  };
}
