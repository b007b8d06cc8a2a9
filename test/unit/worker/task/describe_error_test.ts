import assert from "node:assert/strict";
import { WorkerError } from "../../../../src/common/errors.ts";
import { describeError } from "../../../../worker/task/describe_error.ts";

const PLACE = { partition: 1, stage: 2, attempt: 3 };

Deno.test({
  name: "describeError() tells name, message, place and causes",
  permissions: "none",
  fn() {
    const error = new RangeError("too far", { cause: new Error("map torn") });
    const told = describeError(error, PLACE);
    assert.equal(told.name, "RangeError");
    assert.equal(told.message, "too far");
    assert.equal(told.condition, "FUNCTION_FAILED");
    assert.equal(told.partition, 1);
    assert.equal(told.cause?.message, "map torn");
  },
});

Deno.test({
  name: "describeError() keeps the condition of an error of ours",
  permissions: "none",
  fn() {
    const told = describeError(new WorkerError("X_Y", "text"), PLACE);
    assert.equal(told.condition, "X_Y");
  },
});

Deno.test({
  name: "describeError() describes what is no error without running its code",
  permissions: "none",
  fn() {
    const endless = {
      toString(): string {
        for (;;) { /* never returns */ }
      },
    };
    assert.equal(
      describeError(endless, PLACE).message,
      "an object of class Object",
    );
    assert.equal(describeError("just text", PLACE).message, "just text");
    assert.equal(describeError("just text", PLACE).name, "Thrown string");
    assert.equal(describeError(undefined, PLACE).message, "undefined");
    assert.equal(describeError(5n, PLACE).message, "5n");
    assert.equal(describeError(null, PLACE).message, "null");
  },
});

Deno.test({
  name:
    "describeError() reads a message that is made when asked for, and minds none that throws",
  permissions: "none",
  fn() {
    class Late extends Error {
      override get message(): string {
        return "made late";
      }
    }
    class Trap extends Error {
      override get message(): string {
        throw new Error("no message");
      }
      override get name(): string {
        throw new Error("never asked");
      }
    }
    assert.equal(describeError(new Late(), PLACE).message, "made late");
    assert.equal(describeError(new Trap(), PLACE).message, "");
  },
});

Deno.test({
  name: "describeError() leaves out frames of TSpark itself",
  permissions: "none",
  fn() {
    const error = new Error("x");
    error.stack = "Error: x\n    at f (tspark:file:///app.ts:1:2)\n" +
      `    at run (${new URL(
        "../../../../worker/rdd/stage.ts",
        import.meta.url,
      )}:9:9)`;
    assert.equal(
      describeError(error, PLACE).stack,
      "    at f (tspark:file:///app.ts:1:2)",
    );
  },
});

Deno.test({
  name:
    "describeError() shortens a message of megabytes and chains of causes without end",
  permissions: "none",
  fn() {
    const told = describeError(new Error("x".repeat(1_000_000)), PLACE);
    assert.ok(told.message.length < 70_000);
    assert.ok(told.message.endsWith("… (1000000 characters)"));
    const loop = new Error("loop");
    loop.cause = loop;
    let depth = 0;
    for (
      let at: { cause: unknown } | null = describeError(loop, PLACE);
      at !== null;
      at = at.cause as { cause: unknown } | null
    ) depth++;
    assert.equal(depth, 9);
  },
});

Deno.test({
  name: "describeError() asks a proxy nothing, wherever it hides",
  permissions: "none",
  fn() {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.deepEqual(describeError(proxy, PLACE), {
      name: "Thrown object",
      message: "a Proxy",
      stack: "",
      cause: null,
      condition: "FUNCTION_FAILED",
      ...PLACE,
    });
    const holding = describeError(new Error("x", { cause: proxy }), PLACE);
    assert.equal(holding.message, "x");
    assert.equal(holding.cause?.message, "a Proxy");
    const child = Object.setPrototypeOf(new TypeError("y"), proxy);
    assert.equal(
      describeError(child, PLACE).message,
      "an object of class null",
    );
  },
});
