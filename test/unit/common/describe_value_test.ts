import assert from "node:assert/strict";
import {
  dataProperty,
  describeValue,
  isError,
} from "../../../src/common/describe_value.ts";

/** A proxy that fails whatever it is asked. */
function trap<T extends object>(target: T): T {
  const fail = (): never => {
    throw new Error("trapped");
  };
  return new Proxy(target, {
    get: fail,
    getOwnPropertyDescriptor: fail,
    getPrototypeOf: fail,
    has: fail,
    ownKeys: fail,
  });
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

Deno.test({
  name: "describeValue() asks proxies nothing, not even revoked ones",
  permissions: "none",
  fn() {
    for (const proxy of [trap({}), trap([]), revoked({}), revoked([])]) {
      assert.equal(describeValue(proxy), "a Proxy");
      assert.equal(isError(proxy), false);
    }
    assert.equal(describeValue(trap(() => {})), "a Proxy of a function");
    assert.equal(describeValue(revoked(() => {})), "a Proxy of a function");
  },
});

Deno.test({
  name:
    "describeValue() and dataProperty() stop at a proxy among the prototypes",
  permissions: "none",
  fn() {
    const child: object = Object.create(trap({ x: 1 }));
    assert.equal(describeValue(child), "an object of class null");
    assert.equal(dataProperty(child, "x"), undefined);
    assert.equal(isError(child), false);
  },
});

Deno.test({
  name: "isError() tells errors of any class",
  permissions: "none",
  fn() {
    class Own extends RangeError {}
    assert.ok(isError(new Own()));
    assert.ok(isError(Object.create(Error.prototype)));
    const stripped = Object.setPrototypeOf(new Error("x"), null);
    assert.ok(isError(stripped));
    for (const other of [{ message: "x" }, "x", null, undefined, Error]) {
      assert.equal(isError(other), false);
    }
  },
});
