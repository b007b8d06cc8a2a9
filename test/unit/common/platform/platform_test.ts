import assert from "node:assert/strict";
import { platform as denoPlatform } from "../../../../src/common/platform/deno.ts";
import { platform as nodePlatform } from "../../../../src/common/platform/node.ts";
import { platformChecks } from "./conformance.ts";

// Node's twin runs on Deno as well; test/npm runs it on Node.
for (const platform of [denoPlatform, nodePlatform]) {
  for (const { name, check } of platformChecks) {
    Deno.test(`platform of ${platform.runtime}: ${name}`, () =>
      check(platform));
  }
}

Deno.test("Node's platform rejects a read that is pending when its socket closes", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const socket = await nodePlatform.connectTcp("127.0.0.1", listener.addr.port);
  const peer = await listener.accept();
  const reading = socket.read(new Uint8Array(1));
  socket.close();
  await assert.rejects(reading, {
    message: "Cannot read from a socket: it was closed; read before closing it",
  });
  peer.close();
  listener.close();
});

Deno.test("Node's platform tells at once which program cannot be started", () => {
  assert.throws(() => nodePlatform.spawn("/no/such/program", [], {}), {
    message:
      'Cannot start "/no/such/program": it is not there or is no program; check its path',
  });
});
