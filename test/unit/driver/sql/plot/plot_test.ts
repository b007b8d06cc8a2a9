import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../../cli/temporary_folder.ts";
import { Plot } from "../../../../../mod.ts";

Deno.test("Plot.save() into a folder that is not there names it, and what to do", async () => {
  await withTemporaryFolder(async (folder) => {
    const path = `${folder}/pictures/sales.json`;
    await assert.rejects(
      new Plot({ $schema: "", data: { values: [] } }).save(path),
      {
        condition: "PLOT_FOLDER_MISSING",
        message:
          `Cannot save a plot as "${path}": there is no folder "${folder}/pictures"; make it first`,
      },
    );
  });
});
