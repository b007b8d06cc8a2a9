import assert from "node:assert/strict";
import { withTimeout } from "../../../src/common/deadline.ts";

Deno.test(
  "withTimeout() gives the value that comes in time, undefined for a late one, and errors",
  { permissions: "none" },
  async () => {
    assert.equal(await withTimeout(60_000, Promise.resolve("x")), "x");
    const never = Promise.withResolvers<string>();
    assert.equal(await withTimeout(1, never.promise), undefined);
    await assert.rejects(
      withTimeout(60_000, Promise.reject(new Error("broken"))),
      { message: "broken" },
    );
  },
);
