import assert from "node:assert/strict";
import * as fc from "fast-check";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import { KeyedMap } from "../../../../src/serde/keys/keyed_map.ts";
import { SpilledValues } from "../../../../worker/spill/spilled_values.ts";
import {
  SpillingGroups,
  type Values,
} from "../../../../worker/spill/spilling_groups.ts";
import { anyKey, anyText, sameValue } from "../../serde/records/arbitraries.ts";
import { type SpillRig, spillRig } from "./spill_rig.ts";

const pure = { permissions: "none" } as const;
const fewKeys = fc.constantFrom<unknown[]>(
  ...[NaN, 0, -0, 1, 1n, "1", "", null, undefined, [1], [1, "a"], { a: 1 }],
  ...["\uffff", "😀", new Date(0), new Uint8Array([0, 1])],
);
const someRecord = fc.record({
  key: fc.oneof({ weight: 4, arbitrary: fewKeys }, {
    weight: 1,
    arbitrary: anyKey,
  }),
  part: fc.nat(),
  value: fc.oneof(anyText, anyKey),
});

/** Groups of one list, `count` texts of 100 characters under each of the keys. */
function textGroups(
  rig: SpillRig,
  keys: readonly string[],
  count: number,
): SpillingGroups {
  const groups = new SpillingGroups(1, rig);
  for (let i = 0; i < count; i++) {
    for (const key of keys) groups.add(key, 0, textOf(key, i));
  }
  return groups;
}

function listsOf(groups: SpillingGroups): Values<unknown>[] {
  return [...groups.entries()].flatMap(([, lists]) => lists);
}

function textOf(key: string, i: number): string {
  return `${key} ${i}`.padEnd(100, ".");
}

function textsOf(key: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => textOf(key, i));
}

Deno.test(
  "SpillingGroups.entries() equals groups in memory",
  pure,
  () => {
    const records = fc.array(someRecord, { maxLength: 100 });
    const parts = fc.integer({ min: 1, max: 3 });
    const fitting = fc.constantFrom(1, 4, 20, Infinity);
    const limit = fc.constantFrom(0, 1 << 20);
    fc.assert(
      fc.property(
        records,
        parts,
        fitting,
        limit,
        (records, parts, fitting, limit) => {
          using rig = spillRig(fitting, Math.max(limit, 1));
          const plain = new KeyedMap<unknown, unknown[][]>();
          const groups = new SpillingGroups(parts, rig);
          for (const { key, part, value } of records) {
            groups.add(key, part % parts, value);
            const lists = plain.get(key) ??
              Array.from({ length: parts }, (): unknown[] => []);
            lists[part % parts]?.push(value);
            plain.set(key, lists);
          }
          const got = [...groups.entries()].map((
            [key, lists],
          ) => [key, lists.map((list) => [...list])]);
          const wanted = [...plain.entries()];
          if (rig.space.diskBytes > 0) {
            wanted.sort(([a], [b]) => compareKeys(a, b));
          }
          assert.ok(sameValue(got, wanted));
        },
      ),
    );
  },
);

Deno.test(
  "SpillingGroups gives arrays for small groups and SpilledValues for large ones",
  pure,
  () => {
    using rig = spillRig(200, 1 << 18);
    const groups = textGroups(rig, ["large"], 2000);
    for (let i = 0; i < 300; i++) groups.add("small", 0, i);
    const [large, small] = listsOf(groups);
    assert.ok(large instanceof SpilledValues);
    assert.ok(Array.isArray(small));
    assert.equal(large.length, 2000);
    assert.deepEqual([...large], textsOf("large", 2000));
    assert.deepEqual(Array.from(large), textsOf("large", 2000));
    assert.deepEqual(small, Array.from({ length: 300 }, (_, i) => i));
  },
);

Deno.test(
  "SpilledValues is read any number of times, in turns, and left early",
  pure,
  () => {
    using rig = spillRig(500, 1 << 10);
    const groups = textGroups(rig, ["a", "b"], 1000);
    const [a, b] = listsOf(groups);
    assert.ok(a instanceof SpilledValues && b instanceof SpilledValues);
    const others = b[Symbol.iterator]();
    let i = 0;
    for (const value of a) {
      assert.equal(value, textOf("a", i));
      assert.equal(others.next().value, textOf("b", i++));
    }
    assert.equal(others.next().done, true);
    for (const value of a) {
      assert.equal(value, textOf("a", 0));
      break;
    }
    assert.deepEqual(a[Symbol.iterator]().drop(998).toArray(), [
      textOf("a", 998),
      textOf("a", 999),
    ]);
    assert.deepEqual([...a, ...b], [
      ...textsOf("a", 1000),
      ...textsOf("b", 1000),
    ]);
  },
);

