import assert from "node:assert/strict";
import { roughBytes } from "../../../../worker/spill/rough_bytes.ts";

const pure = { permissions: "none" } as const;
const MEGABYTE = 1 << 20;
const text = "x".repeat(MEGABYTE);

Deno.test("roughBytes() counts texts and buffers in full", pure, () => {
  assert.equal(roughBytes(text, 0), MEGABYTE);
  assert.equal(roughBytes(new Float64Array(MEGABYTE / 8), 0), MEGABYTE);
  assert.equal(roughBytes(new DataView(new ArrayBuffer(100)), 0), 100);
  assert.equal(roughBytes(new ArrayBuffer(MEGABYTE), 1), MEGABYTE);
});

Deno.test("roughBytes() takes primitives as a few bytes", pure, () => {
  for (const value of [1, 1n, true, null, undefined]) {
    assert.ok(roughBytes(value, 1) <= 8);
  }
});

Deno.test("roughBytes() looks as deep as it is told", pure, () => {
  for (
    const value of [
      [1, text],
      { a: 1, text },
      new Map([["a", text]]),
      new Set([text]),
    ]
  ) {
    assert.ok(roughBytes(value, 0) < 1000);
    assert.ok(roughBytes(value, 1) > MEGABYTE);
    assert.ok(roughBytes([value], 1) < 1000);
    assert.ok(roughBytes([value], 2) > MEGABYTE);
  }
});

Deno.test(
  "roughBytes() takes the first of many for all, and holes for undefined",
  pure,
  () => {
    const list = Array.from({ length: 1000 }, () => "x".repeat(1000));
    const wanted = 1000 * 1000;
    for (const value of [list, new Set(list.map((s, i) => s + i))]) {
      const bytes = roughBytes(value, 1);
      assert.ok(bytes > wanted && bytes < 1.1 * wanted, `${bytes} bytes`);
    }
    assert.ok(roughBytes(new Array(10), 1) < 200);
    assert.ok(roughBytes([], 1) < 100);
    assert.ok(roughBytes(new Map(), 1) < 100);
  },
);
