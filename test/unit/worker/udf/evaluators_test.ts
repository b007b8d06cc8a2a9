import assert from "node:assert/strict";
import { SparkError } from "../../../../src/common/errors.ts";
import { FailedCall } from "../../../../worker/task/failed_call.ts";
import { ProtocolError } from "../../../../src/common/errors.ts";
import { EVAL_TYPE } from "../../../../src/protocol/marker.ts";
import {
  cogroups,
  groups,
  rigFunction as f,
  type RigTask,
  runUdfTask,
  stream,
} from "./udf_rig.ts";

interface Named {
  readonly id: number;
  readonly name: string | null;
}

const ROWS = "id INT, name STRING";
const STRUCT = "_0 STRUCT<id: INT, name: STRING>";
const PEOPLE: unknown[][] = [
  [[[1, "a"]], [[2, null]]],
  [],
  [[[3, "ü𝄞"]]],
];
const NUMBERS: unknown[][] = [[[1, "a"], [2, null], [null, "c"]], [], [[
  4,
  "",
]]];
const KEYED = "k STRING, x INT";

type Case = readonly [name: string, task: RigTask, output: unknown[][][]];

const ROW_CASES: readonly Case[] = [
  [
    "row functions, each a column",
    {
      evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
      functions: [
        f("row", "INT", [0], (x: number | null) => x === null ? null : x + 1),
        f(
          "row",
          "STRING",
          [1, 0],
          (name: string | null, x: number | null) => `${name}${x}`,
        ),
      ],
      input: stream(ROWS, ...NUMBERS),
    },
    [[[2, "a1"], [3, "null2"], [null, "cnull"]], [], [[5, "4"]]],
  ],
  [
    "a row function that is not called with nulls",
    {
      evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
      functions: [f("row", "INT", [0], (x: number) => x * 2, {
        nullInput: "skip",
      })],
      input: stream(ROWS, ...NUMBERS),
    },
    [[[2], [4], [null]], [], [[8]]],
  ],
  [
    "a function over whole columns",
    {
      evalType: EVAL_TYPE.SQL_SCALAR_PANDAS_UDF,
      functions: [
        f(
          "vector",
          "INT",
          [0],
          (column: Iterable<number | null>) =>
            Array.from(column, (x) => (x ?? 0) * 10),
        ),
      ],
      input: stream(ROWS, ...NUMBERS),
    },
    [[[10], [20], [0]], [], [[40]]],
  ],
  [
    "a function over an iterator of columns, set up once",
    {
      evalType: EVAL_TYPE.SQL_SCALAR_PANDAS_ITER_UDF,
      functions: [
        f("vectorIterator", "INT", [0], function* (
          batches: Iterable<Iterable<number | null>[]>,
        ) {
          let offset = 100;
          for (const [column = []] of batches) {
            yield Array.from(column, () => offset++);
          }
        }),
      ],
      input: stream(ROWS, ...NUMBERS),
    },
    [[[100], [101], [102]], [], [[103]]],
  ],
  [
    "mapRow",
    {
      evalType: EVAL_TYPE.SQL_MAP_ARROW_ITER_UDF,
      functions: [
        f("mapRow", "n INT, t STRING", [0], ({ id, name }: Named) => ({
          n: -id,
          t: name,
        })),
      ],
      input: stream(STRUCT, ...PEOPLE),
    },
    [[[{ n: -1, t: "a" }], [{ n: -2, t: null }], [{ n: -3, t: "ü𝄞" }]]],
  ],
  [
    "flatMapRow",
    {
      evalType: EVAL_TYPE.SQL_MAP_ARROW_ITER_UDF,
      functions: [
        f(
          "flatMapRow",
          "n INT, m INT",
          [0],
          ({ id }: Named) => new Array(id - 1).fill({ n: id, m: null }),
        ),
      ],
      input: stream(STRUCT, ...PEOPLE),
    },
    [[2, 3, 3].map((n) => [{ n, m: null }])],
  ],
  [
    "mapPartition, of which not all is read",
    {
      evalType: EVAL_TYPE.SQL_MAP_ARROW_ITER_UDF,
      functions: [
        f("mapPartition", "n INT, m INT", [0], function* (
          rows: Iterable<Named>,
        ) {
          for (const { id } of rows) {
            yield { n: id, m: 0 };
            return;
          }
        }),
      ],
      input: stream(STRUCT, ...PEOPLE),
    },
    [[[{ n: 1, m: 0 }]]],
  ],
];

