import assert from "node:assert/strict";
import { trackDescriptors } from "../../../src/bridge/own_descriptors.ts";
import { SharedDescriptors } from "../../../src/bridge/shared_descriptors.ts";
import { neededAddon } from "./needed_addon.ts";

Deno.test("SharedDescriptors closes what another of the same buffer has left open", async () => {
  const ours = new SharedDescriptors();
  const theirs = new SharedDescriptors(ours.buffer);
  const { addon } = trackDescriptors(neededAddon(), theirs);
  const [listener = -1, port = 0] = addon.listenLoopback(false);
  try {
    const [left, closed] = [1, 2].map(() => addon.connectLoopback(port, false));
    assert.ok(left !== undefined && closed !== undefined);
    addon.closeFd(closed);
    assert.deepEqual([ours.has(left), ours.has(closed)], [true, false]);
    await ours.closeAll();
    assert.equal(ours.has(left), false);
    assert.throws(() => addon.readSome(left, new Uint8Array(1)), {
      condition: "DESCRIPTOR_REPLACED",
    });
  } finally {
    addon.closeFd(listener);
  }
});
