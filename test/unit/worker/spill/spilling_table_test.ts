import assert from "node:assert/strict";
import * as fc from "fast-check";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { KeyedMap } from "../../../../src/serde/keys/keyed_map.ts";
import {
  SpillingTable,
  type TableRule,
} from "../../../../worker/spill/spilling_table.ts";
import { anyKey, anyText, sameValue } from "../../serde/records/arbitraries.ts";
import { spillRig } from "./spill_rig.ts";

const pure = { permissions: "none" } as const;
const fewKeys = fc.constantFrom<unknown[]>(
  ...[NaN, 0, -0, 1, 1n, "1", "", null, undefined, true, [1], [1, "a"]],
  ...[{ a: 1 }, "\uffff", "😀", "é", new Date(0), new Uint8Array([0, 1])],
);
const someKey = fc.oneof(fewKeys, anyKey, anyText);
const create = (value: number): number[] => [value];
const merge = (list: number[], value: number): number[] => [...list, value];
const join = (a: number[], b: number[]): number[] => [...a, ...b];
const lists = { create, merge, join };

/** Accumulators that are values themselves. */
function joining<V>(join: (a: V, b: V) => V): TableRule<V, V> {
  return { create: (value) => value, merge: join, join };
}

/** The sum of pairs' numbers: pairs go into the table one by one. */
const pairSums: TableRule<number, [number]> = {
  create: ([value]) => value,
  merge: (sum, [value]) => sum + value,
  join: (a, b) => a + b,
};

Deno.test(
  "SpillingTable.entries() after spills equals KeyedMap's, by key",
  pure,
  () => {
    const keys = fc.array(someKey, { minLength: 1, maxLength: 120 });
    const fitting = fc.constantFrom(1, 2, 5, 20);
    fc.assert(fc.property(keys, fitting, (keys, fitting) => {
      using rig = spillRig(fitting);
      const plain = new KeyedMap<unknown, number[]>();
      const table = new SpillingTable<unknown, number[], number>(lists, rig);
      keys.forEach((key, i) => {
        plain.combine(key, i, create, merge);
        table.combine(key, i);
      });
      const wanted = [...plain.entries()];
      const got = [...table.entries()];
      if (rig.space.diskBytes > 0) {
        wanted.sort(([a], [b]) => compareKeys(a, b));
      }
      assert.ok(sameValue(got, wanted));
      assert.equal(rig.openFiles(), 0);
    }));
  },
);

Deno.test("SpillingTable.keys() after spills gives each key once", pure, () => {
  using rig = spillRig(3);
  const same = (value: unknown): unknown => value;
  const table = new SpillingTable(joining(same), rig);
  for (let i = 0; i < 5000; i++) {
    const key = `key ${i * 7919 % 100}`;
    table.combine(key, null);
  }
  const wanted = Array.from({ length: 100 }, (_, i) => `key ${i}`).sort();
  assert.deepEqual([...table.keys()], wanted);
  assert.ok(rig.space.diskBytes > 0);
  assert.ok(rig.space.memoryBytes > 0);
  assert.equal(rig.openFiles(), 0);
});

Deno.test(
  "SpillingTable.combine() joins with what is on disk, in order of arrival",
  pure,
  () => {
    using rig = spillRig(1);
    const table = new SpillingTable<string, string>(
      joining((a, b) => a + b),
      rig,
    );
    for (let i = 0; i < 6; i++) table.combine(i % 2 ? "odd" : "even", `${i}`);
    assert.deepEqual([...table.entries()], [["even", "024"], ["odd", "135"]]);
  },
);

Deno.test(
  "SpillingTable in memory gives entries in KeyedMap's order, any number of times",
  pure,
  () => {
    using rig = spillRig(Infinity);
    const table = new SpillingTable<unknown, number>(
      joining((a, b) => a + b),
      rig,
    );
    table.combine([1], 1);
    table.combine("b", 2);
    table.combine("a", 3);
    for (let i = 0; i < 2; i++) {
      assert.deepEqual([...table.entries()], [[[1], 1], ["b", 2], ["a", 3]]);
      assert.deepEqual([...table.keys()], [[1], "b", "a"]);
    }
    assert.equal(rig.space.diskBytes, 0);
  },
);

Deno.test(
  "SpillingTable merges hundreds of runs with few files open",
  pure,
  () => {
    using rig = spillRig(1);
    const table = new SpillingTable<number, number, [number]>(pairSums, rig);
    let most = 0;
    for (let i = 0; i < 3000; i++) {
      table.combine(i % 500, [i]);
      most = Math.max(most, rig.openFiles());
    }
    const entries = [...table.entries()];
    assert.equal(entries.length, 500);
    assert.deepEqual(entries[3], [3, 6 * 3 + 500 * 15]);
    assert.ok(most > 31 && most < 100, `${most} files were open`);
    assert.equal(rig.openFiles(), 0);
  },
);

Deno.test(
  "SpillingTable.entries() closes its files when it is left early",
  pure,
  () => {
    using rig = spillRig(2);
    const table = new SpillingTable<number, number, [number]>(pairSums, rig);
    for (let i = 0; i < 50; i++) table.combine(i, [i]);
    assert.ok(rig.openFiles() > 0);
    for (const [key] of table.entries()) if (key === 3) break;
    assert.equal(rig.openFiles(), 0);
  },
);

Deno.test(
  "SpillingTable tells which accumulator cannot be written",
  pure,
  () => {
    using rig = spillRig(1);
    const table = new SpillingTable<number, unknown>(joining((a) => a), rig);
    assert.throws(() => {
      for (let i = 0; i < 9; i++) table.combine(i, { sum: () => i });
    }, { condition: "RECORD_NOT_SERIALIZABLE" });
  },
);

Deno.test(
  "SpillingTable.combine() keeps a key's order among numbers, lists and strings",
  pure,
  () => {
    const value = fc.oneof(
      fc.integer(),
      fc.constant(null),
      fc.string(),
      fc.constant([1]),
    );
    const key = fc.oneof(fc.constantFrom("a", "b", 1, 2), fc.nat(300));
    const records = fc.array(fc.tuple(key, value), { maxLength: 1500 });
    fc.assert(
      fc.property(records, (records) => {
        using rig = spillRig(Infinity);
        const wanted = new Map<unknown, unknown[]>();
        const table = new SpillingTable<unknown, unknown[], unknown>({
          create: (v) => [v],
          merge: (list, v) => (list.push(v), list),
          join: (a, b) => [...a, ...b],
        }, rig);
        for (const [key, value] of records) {
          table.combine(key, value);
          wanted.set(key, [...wanted.get(key) ?? [], value]);
        }
        assert.deepEqual([...table.entries()], [...wanted]);
      }),
      { numRuns: 30 },
    );
  },
);

Deno.test(
  "SpillingTable.combine() takes what an object holds now, not later",
  pure,
  () => {
    using rig = spillRig(Infinity);
    const table = new SpillingTable<string, number, [number]>(pairSums, rig);
    const reused: [number] = [0];
    for (let i = 1; i <= 3; i++) {
      reused[0] = i;
      table.combine("sum", reused);
    }
    assert.deepEqual([...table.entries()], [["sum", 6]]);
  },
);
