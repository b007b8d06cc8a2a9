import assert from "node:assert/strict";
import { EVAL_TYPE, MARKER } from "../../../src/protocol/marker.ts";

Deno.test({
  name: "MARKER holds Spark's special lengths",
  permissions: "none",
  fn(): void {
    assert.deepEqual(Object.values(MARKER), [-1, -2, -3, -4, -5, -6, -7, -8]);
  },
});

Deno.test({
  name: "EVAL_TYPE holds Spark's kinds of evaluation",
  permissions: "none",
  fn(): void {
    const from = (first: number, last: number): number[] =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index);
    assert.deepEqual(Object.values(EVAL_TYPE), [
      0,
      100,
      101,
      ...from(200, 217),
      ...from(250, 254),
      ...from(300, 302),
    ]);
  },
});
