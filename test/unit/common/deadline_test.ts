import assert from "node:assert/strict";
import { within } from "../../../src/common/deadline.ts";

Deno.test(
  "within() gives the value that comes in time, undefined for a late one, and errors",
  { permissions: "none" },
  async () => {
    assert.equal(await within(60_000, Promise.resolve("x")), "x");
    const never = Promise.withResolvers<string>();
    assert.equal(await within(1, never.promise), undefined);
    await assert.rejects(
      within(60_000, Promise.reject(new Error("broken"))),
      { message: "broken" },
    );
  },
);
