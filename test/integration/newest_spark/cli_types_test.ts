import assert from "node:assert/strict";
import { tspark } from "../../cli/tspark.ts";
import { withTemporaryFolder } from "../../cli/temporary_folder.ts";

Deno.test("tspark types writes the rows of a table, and tells a table that is not there", async () => {
  await withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(
      `${folder}/people.json`,
      '{"id":1,"name":"a","tags":["x"],"address":{"city":"b"}}\n',
    );
    const options = [
      "--master",
      "local[1]",
      "--conf",
      "spark.ui.enabled=false",
    ];
    const { code, err } = await tspark([
      "types",
      ...options,
      `json.\`${folder}/people.json\``,
      "--out",
      `${folder}/tables.ts`,
    ]);
    assert.equal(code, 0, err);
    const text = await Deno.readTextFile(`${folder}/tables.ts`);
    assert.match(text, /^\/\/ Made by "tspark types json\./);
    assert.ok(
      text.endsWith(`  address: {
    city: string | null;
  } | null;
  id: Long | null;
  name: string | null;
  tags: (string | null)[] | null;
}
`),
      text,
    );
    assert.ok(err.includes(`Wrote 1 to ${folder}/tables.ts`), err);
    const missing = await tspark(["types", ...options, "no_such_table"]);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /^tspark: .*no_such_table/m);
  });
});
