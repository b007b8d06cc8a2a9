import assert from "node:assert/strict";
import { MATRIX } from "../../clusters/matrix_row.ts";
import { isNightly } from "../../nightly.ts";
import { rowsByVersion, runRows } from "../../clusters/run_matrix.ts";

/** Rows on the newest Spark that no other test meets; `deno task matrix` runs all. */
const ROWS = [
  "standalone cluster of three hosts",
  ...isNightly ? ["IPv6 loopback"] : [],
];

Deno.test("the word count is right in rows of the matrix, and each setting in force", async (t) => {
  const rows = MATRIX.filter(({ name }) => ROWS.includes(name))
    .map((row) => ({ ...row, versions: ["4.3.0"] }));
  assert.equal(rows.length, ROWS.length);
  for (const group of rowsByVersion(rows)) {
    for (const result of await runRows(group)) {
      await t.step(result.name, () => {
        assert.equal(result.failure, undefined);
        assert.ok((result.words ?? 0) > 1000);
      });
    }
  }
});
