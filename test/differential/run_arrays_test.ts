import assert from "node:assert/strict";
import { runArrayAction } from "./array_actions.ts";
import { ACTIONS, type FinalAction, type Step } from "./program.ts";
import { TRANSFORMATIONS } from "./program.ts";
import { INT } from "./record_type.ts";
import { runStep } from "./run_arrays.ts";

type Case = readonly [
  step: Partial<Step> & Pick<Step, "op">,
  inputs: readonly (readonly unknown[])[],
  expected: readonly unknown[],
];

const PAIRS = [["a", 1], ["b", 2], ["a", 3]];
const OTHERS = [["a", 7], ["c", 8]];

/** Worked by hand: the reference is checked by nothing else. */
const STEPS: readonly Case[] = [
  [{ op: "map", f: "increment" }, [[1, 2]], [2, 3]],
  [{ op: "flatMap", f: "words" }, [["a b", ""]], ["a", "b", ""]],
  [{ op: "flatMap", f: "letters" }, [["é😀"]], ["é", "😀"]],
  [{ op: "mapPartitions", f: "twice" }, [[[1]]], [[1], [1]]],
  [{ op: "filter", f: "thirdOfMeasure" }, [[3, 4, -3]], [4]],
  [{ op: "mapValues", f: "negate" }, [PAIRS], [["a", -1], ["b", -2], [
    "a",
    -3,
  ]]],
  [{ op: "flatMapValues", f: "countdown" }, [PAIRS], [
    ["a", 0],
    ["b", 0],
    ["b", 1],
    ["a", 0],
    ["a", 1],
    ["a", 2],
  ]],
  [{ op: "keys" }, [PAIRS], ["a", "b", "a"]],
  [{ op: "values" }, [PAIRS], [1, 2, 3]],
  [{ op: "keyBy", f: "remainder5" }, [[-1]], [[4, -1]]],
  [{ op: "groupBy", f: "remainder5" }, [[1, 6, 2]], [[1, [1, 6]], [2, [2]]]],
  [{ op: "groupByKey" }, [PAIRS], [["a", [1, 3]], ["b", [2]]]],
  [{ op: "reduceByKey", f: "add" }, [PAIRS], [["a", 4], ["b", 2]]],
  [{ op: "foldByKey", f: "larger" }, [PAIRS], [["a", 3], ["b", 2]]],
  [{ op: "aggregateByKey", f: "countAndMeasure" }, [PAIRS], [
    ["a", [2, 4]],
    ["b", [1, 2]],
  ]],
  [{ op: "combineByKey", f: "gathered" }, [PAIRS], [["a", [1, 3]], ["b", [2]]]],
  [{ op: "distinct" }, [[[1, "a"], [2, "a"], [1, "a"]]], [[1, "a"], [2, "a"]]],
  [{ op: "union" }, [[1, 2], [2]], [1, 2, 2]],
  [{ op: "intersection" }, [[1, 2, 2, 3], [2, 3, 3]], [2, 3]],
  [{ op: "subtract" }, [[1, 1, 2], [2]], [1, 1]],
  [{ op: "subtractByKey" }, [PAIRS, OTHERS], [["b", 2]]],
  [{ op: "join" }, [PAIRS, OTHERS], [["a", [1, 7]], ["a", [3, 7]]]],
  [{ op: "leftOuterJoin" }, [PAIRS, OTHERS], [
    ["a", [1, 7]],
    ["a", [3, 7]],
    ["b", [2, undefined]],
  ]],
  [{ op: "rightOuterJoin" }, [PAIRS, OTHERS], [
    ["a", [1, 7]],
    ["a", [3, 7]],
    ["c", [undefined, 8]],
  ]],
  [{ op: "fullOuterJoin" }, [PAIRS, OTHERS], [
    ["a", [1, 7]],
    ["a", [3, 7]],
    ["b", [2, undefined]],
    ["c", [undefined, 8]],
  ]],
  [{ op: "cogroup" }, [PAIRS, OTHERS], [
    ["a", [[1, 3], [7]]],
    ["b", [[2], []]],
    ["c", [[], [8]]],
  ]],
  [{ op: "groupWith" }, [OTHERS, [], OTHERS], [
    ["a", [[7], [], [7]]],
    ["c", [[8], [], [8]]],
  ]],
  [{ op: "cartesian" }, [[1, 2], ["a"]], [[1, "a"], [2, "a"]]],
  [{ op: "zip" }, [[1, 2], ["a", "b"]], [[1, "a"], [2, "b"]]],
  [{ op: "zipWithIndex" }, [["a", "b"]], [["a", 0], ["b", 1]]],
  [{ op: "sortBy", f: "itself" }, [["😀", "～", "a", "", "ab"]], [
    "",
    "a",
    "ab",
    "～",
    "😀",
  ]],
  [{ op: "sortBy", f: "itself", ascending: false }, [[9, 10, -1]], [10, 9, -1]],
  [{ op: "sortByKey", keyFunction: "negate" }, [[[1, "a"], [2, "b"]]], [
    [2, "b"],
    [1, "a"],
  ]],
  [
    {
      op: "repartitionAndSortWithinPartitions",
      partitions: 2,
      ascending: false,
    },
    [[[1, 0], [2, 0], [-3, 0], [4, 0]]],
    [[4, 0], [2, 0], [1, 0], [-3, 0]],
  ],
  [{ op: "repartition" }, [[1]], [1]],
  [{ op: "coalesce" }, [[1]], [1]],
  [{ op: "partitionBy" }, [PAIRS], PAIRS],
  [{ op: "glom" }, [[1]], [1]],
  [{ op: "cache" }, [[1]], [1]],
];

