import assert from "node:assert/strict";
import { sharedSession } from "../shared_session.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { writeBadFiles } from "../bad_inputs/bad_input.ts";
import { planCases } from "../bad_inputs/plan_cases.ts";
import { readCases } from "../bad_inputs/read_cases.ts";
import { valueCases } from "../bad_inputs/value_cases.ts";
import { writeCases } from "../bad_inputs/write_cases.ts";

Deno.test("what is wrong is told by Spark's condition and words, with the program's line", async (t) => {
  const spark = await sharedSession();
  await using folder = await temporaryFolder();
  await writeBadFiles(folder.path);
  const place = { spark, dir: folder.path };
  const inputs = [
    ...readCases(place),
    ...writeCases(place),
    ...planCases(place),
    ...valueCases(place),
  ];
  assert.ok(inputs.length >= 40);
  for (const bad of inputs) {
    await t.step(bad.title, async () => {
      const error = await errorOf(bad.run);
      assert.ok(error instanceof bad.kind, Deno.inspect(error));
      assert.equal(error.constructor, bad.kind);
      assert.equal(error.condition, bad.condition);
      assert.equal(error.sqlState, bad.sqlState);
      for (const [name, value] of Object.entries(bad.parameters)) {
        assert.equal(error.parameters[name], value);
      }
      assert.equal(error.message.slice(0, bad.text.length), bad.text);
      if (bad.cause !== undefined) {
        assert.ok(error.message.includes(bad.cause), error.message);
      }
      assert.match(
        error.message,
        / at (read|write|plan|value)_cases\.ts:\d+:\d+/,
      );
    });
  }
  spark.catalog.dropTempView("bad_v");

  await t.step("malformed records are rows with nulls, or none", async () => {
    const ids = { schema: "id INT", path: `${folder.path}/bad` } as const;
    const read = spark.read.schema(ids.schema);
    const json = read.json(`${ids.path}.json`, { mode: "DROPMALFORMED" });
    assert.deepEqual(await json.collect(), [{ id: 1 }]);
    const csv = (mode: "PERMISSIVE" | "DROPMALFORMED") =>
      spark.read.schema("id INT, name STRING, bad STRING").csv(
        `${ids.path}.csv`,
        { header: true, mode, columnNameOfCorruptRecord: "bad" },
      );
    assert.deepEqual(await csv("PERMISSIVE").collect(), [
      { id: 1, name: "a", bad: null },
      { id: null, name: "b", bad: "x,b" },
      { id: 3, name: null, bad: "3" },
    ]);
    assert.deepEqual(
      await csv("DROPMALFORMED").select("id", "name").collect(),
      [{ id: 1, name: "a" }],
    );
  });

  await t.step("two columns of one name are refused", async () => {
    await assert.rejects(spark.sql("SELECT 1 AS a, 2 AS a").collect(), {
      condition: "COLUMN_NAME_TWICE",
      message:
        'Cannot make objects of rows: columns 0 and 1 are both named "a"; rename one, drop one, or use toArrow(), which keeps both',
    });
  });
});

async function errorOf(
  run: () => unknown,
): Promise<
  Error & {
    readonly condition?: string;
    readonly sqlState?: string;
    readonly parameters: Record<string, unknown>;
  }
> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof Error);
    return error as Awaited<ReturnType<typeof errorOf>>;
  }
  throw new assert.AssertionError({ message: "nothing was thrown" });
}
