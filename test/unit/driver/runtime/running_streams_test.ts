import assert from "node:assert/strict";
import { RunningStreams } from "../../../../src/driver/runtime/running_streams.ts";

Deno.test("a query that cannot be asked hides no other, and is forgotten", {
  permissions: "none",
}, async () => {
  const streams = new RunningStreams();
  streams.show();
  let asked = 0;
  streams.add({
    name: "failing",
    look: () => {
      asked++;
      return Promise.reject(new Error("failed"));
    },
  });
  const batch = { batchId: 3, rows: 5, rowsPerSecond: 2 };
  streams.add({ name: "good", look: () => Promise.resolve(batch) });
  streams.add({ name: "new", look: () => Promise.resolve("waiting") });
  streams.add({ name: "over", look: () => Promise.resolve("ended") });
  const shown = [["good", batch], ["new", null]];
  assert.deepEqual(await streams.look(), shown);
  assert.deepEqual(await streams.look(), shown);
  assert.equal(asked, 1);
});
