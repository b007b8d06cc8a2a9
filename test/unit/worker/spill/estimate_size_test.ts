import assert from "node:assert/strict";
import { estimateSize } from "../../../../worker/spill/estimate_size.ts";

const pure = { permissions: "none" } as const;
const MEGABYTE = 1 << 20;
const text = "x".repeat(MEGABYTE);

Deno.test("estimateSize() counts texts and buffers in full", pure, () => {
  assert.equal(estimateSize(text, 0), MEGABYTE);
  assert.equal(estimateSize(new Float64Array(MEGABYTE / 8), 0), MEGABYTE);
  assert.equal(estimateSize(new DataView(new ArrayBuffer(100)), 0), 100);
  assert.equal(estimateSize(new ArrayBuffer(MEGABYTE), 1), MEGABYTE);
});

Deno.test("estimateSize() takes primitives as a few bytes", pure, () => {
  for (const value of [1, 1n, true, null, undefined]) {
    assert.ok(estimateSize(value, 1) <= 8);
  }
});

Deno.test("estimateSize() looks as deep as it is told", pure, () => {
  for (
    const value of [
      [1, text],
      { a: 1, text },
      new Map([["a", text]]),
      new Set([text]),
    ]
  ) {
    assert.ok(estimateSize(value, 0) < 1000);
    assert.ok(estimateSize(value, 1) > MEGABYTE);
    assert.ok(estimateSize([value], 1) < 1000);
    assert.ok(estimateSize([value], 2) > MEGABYTE);
  }
});

Deno.test(
  "estimateSize() takes the first of many for all, and holes for undefined",
  pure,
  () => {
    const list = Array.from({ length: 1000 }, () => "x".repeat(1000));
    const wanted = 1000 * 1000;
    for (const value of [list, new Set(list.map((s, i) => s + i))]) {
      const bytes = estimateSize(value, 1);
      assert.ok(bytes > wanted && bytes < 1.1 * wanted, `${bytes} bytes`);
    }
    assert.ok(estimateSize(new Array(10), 1) < 200);
    assert.ok(estimateSize([], 1) < 100);
    assert.ok(estimateSize(new Map(), 1) < 100);
  },
);
