import assert from "node:assert/strict";
import { denoFiles } from "../../../../src/bridge/worker_files.ts";
import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { taskSpill } from "../../../../worker/spill/task_spill.ts";

Deno.test("taskSpill() takes the folders that it is given", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const folders = [`${folder}/missing`, folder];
    const codec = new RecordCodec();
    const tools = taskSpill(1 << 30, codec, null, folders, denoFiles);
    using space = tools.space;
    space.open().append(new Uint8Array(3));
    assert.equal(tools.budget.limitBytes, 1 << 30);
    assert.equal(tools.budget.isExceeded(), false);
  } finally {
    Deno.removeSync(folder);
  }
});
