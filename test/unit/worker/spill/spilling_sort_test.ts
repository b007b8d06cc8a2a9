import assert from "node:assert/strict";
import * as fc from "fast-check";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { SpillingSort } from "../../../../worker/spill/spilling_sort.ts";
import { anyKey, anyText, sameValue } from "../../serde/records/arbitraries.ts";
import { spillRig } from "./spill_rig.ts";

const pure = { permissions: "none" } as const;
const keyOf = (record: unknown): unknown => (record as [unknown, number])[0];

/** Keys of one kind, or of many, with repetitions. */
const someKeys = fc.oneof(
  fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double())),
  fc.array(fc.constantFrom("", "a", "ab", "\ud7ff", "é")),
  fc.array(fc.oneof(anyText, fc.constantFrom("\uffff", "😀", "\ud800"))),
  fc.array(fc.tuple(fc.constantFrom("x", "y"), fc.integer({ max: 2 }))),
  fc.array(fc.oneof(anyKey, fc.constantFrom(NaN, 0, -0, 1, 1n, null))),
);

Deno.test(
  "SpillingSort.records() is stable and equals a sort in memory",
  pure,
  () => {
    const fitting = fc.constantFrom(1, 3, 10, Infinity);
    fc.assert(
      fc.property(someKeys, fitting, fc.boolean(), (keys, fitting, up) => {
        using rig = spillRig(fitting);
        const sorter = new SpillingSort(keyOf, up, rig);
        const records = keys.map((key, i): [unknown, number] => [key, i]);
        for (const record of records) sorter.add(record);
        const sign = up ? 1 : -1;
        records.sort(([a], [b]) => sign * compareKeys(a, b));
        assert.ok(sameValue([...sorter.records()], records));
        assert.equal(rig.openFiles(), 0);
      }),
    );
  },
);

Deno.test("SpillingSort merges hundreds of runs in order", pure, () => {
  for (const up of [true, false]) {
    using rig = spillRig(1);
    const sorter = new SpillingSort(keyOf, up, rig);
    for (let i = 0; i < 3000; i++) sorter.add([i * 7919 % 100, i]);
    const got = [...sorter.records()] as [number, number][];
    const wanted = got.toSorted(([a, i], [b, j]) =>
      (up ? a - b : b - a) || i - j
    );
    assert.equal(got.length, 3000);
    assert.deepEqual(got, wanted);
    assert.ok(rig.space.diskBytes > 3000 * 9);
    assert.equal(rig.openFiles(), 0);
  }
});

Deno.test("SpillingSort asks for each key once", pure, () => {
  using rig = spillRig(2);
  let asked = 0;
  const sorter = new SpillingSort((record) => (asked++, record), true, rig);
  for (let i = 0; i < 100; i++) sorter.add(i);
  assert.equal([...sorter.records()].length, 100);
  assert.equal(asked, 100);
});

Deno.test(
  "SpillingSort.records() closes its files when it is left early",
  pure,
  () => {
    using rig = spillRig(2);
    const sorter = new SpillingSort((record) => record, true, rig);
    for (let i = 0; i < 50; i++) sorter.add(50 - i);
    assert.ok(rig.openFiles() > 0);
    for (const record of sorter.records()) {
      assert.equal(record, 1);
      break;
    }
    assert.equal(rig.openFiles(), 0);
  },
);

Deno.test("SpillingSort refuses keys without a value to compare", pure, () => {
  using rig = spillRig(Infinity);
  const sorter = new SpillingSort((record) => record, true, rig);
  sorter.add(() => 1);
  sorter.add(() => 2);
  assert.throws(() => [...sorter.records()], {
    condition: "KEY_NOT_COMPARABLE",
  });
});
