/**
 * Uses all ways on which secrets travel, fails in several ways and tells how,
 * then holds a task until it reads from stdin:
 * `secretive_job.ts <file for the secrets> <marker> [setting=value …]`.
 *
 * @module
 */
import { BarrierTaskContext, SparkError, SparkSession } from "../../../mod.ts";
import { Gateway } from "../../../src/driver/gateway/gateway.ts";

const [file = "", marker = "", ...settings] = Deno.args;
const secrets = new Set<string>();

// What the JVM serves by a socket comes as port, secret and server.
const original = Gateway.prototype.arrayElements;
Gateway.prototype.arrayElements = async function (array) {
  const elements = await original.call(this, array);
  const [port, secret] = elements;
  if (typeof port === "number" && typeof secret === "string") {
    secrets.add(secret);
  }
  return elements;
};

// Its secret is the accumulators' token, too.
const connect = Gateway.connect;
Gateway.connect = (options) => {
  secrets.add(options.secret);
  return connect.call(Gateway, options);
};

let builder = SparkSession.builder.appName("secretive");
for (const setting of settings) {
  const at = setting.indexOf("=");
  builder = builder.config(setting.slice(0, at), setting.slice(at + 1));
}
await using spark = await builder.getOrCreate();
const sc = spark.sparkContext;

const table = sc.broadcast(Array.from({ length: 1000 }, (_, i) => i));
const sum = sc.accumulator(0);
const numbers = sc.parallelize([1, 2, 3, 4], 2);
await numbers.map((x) => {
  sum.add(table.value[x] ?? 0);
  return x;
}).collect();
for await (const _ of numbers.toLocalIterator()) { /* one more server */ }
await numbers.barrier().mapPartitions((values) => {
  BarrierTaskContext.get().barrier();
  return values;
}).collect();
await spark.sql("SELECT 1 AS x").collect();

await tell(() => numbers.map((x) => fail(x)).collect());
await tell(() => sc.textFile("/no/such/file").count());
await tell(() => spark.sql("SELECT nonsense FROM nowhere").collect());
await tell(() => numbers.map(() => Deno.exit(3)).collect());

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen() {} },
  async () => {
    await Deno.writeTextFile(file, JSON.stringify([...secrets]), {
      mode: 0o600,
    });
    console.log("HOLDING");
    await Deno.stdin.read(new Uint8Array(1));
    return new Response("go on");
  },
);
const { port } = server.addr;
const said = await sc.parallelize([port], 1)
  .mapAsync(async (port) =>
    await (await fetch(`http://127.0.0.1:${port}/`)).text()
  ).first();
await server.shutdown();
console.log(`DONE ${said}`);
console.error(marker); // the search has to find this one

function fail(x: number): number {
  throw new Error(`no ${x}`);
}

/** Prints all that an error says, its parameters and causes with it. */
async function tell(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
    console.log("no error");
  } catch (error) {
    for (let at = error; at instanceof Error; at = at.cause) {
      const parameters = at instanceof SparkError ? at.parameters : {};
      console.log(at.stack, String(at), JSON.stringify(parameters), at);
    }
  }
}
