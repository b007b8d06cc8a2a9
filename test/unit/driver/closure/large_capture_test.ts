import assert from "node:assert/strict";
import { ClosureCapturer } from "../../../../src/driver/closure/closure_capturer.ts";
import { largestCapture } from "../../../../src/driver/closure/large_capture.ts";

const USE = [{ operation: "map()", position: "app.ts:1:1" }];

Deno.test("largestCapture() names the variable behind functions, and counts each thing once", async () => {
  using capturer = new ClosureCapturer();
  const row = "x".repeat(1000);
  const table = { row, again: [row], numbers: new Float64Array(1000) };
  const small = [1, 2, 3];
  const lookUp = (at: number): unknown => [table.row[at], small[at]];
  const record = await capturer.capture([(x: number) => lookUp(x)], USE);
  const found = largestCapture(record);
  assert.equal(found?.name, "table");
  assert.ok(found.bytes >= 10_000 && found.bytes < 10_500, `${found.bytes}`);
});

Deno.test("largestCapture() is null where functions take nothing along", async () => {
  using capturer = new ClosureCapturer();
  const record = await capturer.capture([(x: number) => x + 1], USE);
  assert.equal(largestCapture(record), null);
});
