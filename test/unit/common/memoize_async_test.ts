import assert from "node:assert/strict";
import { memoizeAsync } from "../../../src/common/memoize_async.ts";

interface State {
  value: Promise<number> | null;
}

Deno.test("memoizeAsync() makes a value once for all who ask", {
  permissions: "none",
}, async () => {
  const state: State = { value: null };
  let made = 0;
  const ask = (): Promise<number> =>
    memoizeAsync(state, "value", async () => {
      await Promise.resolve();
      return ++made;
    });
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), [1, 1, 1]);
  assert.equal(await ask(), 1);
});

Deno.test(
  "memoizeAsync() makes it again for those who waited for a maker that failed",
  { permissions: "none" },
  async () => {
    const state: State = { value: null };
    const gate = Promise.withResolvers<number>();
    const aborted = new Error("aborted");
    const first = memoizeAsync(state, "value", () => gate.promise);
    let made = 0;
    const waiting = [1, 2].map(() =>
      memoizeAsync(state, "value", () => Promise.resolve(++made))
    );
    gate.reject(aborted);
    await assert.rejects(first, (error) => error === aborted);
    assert.deepEqual(await Promise.all(waiting), [1, 1]);
  },
);

Deno.test("memoizeAsync() fails each asker when making fails", {
  permissions: "none",
}, async () => {
  const state: State = { value: null };
  let tries = 0;
  const ask = (): Promise<number> =>
    memoizeAsync(state, "value", async (): Promise<number> => {
      await Promise.resolve();
      throw new Error(`try ${++tries}`);
    });
  const results = await Promise.allSettled([ask(), ask(), ask()]);
  assert.ok(results.every(({ status }) => status === "rejected"));
  assert.equal(state.value, null);
  await assert.rejects(ask());
});
