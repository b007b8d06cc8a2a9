import assert from "node:assert/strict";
import { OWN_PARAMS } from "../../../src/protocol/accumulator_params.ts";

const sum = OWN_PARAMS.get("sum");
const list = OWN_PARAMS.get("list");
assert(sum !== undefined && list !== undefined);

Deno.test("numbers and bigints are added among themselves", () => {
  assert.equal(sum.addInPlace(1, 2.5), 3.5);
  assert.equal(sum.addInPlace(1n, 2n), 3n);
});

Deno.test("what is no number is refused, and not joined to the sum", () => {
  for (
    const [term, told] of [
      ["2", '"2"'],
      [undefined, "undefined"],
      [null, "null"],
      [true, "true"],
      [2n, "2n"],
      [[3], "an array of length 1"],
    ] as const
  ) {
    assert.throws(() => sum.addInPlace(1, term), {
      name: "TypeError",
      message: `Cannot add ${told} to an accumulator of numbers: give a number`,
    });
  }
  assert.throws(() => sum.addInPlace(1n, 2), {
    message: "Cannot add 2 to an accumulator of bigints: give a bigint",
  });
});

Deno.test("a list takes lists, and no text letter by letter", () => {
  assert.deepEqual(list.addInPlace([1], [2, 3]), [1, 2, 3]);
  assert.deepEqual(list.addInPlace([1], new Set([2])), [1, 2]);
  for (const term of ["ab", 3, null, {}]) {
    assert.throws(() => list.addInPlace([], term), {
      name: "TypeError",
      message: /to an accumulator of lists: give a list/,
    });
  }
});