Deno.test(
  "SpilledValues stays readable until the task ends, and no longer",
  pure,
  () => {
    const rig = spillRig(500, 1 << 10);
    const groups = textGroups(rig, ["a"], 1000);
    const lists = listsOf(groups);
    assert.ok(rig.openFiles() > 0);
    const [values] = lists;
    assert.ok(values instanceof SpilledValues);
    assert.equal([...values].length, 1000);
    rig[Symbol.dispose]();
    assert.equal(rig.openFiles(), 0);
    assert.throws(() => [...values], { condition: "SPILL_FAILED" });
  },
);

Deno.test("SpilledValues is serialized and prints as an array", pure, () => {
  using rig = spillRig(500, 1 << 10);
  const groups = textGroups(rig, ["a"], 1000);
  const [values] = listsOf(groups);
  assert.ok(values instanceof SpilledValues);
  const wanted = textsOf("a", 1000);
  const cbor = createCborCodec();
  assert.deepEqual(cbor.decode(cbor.encode(["k", [values]])), ["k", [wanted]]);
  assert.deepEqual(rig.codec.decodeBatch(rig.codec.encodeBatch([values])), [
    wanted,
  ]);
  assert.equal(JSON.stringify({ values }), JSON.stringify({ values: wanted }));
});

Deno.test(
  "SpillingGroups merges hundreds of runs with a group in all of them",
  pure,
  () => {
    for (const limit of [1 << 10, 1 << 26]) {
      using rig = spillRig(10, limit);
      const groups = new SpillingGroups(2, rig);
      let most = 0;
      for (let i = 0; i < 8000; i++) {
        // Lists as keys do not wait for one another.
        groups.add(["both"], i % 2, i);
        groups.add([i % 50], 0, `${i}`);
        most = Math.max(most, rig.openFiles());
      }
      const entries = [...groups.entries()].map((
        [key, lists],
      ) => [key, lists.map((list) => [...list])]);
      assert.equal(entries.length, 51);
      assert.deepEqual(entries[7], [[7], [
        Array.from({ length: 160 }, (_, i) => `${7 + 50 * i}`),
        [],
      ]]);
      assert.deepEqual(entries[50], [["both"], [
        Array.from({ length: 4000 }, (_, i) => 2 * i),
        Array.from({ length: 4000 }, (_, i) => 2 * i + 1),
      ]]);
      assert.ok(most > 31 && most < 110, `${most} files were open`);
    }
  },
);

Deno.test(
  "SpillingGroups.entries() closes its files unless a group is read from them",
  pure,
  () => {
    for (const isLeftEarly of [false, true]) {
      using rig = spillRig(5, 1 << 26);
      const groups = textGroups(rig, ["a", "b", "c"], 300);
      assert.ok(rig.openFiles() > 0);
      for (const [key] of groups.entries()) {
        if (isLeftEarly && key === "b") break;
      }
      assert.equal(rig.openFiles(), 0);
    }
  },
);

Deno.test(
  "SpillingGroups in memory gives a key's lists as they were filled",
  pure,
  () => {
    using rig = spillRig(Infinity);
    const groups = new SpillingGroups(3, rig);
    groups.add([1], 2, "x");
    groups.add("k", 0, 1);
    groups.add([1], 2, "y");
    assert.deepEqual([...groups.entries()], [
      [[1], [[], [], ["x", "y"]]],
      ["k", [[1], [], []]],
    ]);
    assert.equal(rig.space.diskBytes, 0);
  },
);

Deno.test(
  "SpillingGroups holds values of 1 MB in blocks of their own",
  pure,
  () => {
    using rig = spillRig(8, 1 << 24);
    const groups = new SpillingGroups(1, rig);
    const value = (i: number): Uint8Array => new Uint8Array(1 << 20).fill(i);
    for (let i = 0; i < 20; i++) groups.add(i % 2, 0, value(i));
    let seen = 0;
    for (const [key, [values]] of groups.entries()) {
      assert.ok(values instanceof SpilledValues);
      let i = Number(key);
      for (const bytes of values) {
        assert.deepEqual(bytes, value(i));
        i += 2;
        seen++;
      }
    }
    assert.equal(seen, 20);
  },
);
