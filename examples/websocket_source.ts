/**
 * A WebSocket as a stream: messages wait on the driver until a batch takes
 * them, and stay until it is done.
 * `deno run -A examples/websocket_source.ts [ws://…]`: without an address it
 * starts a small server of its own, and ends after 50 messages.
 *
 * @module
 */
import {
  type DataSource,
  type DataSourceOptions,
  functions as F,
  type SimpleDataSourceStreamReader,
  SparkSession,
} from "../mod.ts";

type Offset = { next: number };

/** Messages of JSON, `{ sensor, value }`. Those of before a restart are gone: a WebSocket sends nothing twice. */
class Messages implements DataSource {
  static readonly name = "websocket";

  constructor(readonly options: DataSourceOptions) {}

  schema() {
    return "sensor STRING, value DOUBLE";
  }

  simpleStreamReader(): SimpleDataSourceStreamReader<Offset> {
    const url = this.options.url ?? "";
    const waiting: object[] = [];
    let first = 0; // number of the first that waits
    let socket: WebSocket | null = null;
    return {
      initialOffset() {
        return { next: 0 };
      },
      async read({ next }) {
        if (socket === null) {
          const opened = socket = new WebSocket(url);
          opened.onmessage = ({ data }) => waiting.push(JSON.parse(data));
          await new Promise((resolve, reject) => {
            opened.onopen = resolve;
            opened.onerror = reject;
          });
          first = next;
        }
        return [waiting.slice(next - first), { next: first + waiting.length }];
      },
      readBetweenOffsets() {
        return [];
      },
      commit({ next }) {
        waiting.splice(0, next - first);
        first = next;
      },
    };
  }
}

const server = Deno.args[0] === undefined
  ? Deno.serve({ port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onopen = () => {
      for (let at = 0; at < 50; at++) {
        const message = { sensor: at % 2 === 0 ? "a" : "b", value: at };
        socket.send(JSON.stringify(message));
      }
    };
    return response;
  })
  : null;
const url = Deno.args[0] ?? `ws://localhost:${server?.addr.port}`;

await using spark = await SparkSession.builder.appName("websocket_source")
  .config("spark.sql.shuffle.partitions", "2").getOrCreate();
spark.dataSource.register(Messages);
const done = Promise.withResolvers<void>();
let count = 0;
const query = await spark.readStream.format("websocket").option("url", url)
  .load().writeStream.foreachBatch(async (batch) => {
    const rows = await batch.groupBy("sensor")
      .agg(F.count("*").as("n"), F.avg("value").as("mean"))
      .orderBy("sensor").collect();
    for (const { sensor, n, mean } of rows) {
      console.log(`${sensor}: ${n} values, ${mean} on average`);
      count += Number(n);
    }
    if (server !== null && count >= 50) done.resolve();
  }).start();
await Promise.race([done.promise, query.awaitTermination()]);
await query.stop();
await server?.shutdown();
