import assert from "node:assert/strict";
import { returnedArrays } from "../../../../src/driver/closure/returned_arrays.ts";
import type { OwnArrays } from "../../../../src/protocol/own_arrays.ts";

const pure = { permissions: "none" } as const;

const known = [1];
const tagged = Object.assign([1, 2], { tag: true });

const CASES: readonly [f: unknown, arrays: OwnArrays][] = [
  [(x: number) => [x, x + 1], [null, null]],
  [(x: number) => ([x, [x, 1]] as const), [null, [null, null]]],
  [function (x: number) {
    return x > 0 ? [x, [1]] : [x, known];
  }, [null, null]],
  [(x: number) => {
    if (x > 1) return [[x], [1], 1];
    return [[x, 2], 2];
  }, [[null], null]],
  [(x: number) => [x, () => {
    return tagged;
  }], [null, null]],
  [(x: number) => [...tagged, [x]], []],
  [(x: number) => [, [x]], []], // deno-lint-ignore no-sparse-arrays
  // What somebody else may have had:
  [() => tagged, null],
  [(x: number) => {
    const pair = [x, 1];
    return Object.assign(pair, { tag: true });
  }, null],
  [(x: number) => x > 1 ? [x, 1] : tagged, null],
  [(x: number) => {
    if (x > 1) return tagged;
    return [x, 1];
  }, null],
  [(x: number) => Object.assign([x], { tag: true }), null],
  [async (x: number) => await Promise.resolve([x]), null],
  [function* (x: number) {
    yield x;
    return [x];
  }, null],
  [
    {
      pair(x: number) {
        return [x, 1];
      },
    }.pair,
    null,
  ],
  [((x: number) => [x]).bind(null), null],
  [new Proxy((x: number) => [x], { apply: () => tagged }), null],
  [class {}, null],
  [Math.max, null],
  ["(x) => [x]", null],
];

Deno.test(
  "returnedArrays() knows the literals that a function returns, and nothing else",
  pure,
  () => {
    for (const [f, arrays] of CASES) {
      assert.deepEqual(returnedArrays(f), arrays, String(f));
    }
  },
);
