import assert from "node:assert/strict";
import { type Table, tableFromArrays } from "apache-arrow";
import { EVAL_TYPE } from "../../../../src/protocol/marker.ts";
import { groups, type RigTask, runUdfTask } from "./udf_rig.ts";

type Dialect = NonNullable<RigTask["dialect"]>;

/** A task over the groups "a" with 1 and 2, and "b" with 5. */
function taskOf(dialect: Dialect, body: unknown, chunkBytes: number): RigTask {
  return {
    evalType: EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF,
    dialect,
    functions: [{
      form: "groupTables",
      returns: "k STRING, x INT",
      offsets: [3, 1, 0, 1],
      functions: [body],
    }],
    input: groups(dialect, "k STRING, x INT", [["a", 1], ["a", 2]], [["b", 5]]),
    chunkBytes,
  };
}

for (const dialect of ["3.5", "4.1"] as const) {
  Deno.test(`a function over a group's tables is given them in turn in ${dialect}`, async () => {
    const kept: Table[] = [];
    const body = function* (
      { k }: { k: string },
      tables: Iterable<Table>,
    ): Generator<Table> {
      for (const table of tables) {
        kept.push(table);
        yield tableFromArrays({ k: [k], x: [table.numRows] });
        const x = table.getChild("x")?.toArray() as Int32Array;
        yield tableFromArrays({ k: [`last ${k}`], x: x.slice(-1) });
      }
    };
    for (const chunkBytes of [1, 7, 4096]) {
      assert.deepEqual(await runUdfTask(taskOf(dialect, body, chunkBytes)), [[
        [{ k: "a", x: 2 }],
        [{ k: "last a", x: 2 }],
        [{ k: "b", x: 1 }],
        [{ k: "last b", x: 5 }],
      ]]);
    }
    // Tables outlive their group.
    assert.deepEqual(
      kept.slice(0, 2).map((table) => [...table.getChild("x") ?? []]),
      [[1, 2], [5]],
    );
  });

  Deno.test(`a function over a group's tables may leave some unread in ${dialect}`, async () => {
    const body = ({ k }: { k: string }): Table[] =>
      k === "a" ? [] : [tableFromArrays({ k: [k], x: [0] })];
    assert.deepEqual(await runUdfTask(taskOf(dialect, body, 4096)), [[
      [{ k: "b", x: 0 }],
    ]]);
  });
}

Deno.test("a function over a group's tables has to give some", async () => {
  await assert.rejects(
    runUdfTask(taskOf("4.1", () => 5, 4096)),
    (error: unknown) => {
      assert.ok(error instanceof Error);
      assert.equal(
        Reflect.get(error, "call"),
        'f({ k: "a" }) of udf() at app.ts:1:1',
      );
      assert.match(
        String(error.cause),
        /Cannot iterate over the result of "f": it is 5; return an array or another iterable/,
      );
      return true;
    },
  );
});
