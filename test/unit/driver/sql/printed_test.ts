/** What consoles print of what is on the way to a frame. */
import { argumentsOf } from "../../../../src/driver/sql/plan/arguments_of.ts";
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { DataFrame, functions as F, Window } from "../../../../mod.ts";
import { callSite } from "../../../../src/driver/runtime/call_site.ts";
import { source } from "../../../../src/driver/sql/plan/relation.ts";
import type { SessionState } from "../../../../src/driver/sql/session_state.ts";

/** A frame that nobody computes. */
function frame(): DataFrame {
  const open = () => Promise.reject(new Error("Nothing runs here"));
  return new DataFrame(
    source({} as SessionState, "table", ["t"], open, callSite("table()")),
  );
}

const WAYS = [String, Deno.inspect, inspect];

Deno.test("groups and windows are printed in a line, by every console", () => {
  const groups = frame().where("n > 1").groupBy("city");
  const latest = Window.partitionBy("city").orderBy(F.desc("n"))
    .rowsBetween(-2, Window.currentRow);
  for (const way of WAYS) {
    assert.equal(
      way(groups),
      "GroupedData[table(t).filter(n > 1).groupBy(city)]",
    );
    assert.equal(
      way(latest),
      "WindowSpec(PARTITION BY city ORDER BY n DESC ROWS BETWEEN -2 AND 0)",
    );
  }
});

Deno.test("writers and functions of a frame are printed in a line, by every console", () => {
  const df = frame();
  for (const way of [Deno.inspect, inspect]) {
    assert.equal(way(df.write.mode("append")), "DataFrameWriter[table(t)]");
    assert.equal(way(df.writeTo("a.b")), "DataFrameWriterV2[a.b: table(t)]");
    assert.equal(
      way(df.groupBy("a").cogroup(df.groupBy("b"))),
      "CogroupedData[table(t).groupBy(a), table(t).groupBy(b)]",
    );
    assert.equal(way(df.na), "DataFrameNaFunctions[table(t)]");
    assert.equal(way(df.stat), "DataFrameStatFunctions[table(t)]");
    assert.equal(
      way(df.mergeInto("t", F.col("id").eq(1))),
      "MergeIntoWriter[table(t)]",
    );
  }
});

Deno.test("JSON of a frame is its operations, as a console prints them", () => {
  const df = frame();
  const text = "DataFrame[table(t)]";
  assert.equal(JSON.stringify(df), JSON.stringify(text));
  assert.equal(JSON.stringify({ df: [df] }), JSON.stringify({ df: [text] }));
  for (const way of WAYS) assert.equal(way(df), text);
});

Deno.test("what is no frame is refused where a frame is wanted", () => {
  const df = frame();
  const given: readonly [unknown, string][] = [
    ["x", '"x"'],
    [undefined, "undefined"],
    [[1], "an array of length 1"],
    [Promise.resolve(df), "an object of class Promise"],
  ];
  for (const [value, text] of given) {
    const other = value as never;
    const calls = [
      () => df.join(other),
      () => df.crossJoin(other),
      () => df.union(other),
      () => df.unionByName(other),
      () => df.groupBy("id").cogroup(other),
    ];
    for (const call of calls) {
      assert.throws(call, {
        name: "TypeError",
        message:
          `Cannot use ${text} as a DataFrame: it is none; give a frame, such as one of spark.table() or createDataFrame()`,
      });
    }
  }
});

Deno.test("what is no rows, no window, no Map and no argument is refused by its value", () => {
  const df = frame();
  const given = "x" as never;
  const session = df.sparkSession;
  const calls: readonly [() => unknown, string][] = [
    [
      () => session.createDataFrame(undefined as never),
      "Cannot create a DataFrame of undefined: it holds no rows; give a list of objects or arrays, a table of apache-arrow, an RDD, or an async iterable",
    ],
    [
      () => session.createDataFrame(given),
      'Cannot create a DataFrame of "x": it holds no rows; give a list of objects or arrays, a table of apache-arrow, an RDD, or an async iterable',
    ],
    [
      () => df.col("id").over(undefined as never),
      'Cannot use undefined as a window: it is none; give one, such as Window.partitionBy("user")',
    ],
    [
      () => df.na.replace(given),
      'Cannot replace values by "x": it is no Map; give what replaces what, such as new Map([["old", "new"]])',
    ],
    [
      () => argumentsOf({ allowMissingColumns: true } as never),
      "Cannot use an object of class Object as an argument: give a text, a number, a boolean or a Column",
    ],
  ];
  for (const [call, message] of calls) {
    assert.throws(call, { name: "TypeError", message });
  }
});
