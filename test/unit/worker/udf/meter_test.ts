import assert from "node:assert/strict";
import { Meter } from "../../../../worker/udf/meter.ts";

type AnyFunction = (...args: unknown[]) => unknown;

Deno.test("Meter counts calls and rows, whatever the form", {
  permissions: "none",
}, async (t) => {
  const batch = { numRows: 5 };
  const cases: readonly [
    form: Parameters<Meter["measured"]>[0],
    f: unknown,
    given: unknown[],
    rows: number,
  ][] = [
    ["row", (x: number) => x, [1], 1],
    ["asyncRow", (x: number) => Promise.resolve(x), [1], 1],
    ["vector", (x: number[]) => x, [[1, 2, 3]], 3],
    ["aggregate", (x: number[]) => x.length, [[1, 2, 3]], 3],
    ["mapBatches", () => [batch, batch].values(), [], 10],
    ["groupBatches", () => batch, [], 0],
    ["groupRows", () => [{}, {}], [], 2],
    [
      "mapPartition",
      async function* () {
        yield {};
      },
      [],
      1,
    ],
  ];
  for (const [form, f, given, rows] of cases) {
    await t.step(form, async () => {
      const meter = new Meter();
      const result = await (meter.measured(form, f) as AnyFunction)(...given);
      if (typeof Object(result)[Symbol.asyncIterator] === "function") {
        await Array.fromAsync(result as AsyncIterable<unknown>);
      } else if (typeof Object(result)[Symbol.iterator] === "function") {
        for (const _ of result as Iterable<unknown>);
      }
      assert.deepEqual([meter.calls, meter.rows], [1, rows]);
      assert.ok(meter.milliseconds >= 0 && Number.isFinite(meter.milliseconds));
    });
  }
});

Deno.test("Meter measures methods, and leaves the program's object as it is", {
  permissions: "none",
}, () => {
  const meter = new Meter();
  const aggregator = Object.freeze({
    sum: 1,
    zero() {
      return this.sum;
    },
  });
  const measured = meter.measured("aggregate", aggregator) as typeof aggregator;
  assert.equal(measured.zero(), 1);
  assert.equal(meter.calls, 1);
  class Handler {
    readonly #by = 2;
    *eval(x: number): Generator<number> {
      yield x * this.#by;
    }
  }
  const Measured = meter.measured("table", Handler) as typeof Handler;
  assert.deepEqual([...new Measured().eval(3)], [6]);
  assert.equal(meter.calls, 2);
});

Deno.test("Meter passes on what a function throws, and counts the call", {
  permissions: "none",
}, () => {
  const meter = new Meter();
  const f = meter.measured("row", () => {
    throw new RangeError("no");
  }) as AnyFunction;
  assert.throws(() => f(1), RangeError);
  assert.equal(meter.calls, 1);
});
