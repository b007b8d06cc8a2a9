import assert from "node:assert/strict";
import { runExample } from "../integration/run_example.ts";
import { temporaryFolder } from "../integration/temporary_folder.ts";
import { startPostgres } from "./postgres.ts";

Deno.test("examples/orders_to_postgres.ts writes each order once", async () => {
  await using folder = await temporaryFolder();
  await Deno.chmod(folder.path, 0o755);
  await using server = await startPostgres(`${folder.path}/postgres`);
  const orders = `${folder.path}/orders`;
  await Deno.mkdir(orders);
  let id = 0;
  const arrive = async (city: string, ...amounts: readonly number[]) => {
    const lines = amounts.map((amount) =>
      JSON.stringify({ id: ++id, city, amount })
    );
    await Deno.writeTextFile(`${orders}/${id}.json`, lines.join("\n"));
  };
  const run = () => runExample("orders_to_postgres.ts", orders, server.url);
  await arrive("Oslo", 10, 20, -5);
  assert.deepEqual(await run(), ["Oslo: 30"]);
  await arrive("Rome", 7);
  const both = ["Oslo: 30", "Rome: 7"];
  assert.deepEqual(await run(), both);
  // As a driver leaves it that died between its sink and its checkpoint.
  const commits = `${orders}.checkpoint/commits`;
  await Deno.remove(`${commits}/1`);
  await Deno.remove(`${commits}/.1.crc`);
  assert.deepEqual(await run(), both);
});
