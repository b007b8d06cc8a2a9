import assert from "node:assert/strict";
import { trackDescriptors } from "../../../src/bridge/own_descriptors.ts";
import { neededAddon } from "./needed_addon.ts";

Deno.test("trackDescriptors() knows what is open, by its number", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { addon, owns } = trackDescriptors(neededAddon());
    const [listener = -1, port = 0] = addon.listenLoopback(false);
    assert.equal(owns(listener), false); // the daemon's, for its workers
    const connection = addon.connectLoopback(port, false);
    const file = addon.openNameless(`${folder}/x`);
    await Deno.writeTextFile(`${folder}/y`, "y");
    const [read = -1] = addon.openFile(`${folder}/y`);
    for (const fd of [connection, file, read]) {
      assert.equal(owns(fd), true);
      addon.closeFd(fd);
      assert.equal(owns(fd), false);
    }
    addon.closeFd(listener);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
