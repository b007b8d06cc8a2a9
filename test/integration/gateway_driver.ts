/**
 * A driver of its own for the tests of its end: prints where its JVM is as one
 * line of JSON, then waits for a call that never returns (`wait`), or comes to
 * its end without having closed anything (`leave`).
 *
 * @module
 */
import { Gateway } from "../../src/driver/gateway/gateway.ts";
import { launchTestGateway } from "./launch_test_gateway.ts";

const process = await launchTestGateway();
const gateway = await Gateway.connect({ ...process, process });
const { port, secret, pid } = process;
await Deno.stdout.write(
  new TextEncoder().encode(JSON.stringify({ port, secret, pid }) + "\n"),
);
if (Deno.args[0] === "wait") {
  await gateway.callStatic("java.lang.Thread", "sleep", 600_000);
}