for (const [step, inputs, expected] of STEPS) {
  const { op, f = "", keyFunction = "" } = step;
  const records = JSON.stringify(inputs);
  Deno.test(`runStep() runs ${op}(${f}${keyFunction}) on ${records}`, {
    permissions: "none",
  }, () => {
    assert.deepEqual(runStep({ type: INT, of: [], ...step }, inputs), expected);
  });
}

type ActionCase = readonly [
  action: Partial<FinalAction> & Pick<FinalAction, "op">,
  records: readonly unknown[],
  expected: unknown,
];

const NUMBERS = [3, 1, 2, 2];

const RUNS: readonly ActionCase[] = [
  [{ op: "collect" }, NUMBERS, NUMBERS],
  [{ op: "count" }, NUMBERS, 4],
  [{ op: "countByKey" }, PAIRS, [["a", 2], ["b", 1]]],
  [{ op: "countByValue" }, NUMBERS, [[3, 1], [1, 1], [2, 2]]],
  [{ op: "reduce", f: "smaller" }, NUMBERS, 1],
  [{ op: "treeReduce", f: "add" }, NUMBERS, 8],
  [{ op: "fold", f: "largerText" }, [], ""],
  [{ op: "fold", f: "smallerText" }, ["😀", "～"], "～"],
  [{ op: "aggregate", f: "counted" }, NUMBERS, 4],
  [{ op: "treeAggregate", f: "measured" }, ["a"], 98],
  [{ op: "sum" }, NUMBERS, 8],
  [{ op: "mapPartitionsWithIndex" }, NUMBERS, 8],
  [{ op: "max", keyFunction: "negate" }, NUMBERS, 1],
  [{ op: "min" }, [[2, 0], [1, 5], [1, 4, 0]], [1, 4, 0]],
  [{ op: "take", num: 2 }, NUMBERS, [3, 1]],
  [{ op: "takeOrdered", num: 3 }, NUMBERS, [1, 2, 2]],
  [{ op: "top", num: 2 }, NUMBERS, [3, 2]],
  [{ op: "first" }, NUMBERS, 3],
  [{ op: "lookup", key: "a" }, PAIRS, [1, 3]],
  [{ op: "isEmpty" }, [], true],
  [{ op: "collectAsMap" }, PAIRS, [["a", 3], ["b", 2]]],
  [{ op: "reduceByKeyLocally", f: "add" }, PAIRS, [["a", 4], ["b", 2]]],
  [{ op: "histogram", buckets: 2 }, NUMBERS, [[1, 2, 3], [1, 3]]],
  [{ op: "histogram", buckets: [0, 2, 3] }, [-1, ...NUMBERS, 4], [
    [0, 2, 3],
    [1, 3],
  ]],
  [{ op: "histogram", buckets: 3 }, [5, 5], [[5, 5], [2]]],
  [{ op: "stats" }, [1, 2, 3, 2], [4, 2, 8, 1, 3, 0.5, Math.sqrt(0.5)]],
  [{ op: "mean" }, NUMBERS, 2],
];

for (const [action, records, expected] of RUNS) {
  const { op } = action;
  const name = `${op}() ${JSON.stringify(action)}`;
  Deno.test(`runArrayAction() runs ${name} on ${JSON.stringify(records)}`, {
    permissions: "none",
  }, () => {
    assert.deepEqual(runArrayAction({ of: 0, ...action }, records), expected);
  });
}

Deno.test("runArrayAction() refuses an empty RDD where Spark does", {
  permissions: "none",
}, () => {
  for (const op of ["reduce", "treeReduce", "first", "max", "min"] as const) {
    assert.throws(
      () => runArrayAction({ op, of: 0, f: "add" }, []),
      { message: "No record: empty" },
    );
  }
});

Deno.test(
  "these tests have a case of every operation",
  { permissions: "none" },
  () => {
    const tested = new Set([
      ...STEPS.map(([step]) => step.op),
      ...RUNS.map(([action]) => action.op),
    ]);
    const all = [...TRANSFORMATIONS, ...ACTIONS];
    assert.deepEqual(all.filter((op) => !tested.has(op)), []);
  },
);
