import assert from "node:assert/strict";
import {
  withOurErrors,
  withOurRejections,
} from "../../../src/bridge/addon_error.ts";

Deno.test("withOurErrors hands arguments and result through", {
  permissions: "none",
}, () => {
  const sum = withOurErrors("sum", (a: number, b: number) => a + b);
  assert.equal(sum(2, 3), 5);
});

Deno.test(
  "withOurErrors makes a ProtocolError of an error that names a condition",
  {
    permissions: "none",
  },
  () => {
    const cause = new Error(
      "SYSTEM_CALL_FAILED: cannot listen: no (os error 1)",
    );
    const fails = withOurErrors("listen", () => {
      throw cause;
    });
    assert.throws(fails, {
      name: "ProtocolError",
      condition: "SYSTEM_CALL_FAILED",
      message: "Cannot listen: no (os error 1)",
      cause,
    });
  },
);

Deno.test("withOurErrors passes on an error that names no condition", {
  permissions: "none",
}, () => {
  for (const thrown of [new Error("Expect value to be Number"), "text", null]) {
    const fails = withOurErrors("listen", () => {
      throw thrown;
    });
    assert.throws(fails, (error) => error === thrown);
  }
});

Deno.test("withOurErrors refuses an addon that lacks the function", {
  permissions: "none",
}, () => {
  assert.throws(() => withOurErrors("readSome", undefined), {
    name: "ProtocolError",
    condition: "ADDON_OUTDATED",
    message:
      'Cannot use the native addon: it has no function "readSome"; build it again with "deno task native"',
    parameters: { name: "readSome" },
  });
});

Deno.test(
  "withOurRejections does the same for promises, and for errors before there is one",
  {
    permissions: "none",
  },
  async () => {
    const sum = withOurRejections(
      "sum",
      (a: number, b: number) => Promise.resolve(a + b),
    );
    assert.equal(await sum(2, 3), 5);
    const cause = new Error("SYSTEM_CALL_FAILED: cannot wait: no (os error 1)");
    const expected = {
      name: "ProtocolError",
      condition: "SYSTEM_CALL_FAILED",
      message: "Cannot wait: no (os error 1)",
      cause,
    };
    const rejecting = withOurRejections("wait", () => Promise.reject(cause));
    await assert.rejects(rejecting(), expected);
    const throwing = withOurRejections("wait", () => {
      throw cause;
    });
    await assert.rejects(throwing(), expected);
    const other = new TypeError("Expect value to be Number");
    const passing = withOurRejections("wait", () => Promise.reject(other));
    await assert.rejects(passing(), (error) => error === other);
    assert.throws(() => withOurRejections("wait", undefined), {
      condition: "ADDON_OUTDATED",
    });
  },
);
