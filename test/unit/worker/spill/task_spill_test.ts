import assert from "node:assert/strict";
import { RecordCodec } from "../../../../src/serde/record_batch.ts";
import { taskSpill } from "../../../../worker/spill/task_spill.ts";

Deno.test("taskSpill() takes the folders that Spark names", () => {
  const before = Deno.env.get("SPARK_LOCAL_DIRS");
  const folder = Deno.makeTempDirSync();
  try {
    Deno.env.set("SPARK_LOCAL_DIRS", `${folder}/missing,,${folder}`);
    const tools = taskSpill(1 << 30, new RecordCodec(), null);
    using space = tools.space;
    space.open().append(new Uint8Array(3));
    assert.equal(tools.budget.limitBytes, 1 << 30);
    assert.equal(tools.budget.isExceeded(), false);
  } finally {
    if (before === undefined) Deno.env.delete("SPARK_LOCAL_DIRS");
    else Deno.env.set("SPARK_LOCAL_DIRS", before);
    Deno.removeSync(folder);
  }
});
