/**
 * A REST service as a data source: its pages are partitions, read in parallel,
 * and a filter of the query becomes one of the service's.
 * `deno run -A examples/rest_source.ts [url]`: without an address it starts a
 * small service of its own.
 *
 * @module
 */
import {
  type DataSource,
  type DataSourceOptions,
  type DataSourceReader,
  type Filter,
  SparkSession,
} from "../mod.ts";

/** `{ items: [{ id, city, total }], pages }` at `?page=1&city=Oslo`. */
class Orders implements DataSource {
  constructor(readonly options: DataSourceOptions) {}

  schema() {
    return "id INT, city STRING, total DOUBLE";
  }

  reader(): DataSourceReader<number> {
    return new OrdersReader(this.options.url ?? "");
  }
}

class OrdersReader implements DataSourceReader<number> {
  city: string | null = null;

  constructor(readonly url: string) {}

  pushFilters(filters: readonly Filter[]): Filter[] {
    return filters.filter((filter) => {
      if (filter.kind !== "EqualTo" || filter.attribute.join() !== "city") {
        return true; // Spark's
      }
      this.city = String(filter.value);
      return false;
    });
  }

  async partitions(): Promise<number[]> {
    const { pages } = await this.page(1);
    return Array.from({ length: pages }, (_, at) => at + 1);
  }

  async *read(page: number) {
    yield* (await this.page(page)).items;
  }

  async page(page: number): Promise<{ items: object[]; pages: number }> {
    const url = new URL(this.url);
    url.searchParams.set("page", String(page));
    if (this.city !== null) url.searchParams.set("city", this.city);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return await response.json();
  }
}

/** The service, where none is named. */
function serve(): Deno.HttpServer<Deno.NetAddr> {
  const cities = ["Oslo", "Rome", "Cairo"];
  const all = Array.from({ length: 95 }, (_, id) => ({
    id,
    city: cities[id % 3],
    total: (id * 7) % 50,
  }));
  return Deno.serve({ port: 0, onListen() {} }, (request) => {
    const { searchParams } = new URL(request.url);
    const [page, city] = [searchParams.get("page"), searchParams.get("city")];
    const found = all.filter((order) => city === null || order.city === city);
    const start = (Number(page) - 1) * 10;
    return Response.json({
      items: found.slice(start, start + 10),
      pages: Math.ceil(found.length / 10),
    });
  });
}

const service = Deno.args[0] === undefined ? serve() : null;
const url = Deno.args[0] ?? `http://localhost:${service?.addr.port}/orders`;

await using spark = await SparkSession.builder.appName("rest_source")
  .config("spark.sql.python.filterPushdown.enabled", "true")
  .getOrCreate();
spark.dataSource.register(Orders);
const orders = spark.read.format("orders").option("url", url).load();
console.log(`${await orders.count()} orders`);
await orders.where("city = 'Rome' AND total > 40").orderBy("id").show();
await service?.shutdown();
