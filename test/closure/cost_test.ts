import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";
import { TEST_USE } from "./run_cases.ts";

const helper = (x: number) => x * 5;

Deno.test("capture() leaves nothing behind over 10,000 captures", async () => {
  using capturer = new ClosureCapturer();
  setFlagsFromString("--expose-gc");
  const collectGarbage: unknown = runInNewContext("gc");
  assert.ok(typeof collectGarbage === "function");
  const heapAfter = async (captures: number): Promise<number> => {
    for (let i = 0; i < captures; i++) {
      await capturer.capture([(x: number) => helper(x) + i], TEST_USE);
    }
    // Weak tables let go of their keys in the round after.
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      collectGarbage();
    }
    return Deno.memoryUsage().heapUsed;
  };
  const before = await heapAfter(4_000);
  const grown = await heapAfter(10_000) - before;
  // Not releasing the engine's handles adds 29 MB; the heap swings by one.
  assert.ok(grown < 4 * 2 ** 20, `the heap grew by ${grown} bytes`);
});
