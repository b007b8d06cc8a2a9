import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { detached } from "../../../src/common/detached.ts";

const pure = { permissions: "none" } as const;

function framesOf(f: () => unknown): Promise<string[]> {
  return detached(f).then(
    () => [],
    (error: Error) => error.stack?.match(/^ +at .*$/mg) ?? [],
  );
}

Deno.test(
  "detached() gives what a function throws the function's frames alone",
  pure,
  async () => {
    const thrown = [
      () => {
        throw new RangeError("at once");
      },
      async () => {
        await Promise.resolve();
        throw new RangeError("later");
      },
    ];
    for (const f of thrown) {
      const frames = await framesOf(f);
      assert.equal(frames.length, 1);
      assert.match(frames[0] ?? "", /detached_test\.ts/);
    }
  },
);

Deno.test(
  "detached() keeps the function's result, and the context that it is called in",
  pure,
  async () => {
    const context = new AsyncLocalStorage<string>();
    const found = await context.run(
      "a query's",
      () => detached(() => Promise.resolve(context.getStore())),
    );
    assert.equal(found, "a query's");
  },
);
