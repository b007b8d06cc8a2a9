import assert from "node:assert/strict";
import { anySeed } from "../../../src/common/random.ts";
import { exactlyOnce, isExact } from "../../exactly_once/exactly_once.ts";
import { endSharedSession } from "../shared_session.ts";

const isNightly = Deno.env.get("TSPARK_NIGHTLY") === "1";

Deno.test("streams lose no row and double none when their processes are killed", async () => {
  await endSharedSession();
  const seed = anySeed();
  console.log(`seed ${seed}`);
  const outcome = await exactlyOnce(
    isNightly ? 100 : 3,
    seed,
    isNightly ? undefined : ["worker", "executor", "driver"],
  );
  assert.ok(isExact(outcome), JSON.stringify(outcome));
});
