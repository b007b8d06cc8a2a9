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

Deno.test({
  name:
    "describeValue() tells dates and times, by code that is not the value's",
  permissions: "none",
  fn() {
    class Instant {}
    const date = new Date(0);
    date.toISOString = () => "mine";
    const cases: readonly [unknown, string][] = [
      [date, "the Date 1970-01-01T00:00:00.000Z"],
      [new Date(NaN), "an invalid Date"],
      [
        Temporal.Instant.from("2024-01-01T00:00:00.000000001Z"),
        "the Instant 2024-01-01T00:00:00.000000001Z",
      ],
      [Temporal.PlainYearMonth.from("2024-02"), "the PlainYearMonth 2024-02"],
      [Temporal.Duration.from("PT1H"), "the Duration PT1H"],
      [new Instant(), "an object of class Instant"],
    ];
    for (const [value, told] of cases) assert.equal(describeValue(value), told);
  },
});
