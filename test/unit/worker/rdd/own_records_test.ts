import assert from "node:assert/strict";
import type {
  StageInput,
  StageOutput,
} from "../../../../src/protocol/command.ts";
import type { Step } from "../../../../src/protocol/step.ts";
import type { OwnArrays } from "../../../../src/protocol/own_arrays.ts";
import { ownRecords } from "../../../../worker/rdd/own_records.ts";

const pure = { permissions: "none" } as const;
const f = (): void => {};
const BATCH: StageInput = { kind: "batch" };
const OUT: StageOutput<unknown> = { kind: "batch", records: null };
const map: Step<unknown> = { op: "map", f };
const filter: Step<unknown> = { op: "filter", f };
const take: Step<unknown> = { op: "take", count: 1 };
const sortBy = (key: unknown, ofKeys: boolean): Step<unknown> => ({
  op: "sort",
  key,
  ofKeys,
  ascending: true,
});

const CASES: readonly [readonly Step<unknown>[], OwnArrays][] = [
  [[], "all"],
  [[take, { op: "distinct" }], "all"],
  [[sortBy(null, true)], "all"],
  [[sortBy(f, true)], null],
  [[sortBy(f, false)], null],
  [[map], null],
  [[{ op: "map", f, makes: [null, []] }, take], [null, []]],
  [[{ op: "map", f, makes: [null] }, filter], null],
  [[{ op: "keyBy", f }], [null, null]],
  [[{ op: "keyBy", f }, { op: "foreach", f }], null],
  [[map, { op: "tag", part: 0 }], [null, [null, null]]],
  [[{ op: "join", kind: "inner" }], [null, [null, null]]],
  [[{ op: "join", kind: "subtract" }], [null, null]],
  [[{ op: "join", kind: "intersect" }], null],
  [[{ op: "keyBy", f }, { op: "values" }], null],
];

Deno.test(
  "ownRecords() trusts no array that a function of the program has seen",
  pure,
  () => {
    for (const [steps, own] of CASES) {
      assert.deepEqual(
        ownRecords(BATCH, steps, OUT),
        own,
        JSON.stringify(steps),
      );
    }
    const rows: StageInput = {
      kind: "arrow",
      schema: "{}",
      largeVarTypes: false,
      longs: "number",
      timestamps: "date",
      dates: "date",
    };
    assert.equal(ownRecords(rows, [], OUT), null);
  },
);

Deno.test(
  "ownRecords() trusts no key that a partition function is given",
  pure,
  () => {
    const shuffle = (
      rule: Extract<StageOutput<unknown>, { kind: "shuffle" }>["rule"],
    ): StageOutput<unknown> => ({
      kind: "shuffle",
      partitions: 2,
      rule,
      site: "partitionBy()",
    });
    const bounds = new Uint8Array();
    const range = { kind: "range", bounds, ascending: true } as const;
    assert.equal(ownRecords(BATCH, [], shuffle({ kind: "hash" })), "all");
    assert.equal(
      ownRecords(BATCH, [], shuffle({ ...range, key: null })),
      "all",
    );
    assert.equal(ownRecords(BATCH, [], shuffle({ ...range, key: f })), null);
    const byFunction = shuffle({ kind: "function", f });
    assert.equal(ownRecords(BATCH, [], byFunction), null);
    const nested: Step<unknown> = { op: "map", f, makes: [[], []] };
    assert.deepEqual(ownRecords(BATCH, [nested], byFunction), [null, []]);
  },
);
