import assert from "node:assert/strict";
import {
  errorHeadline,
  errorMessage,
  errorStack,
} from "../../../src/common/error_message.ts";

const pure = { permissions: "none" } as const;

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable(new Error("x"), {});
  revoke();
  return proxy;
}

/** An error that answers no question. */
function trap(): Error {
  return Object.defineProperties(new RangeError(), {
    name: { get: () => assert.fail("name") },
    message: { get: () => assert.fail("message") },
    stack: { get: () => assert.fail("stack") },
  });
}

Deno.test("errorMessage() says what was thrown, whatever it is", pure, () => {
  const said: [thrown: unknown, message: string][] = [
    [new RangeError("too far"), "too far"],
    ["just text", "just text"],
    [undefined, "undefined"],
    [{ code: 5 }, "{ code: 5 }"],
    [Object.create(null), "{}"],
    [Symbol("s"), "Symbol(s)"],
    [{ toString: 1 }, "{ toString: 1 }"],
    [revoked(), "a Proxy"],
    [trap(), ""],
    [Object.assign(new Error(), { message: 5 }), ""],
  ];
  for (const [thrown, message] of said) {
    assert.equal(errorMessage(thrown), message);
  }
});

Deno.test("errorHeadline() and errorStack() begin with the name", pure, () => {
  assert.equal(errorHeadline(new RangeError("too far")), "RangeError: too far");
  assert.equal(errorHeadline(revoked()), "a Proxy");
  assert.equal(errorHeadline(trap()), "RangeError: ");
  assert.match(
    errorStack(new RangeError("too far")),
    /^RangeError: too far\n {4}at /,
  );
  assert.equal(errorStack(trap()), "RangeError: ");
  assert.equal(errorStack(5n), "5n");
});
