import assert from "node:assert/strict";
import { makeProcessor } from "../../../../src/common/make_processor.ts";
import { Meter } from "../../../../worker/udf/meter.ts";

type AnyFunction = (...args: unknown[]) => unknown;

Deno.test("Meter counts calls and rows, whatever the form", {
  permissions: "none",
}, async (t) => {
  const batch = { numRows: 5 };
  const table = { numRows: 4, *[Symbol.iterator]() {} };
  const giveTable = (): unknown => table;
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
    ["mapBatches", () => [batch, table], [], 9],
    ["groupBatches", () => batch, [], 5],
    ["groupBatches", giveTable, [], 4],
    ["groupTables", () => [batch, table], [], 9],
    ["cogroupBatches", () => Promise.resolve(table), [], 4],
    ["groupRows", () => [{}, {}], [], 2],
    ["groupRows", () => Promise.resolve([{}, {}]), [], 2],
    ["groupState", () => [{}, {}], [], 2],
    ["groupStateRow", () => ({}), [], 1],
    ["groupStateBatches", () => [table], [], 4],
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
      if (f === giveTable) assert.equal(result, table);
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

Deno.test(
  "Meter measures processors, by their class or by a function that makes them",
  {
    permissions: "none",
  },
  async () => {
    class Doubles {
      readonly started: unknown[] = [];
      init(handle: object) {
        this.started.push(handle);
      }
      *handleInputRows() {
        yield this.started.length;
        yield 2;
      }
    }
    for (const root of [Doubles, () => new Doubles(), new Doubles()]) {
      const meter = new Meter();
      const measured = meter.measured("processor", root);
      const processor = makeProcessor(measured, "doubles");
      await processor.init({});
      const rows = processor.handleInputRows({}, [], {}) as Iterable<unknown>;
      assert.deepEqual([...rows], [1, 2]);
      assert.deepEqual([meter.calls, meter.rows], [2, 2]);
    }
    assert.throws(
      () => makeProcessor(new Meter().measured("processor", () => 1), "one"),
      { condition: "PROCESSOR_INVALID" },
    );
  },
);
