import assert from "node:assert/strict";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { collectGarbage } from "../collect_garbage.ts";
import { isNightly } from "../nightly.ts";
import { TEST_USE } from "./run_cases.ts";

const helper = (x: number) => x * 5;

Deno.test("capture() leaves nothing behind over thousands of captures", async () => {
  using capturer = new ClosureCapturer();
  const heapAfter = async (captures: number): Promise<number> => {
    for (let i = 0; i < captures; i++) {
      await capturer.capture([(x: number) => helper(x) + i], TEST_USE);
    }
    await collectGarbage();
    return Deno.memoryUsage().heapUsed;
  };
  const before = await heapAfter(isNightly ? 4_000 : 2_000);
  const grown = await heapAfter(isNightly ? 10_000 : 3_000) - before;
  // Not releasing the engine's handles adds 2.9 MB for each thousand; the heap swings by one.
  assert.ok(grown < 4 * 2 ** 20, `the heap grew by ${grown} bytes`);
});
