import assert from "node:assert/strict";
import { anySeed } from "../../src/common/random.ts";
import { exactlyOnce, isExact } from "../exactly_once/exactly_once.ts";

Deno.test("streams lose no row and double none when their processes are killed", async () => {
  const seed = anySeed();
  console.log(`seed ${seed}`);
  const outcome = await exactlyOnce(100, seed);
  assert.ok(isExact(outcome), JSON.stringify(outcome));
});
