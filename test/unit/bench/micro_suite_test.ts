import assert from "node:assert/strict";
import {
  makeSamples,
  replay,
  scattered,
  toFrames,
} from "../../../bench/micro/samples.ts";
import { QUICK_EFFORT, timeRows } from "../../../bench/micro/suite.ts";
import { formatSuite } from "../../../bench/micro/suite_table.ts";

const pure = { permissions: "none" } as const;

Deno.test(
  "timeRows() calls every variant, those that await too, as often as asked",
  async () => {
    const calls = { plain: 0, awaiting: 0 };
    const [row] = await timeRows([{
      name: "count",
      items: 10,
      variants: {
        plain: () => ++calls.plain,
        awaiting: () => Promise.resolve(++calls.awaiting),
      },
    }], QUICK_EFFORT);
    assert.deepEqual(Object.keys(row?.variants ?? {}), ["plain", "awaiting"]);
    assert.equal(row?.variants["plain"]?.runs, QUICK_EFFORT.runs);
    assert.ok(calls.plain > QUICK_EFFORT.runs);
    assert.ok(calls.awaiting > QUICK_EFFORT.runs);
  },
);

Deno.test(
  "timeRows() takes the times of variants that time themselves, for each item",
  async () => {
    const [row] = await timeRows([{
      name: "own",
      items: 4,
      isSelfTimed: true,
      variants: { own: () => Promise.resolve({ overriddenDuration: 2 }) },
    }], QUICK_EFFORT);
    assert.deepEqual(row, {
      name: "own",
      items: 4,
      variants: { own: { median: 500_000, deviation: 0, runs: 2 } },
    });
  },
);

Deno.test(
  "timeRows() refuses variants that give different results",
  async () => {
    const row = {
      name: "sum",
      items: 1,
      variants: { right: () => [1], wrong: () => [2] },
    };
    await assert.rejects(
      timeRows([{ ...row, digest: (result) => result }], QUICK_EFFORT),
      new Error(
        'Cannot time "sum": "right" and "wrong" give different results; make them do the same work',
      ),
    );
    assert.equal((await timeRows([row], QUICK_EFFORT)).length, 1);
  },
);

Deno.test(
  "timeRows() gives on what a variant throws while it is timed",
  async () => {
    let calls = 0;
    const throws = () => {
      if (++calls > 1) throw new Error("Cannot go on");
      return calls;
    };
    await assert.rejects(
      timeRows([{ name: "row", items: 1, variants: { throws } }], QUICK_EFFORT),
      new Error("Cannot go on"),
    );
  },
);

Deno.test(
  "formatSuite() sets variants side by side, with ratios to the first",
  pure,
  () => {
    const timing = (median: number, deviation = 0) => ({
      median,
      deviation,
      runs: 8,
    });
    assert.equal(
      formatSuite("key", [
        {
          name: "hash",
          items: 1,
          variants: { addon: timing(10, 0.5), twin: timing(1_234) },
        },
        { name: "sort", items: 1, variants: { twin: timing(5.6e6) } },
        { name: "wait", items: 1, variants: { twin: timing(999_900) } },
        { name: "none", items: 1, variants: { addon: timing(0) } },
      ]),
      [
        "| for each key | addon       | twin        | twin ÷ addon |",
        "| ------------ | ----------- | ----------- | ------------ |",
        "| hash         | 10.0 ns ±5% | 1.23 µs ±0% | 123.40       |",
        "| sort         | –           | 5.60 ms ±0% | –            |",
        "| wait         | –           | 1.00 ms ±0% | –            |",
        "| none         | 0.00 ns ±0% | –           | –            |",
      ].join("\n"),
    );
  },
);

Deno.test(
  "scattered() gives each index once, in the same order every time",
  pure,
  () => {
    const order = scattered(1_000);
    assert.deepEqual(order, scattered(1_000));
    assert.notDeepEqual(order, makeSamples(1_000, (index) => index));
    assert.deepEqual(
      order.toSorted((a, b) => a - b),
      makeSamples(1_000, (index) => index),
    );
  },
);

Deno.test("replay() gives the same frames again and again", pure, () => {
  const reader = replay(toFrames([new Uint8Array([7, 8])], -1));
  for (let round = 0; round < 3; round++) {
    assert.deepEqual(reader.readSizedBytes(), new Uint8Array([7, 8]));
    assert.equal(reader.readInt(), -1);
  }
});