const GROUPED_CASES: readonly Case[] = (["3.5", "4.1"] as const).flatMap(
  (dialect): Case[] => {
    const input = groups(dialect, KEYED, [["a", 1], ["a", 2]], [["b", 5]]);
    return [
      [
        `groups in ${dialect}`,
        {
          evalType: EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF,
          dialect,
          functions: [
            f("groupRows", "k STRING, n INT", [3, 1, 0, 1], (
              key: { k: string },
              rows: Iterable<{ x: number }>,
            ) => {
              let n = 0;
              for (const { x } of rows) n += x;
              return [{ k: key.k, n }];
            }),
          ],
          input,
        },
        [[[{ k: "a", n: 3 }], [{ k: "b", n: 5 }]]],
      ],
      [
        `groups in ${dialect} whose rows nobody reads`,
        {
          evalType: EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF,
          dialect,
          functions: [
            f("groupRows", "k STRING, n INT", [3, 1, 0, 1], (
              { k }: { k: string },
            ) => [{ k, n: 0 }]),
          ],
          input,
        },
        [[[{ k: "a", n: 0 }], [{ k: "b", n: 0 }]]],
      ],
      [
        `aggregates in ${dialect}`,
        {
          evalType: EVAL_TYPE.SQL_GROUPED_AGG_PANDAS_UDF,
          dialect,
          functions: [
            f(
              "aggregate",
              "INT",
              [1],
              (xs: number[]) => Math.max(...xs),
            ),
          ],
          input,
        },
        [[[2]], [[5]]],
      ],
      [
        `windows without bounds in ${dialect}`,
        {
          evalType: EVAL_TYPE.SQL_WINDOW_AGG_PANDAS_UDF,
          dialect,
          functions: [
            f("aggregate", "INT", [1], (xs: number[]) => xs.length),
          ],
          input,
          confs: new Map([
            ["pandas_window_bound_types", "unbounded"],
            ["window_bound_types", "unbounded"],
          ]),
        },
        [[[2], [2]], [[1]]],
      ],
    ];
  },
);

const OTHER_CASES: readonly Case[] = [
  [
    "windows with bounds",
    {
      evalType: EVAL_TYPE.SQL_WINDOW_AGG_PANDAS_UDF,
      functions: [
        f("aggregate", "STRING", [0, 1, 2], (xs: number[]) => xs.join()),
      ],
      input: stream("b INT, e INT, x INT", [[0, 1, 7], [0, 2, 8], [1, 3, 9]]),
      confs: new Map([["pandas_window_bound_types", "bounded"]]),
    },
    [[["7"], ["7,8"], ["8,9"]]],
  ],
  [
    "cogroups, one side of which may be empty",
    {
      evalType: EVAL_TYPE.SQL_COGROUPED_MAP_PANDAS_UDF,
      functions: [
        f("cogroupRows", "k STRING, n INT", [3, 1, 0, 1, 3, 1, 0, 1], (
          { k }: { k: string },
          left: unknown[],
          right: unknown[],
        ) => [{ k, n: 10 * left.length + right.length }]),
      ],
      input: cogroups(
        KEYED,
        [[["a", 1], ["a", 2]], [["a", 3]]],
        [[], [["b", 4]]],
      ),
    },
    [[[{ k: "a", n: 21 }], [{ k: "b", n: 1 }]]],
  ],
  [
    "a table function with a method for the end",
    {
      evalType: EVAL_TYPE.SQL_ARROW_TABLE_UDF,
      functions: [
        f(
          "table",
          "n INT, t STRING",
          [0],
          class {
            count = 0;
            *eval(n: number | null): Generator<unknown> {
              this.count++;
              for (let i = 0; i < (n ?? 0); i++) yield { n: i, t: `${n}` };
            }
            terminate(): unknown[] {
              return [{ n: this.count, t: "end" }];
            }
          },
        ),
      ],
      input: stream("n INT", [[2], [null]], [[1]]),
    },
    [
      [[{ n: 0, t: "2" }], [{ n: 1, t: "2" }]],
      [],
      [[{ n: 0, t: "1" }]],
      [[{ n: 3, t: "end" }]],
    ],
  ],
];

