import assert from "node:assert/strict";
import { inspect } from "node:util";
import {
  Accumulator,
  defaultParam,
} from "../../../../src/driver/runtime/accumulator.ts";
import { countReads } from "../../count_reads.ts";

const pure = { permissions: "none" } as const;

function listOf(value: number[]): Accumulator<unknown> {
  return new Accumulator<unknown>(1, value, defaultParam(value), () => {});
}

Deno.test(
  "Accumulator adds to a list in steps for its terms alone",
  pure,
  () => {
    const list = listOf([]);
    const read = countReads(() => {
      for (let i = 0; i < 1000; i++) list.add([i, i]);
    });
    assert.equal(read, 2000);
    assert.equal((list.value as number[]).length, 2000);
  },
);

Deno.test("Accumulator changes no list that the program holds", pure, () => {
  const first = [1];
  const list = listOf(first);
  list.add([2]);
  list.add([3]);
  assert.deepEqual(first, [1]);
  const seen = list.value;
  list.add([4]);
  assert.deepEqual(seen, [1, 2, 3]);
  const set = [7];
  list.value = set;
  list.add([8]);
  assert.deepEqual(set, [7]);
  assert.deepEqual(list.value, [7, 8]);
});

Deno.test(
  "Accumulator adds by the program's own param as that says",
  pure,
  () => {
    const value = new Set([1]);
    const union = new Accumulator(1, value, {
      zero: () => new Set<number>(),
      addInPlace(a, b) {
        for (const item of b) a.add(item);
        return a;
      },
    }, () => {});
    union.add(new Set([2]));
    assert.equal(union.value, value);
    assert.deepEqual(value, new Set([1, 2]));
  },
);

Deno.test("defaultParam() has no way of adding for other values", pure, () => {
  assert.throws(
    () => defaultParam(new Set()),
    new TypeError(
      "Cannot make an accumulator of an object of class Set: no default accumulator param for it; give a param with zero() and addInPlace()",
    ),
  );
  assert.throws(
    () => defaultParam(null),
    new TypeError(
      "Cannot make an accumulator of null: no default accumulator param for it; give a param with zero() and addInPlace()",
    ),
  );
});

Deno.test("an accumulator is printed with its value, by every console", () => {
  const list = listOf([1]);
  list.add([2]);
  for (const way of [Deno.inspect, inspect]) {
    assert.equal(way(list), "Accumulator { id: 1, value: [ 1, 2 ] }");
  }
  assert.equal(String(list), "Accumulator(id=1, value=[ 1, 2 ])");
  assert.equal(JSON.stringify(list), '{"id":1,"value":[1,2]}');
});
