import assert from "node:assert/strict";
import { ownSession } from "../shared_session.ts";

Deno.test("spark.tspark.localWorker works over Unix sockets, and with the lines of functions at the driver", async () => {
  await using spark = await ownSession({
    "spark.tspark.localWorker": "true",
    "spark.python.unix.domain.socket.enabled": "true",
    "spark.tspark.logs": "driver",
  });
  const lines: string[] = [];
  using _ = spark.logs.subscribe(({ text }) => lines.push(text));
  await spark.sparkContext.parallelize([1], 1).foreach((n) => {
    console.log(`${n} in ${Deno.pid}`);
  });
  assert.deepEqual(lines, [`1 in ${Deno.pid}`]);
});