for (
  const [name, task, output] of [
    ...ROW_CASES,
    ...GROUPED_CASES,
    ...OTHER_CASES,
  ]
) {
  Deno.test(`evaluators: ${name}`, async () => {
    for (const chunkBytes of [1, 7, 4096]) {
      assert.deepEqual(await runUdfTask({ ...task, chunkBytes }), output);
    }
  });
}

Deno.test("evaluators refuse streams that end too early, at every byte", async () => {
  const [, task] = ROW_CASES[0] as Case;
  const { input } = task;
  for (let length = 0; length < input.length; length++) {
    await assert.rejects(
      runUdfTask({ ...task, input: input.subarray(0, length) }),
      (error: unknown) => {
        assert.ok(error instanceof ProtocolError, `${length}: ${error}`);
        assert.equal(error.condition, "BYTES_TRUNCATED");
        assert.match(
          error.message,
          /^Cannot read an Arrow message: the JVM closed the connection after \d+ of \d+ bytes$/,
        );
        return true;
      },
    );
  }
});

/** Tasks that are none, and what is said of them. */
const WRONG: readonly [string, RigTask, RegExp][] = [
  [
    "a column that does not come",
    {
      evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
      functions: [f("row", "INT", [5], () => 1)],
      input: stream(ROWS, ...NUMBERS),
    },
    /it takes column 5 of 2/,
  ],
  [
    "a function of another form",
    {
      evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
      functions: [f("table", "INT", [0], () => 1)],
      input: stream(ROWS),
    },
    /a task for "row" has a function for "table"/,
  ],
  [
    "two functions where one is evaluated",
    {
      evalType: EVAL_TYPE.SQL_SCALAR_PANDAS_ITER_UDF,
      functions: [1, 2].map(() => f("vectorIterator", "INT", [0], () => [])),
      input: stream(ROWS),
    },
    /a task for "vectorIterator" has 2 functions/,
  ],
  [
    "columns of groups that are listed wrongly",
    {
      evalType: EVAL_TYPE.SQL_GROUPED_MAP_PANDAS_UDF,
      functions: [f("groupRows", "k STRING, n INT", [9, 1, 0, 1], () => [])],
      input: stream(KEYED),
    },
    /its columns are listed as 9,1,0,1/,
  ],
];

for (const [name, task, message] of WRONG) {
  Deno.test(`evaluators refuse ${name}`, async () => {
    await assert.rejects(runUdfTask(task), {
      name: "ProtocolError",
      condition: "UDF_INVALID",
      message,
    });
  });
}

Deno.test("what a function throws names its arguments, and its results are counted", async () => {
  const thrown = {
    evalType: EVAL_TYPE.SQL_ARROW_BATCHED_UDF,
    functions: [f("row", "INT", [0, 1], (x: number | null) => {
      if (x === 2) throw new RangeError("two");
      return x;
    })],
    input: stream(ROWS, ...NUMBERS),
  };
  await assert.rejects(runUdfTask(thrown), {
    call: "f(2, null) of udf() at app.ts:1:1",
    cause: new RangeError("two"),
  });
  const short = {
    evalType: EVAL_TYPE.SQL_SCALAR_PANDAS_ITER_UDF,
    functions: [f("vectorIterator", "INT", [0], () => [[1]])],
    input: stream(ROWS, ...NUMBERS),
  };
  await assert.rejects(runUdfTask(short), (error: unknown) => {
    assert.ok(error instanceof FailedCall);
    assert.equal(error.call, "f() of udf() at app.ts:1:1");
    const { cause } = error;
    assert.ok(cause instanceof SparkError);
    assert.equal(cause.condition, "COLUMN_INVALID");
    assert.equal(
      cause.message,
      'Cannot take the results of "f": it gave 1 values after it was given 3 rows, or left some unread; read all batches, and give one value for each row',
    );
    return true;
  });
});
