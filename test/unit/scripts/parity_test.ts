import assert from "node:assert/strict";
import {
  freshPage,
  PARITY_PAGE,
  ParityError,
  parityRows,
  recordedNames,
} from "../../../scripts/parity.ts";

Deno.test("docs/parity.md is what deno task parity writes", async () => {
  assert.equal(
    await Deno.readTextFile(PARITY_PAGE),
    await freshPage(),
    "run deno task parity",
  );
});

Deno.test("the record has PySpark's classes and modules", async () => {
  const { pyspark, classes, modules } = await recordedNames();
  assert.equal(pyspark, "4.3.0");
  assert.ok(classes["DataFrame"]?.includes("groupBy"));
  assert.ok(classes["Column"]?.includes("cast"));
  assert.ok((modules["pyspark.sql.functions"]?.length ?? 0) > 560);
});

Deno.test("parityRows() finds names of ours, and takes the table's word for others", () => {
  const table = {
    Column: { endswith: "= Column.endsWith", old: "gone; = Column.cast" },
  };
  assert.deepEqual(
    parityRows("Column", ["cast", "endswith", "old"], "", table),
    [
      { name: "cast", ours: ["Column.cast"], reason: null },
      { name: "endswith", ours: ["Column.endsWith"], reason: null },
      { name: "old", ours: ["Column.cast"], reason: "gone" },
    ],
  );
});

Deno.test("parityRows() refuses what has no answer, or a wrong one", () => {
  assert.throws(
    () => parityRows("Column", ["missing"], "", {}),
    new ParityError("Nothing stands for Column.missing"),
  );
  assert.throws(
    () => parityRows("Column", ["a"], "", { Column: { a: "= Column.b" } }),
    new ParityError("Column.a: there is no Column.b"),
  );
  assert.throws(
    () => parityRows("Column", ["cast"], "", { Column: { b: "gone" } }),
    new ParityError("PySpark's Column has no b"),
  );
});
