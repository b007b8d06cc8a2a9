import assert from "node:assert/strict";
import * as fc from "fast-check";
import { compareKeys } from "../../../../src/serde/keys/compare.ts";
import { sortedOrder, sortKeys } from "../../../../worker/spill/key_sort.ts";
import { anyKey, anyText, sameValue } from "../../serde/records/arbitraries.ts";

const pure = { permissions: "none" } as const;
const someKeys: fc.Arbitrary<unknown[]> = fc.oneof(
  fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1))),
  fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN))),
  fc.array(fc.constantFrom("", "a", "ab", "\ud7ff", "é")),
  fc.array(fc.oneof(anyText, fc.constantFrom("\uffff", "😀", "\ud800"))),
  fc.array(fc.oneof(anyKey, fc.constantFrom(undefined, null, 1, 1n))),
  fc.array(fc.constant(undefined)),
);

/** Keys sorted as pairs with their index: no value is special to `sort` there. */
function wantedOrder(keys: readonly unknown[], sign: 1 | -1): number[] {
  return keys.map((key, i) => ({ key, i }))
    .sort((a, b) => sign * compareKeys(a.key, b.key) || a.i - b.i)
    .map(({ i }) => i);
}

Deno.test(
  "sortKeys() sorts as compareKeys() says, undefined first",
  pure,
  () => {
    fc.assert(fc.property(someKeys, (keys) => {
      const wanted = wantedOrder(keys, 1).map((i) => keys[i]);
      assert.ok(sameValue(sortKeys([...keys]), wanted));
    }));
    assert.deepEqual(sortKeys([1, undefined, null]), [undefined, null, 1]);
  },
);

Deno.test("sortedOrder() is stable in both directions", pure, () => {
  fc.assert(fc.property(someKeys, fc.constantFrom(1, -1), (keys, sign) => {
    assert.deepEqual([...sortedOrder(keys, sign)], wantedOrder(keys, sign));
  }));
});
