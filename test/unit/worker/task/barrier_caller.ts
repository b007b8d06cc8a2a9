/**
 * The other process of `barrier_client_test.ts`, whose calls block:
 * `barrier_caller.ts <endpoint and message as JSON>`, prints the outcome as JSON.
 *
 * @module
 */
import { SparkError } from "../../../../src/common/errors.ts";
import { callBarrier } from "../../../../worker/task/barrier_client.ts";
import { connectLocal } from "../../../../worker/task/local_connection.ts";
import { neededAddon } from "../../bridge/needed_addon.ts";

const { endpoint, message } = JSON.parse(Deno.args[0] ?? "");
try {
  const connect = (): ReturnType<typeof connectLocal> =>
    connectLocal(neededAddon(), endpoint, false);
  console.log(JSON.stringify(callBarrier(connect, message)));
} catch (error) {
  if (!(error instanceof SparkError)) throw error;
  console.log(JSON.stringify(`${error.condition}: ${error.message}`));
}
