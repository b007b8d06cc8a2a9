import assert from "node:assert/strict";
import * as vm from "node:vm";
import { WorkerError } from "../../../../src/common/errors.ts";
import { ThrownValue } from "../../../../worker/task/failed_call.ts";
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
      "{ toString: the function toString }",
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

/** What is thrown, and how it is told. */
const THROWN: readonly [thrown: unknown, name: string, message: string][] = [
  [
    { code: 5, why: "no stock" },
    "Thrown object",
    '{ code: 5, why: "no stock" }',
  ],
  [
    Object.freeze({ list: Object.freeze([1, { a: [null] }]) }),
    "Thrown object",
    "{ list: [ 1, { a: [ null ] } ] }",
  ],
  [{}, "Thrown object", "{}"],
  [[], "Thrown object", "[]"],
  [
    { a: { b: { c: { d: { e: 1 } } } } },
    "Thrown object",
    "{ a: { b: { c: { d: an object of class Object } } } }",
  ],
  [
    {
      get trap(): never {
        throw new Error("asked");
      },
      "two words": 1,
      [Symbol("s")]: 2,
    },
    "Thrown object",
    '{ trap: (getter), "two words": 1, [Symbol(s)]: 2 }',
  ],
  [
    new Map([["a", new Set([1])]]),
    "Thrown object",
    'Map(1) { "a" => Set(1) { 1 } }',
  ],
  [new Date(0), "Thrown object", "1970-01-01T00:00:00.000Z"],
  [new Date(NaN), "Thrown object", "Invalid Date"],
  [
    Array.from({ length: 30 }, (_, i) => i),
    "Thrown object",
    "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, … 10 more ]",
  ],
  [
    new (class Point {
      x = 1;
    })(),
    "Thrown object",
    "Point { x: 1 }",
  ],
  [new WeakSet(), "Thrown object", "an object of class WeakSet"],
  [
    { inner: new RangeError("far") },
    "Thrown object",
    "{ inner: RangeError: far }",
  ],
  [
    { inner: new DOMException("too late", "TimeoutError") },
    "Thrown object",
    "{ inner: TimeoutError: too late }",
  ],
  [
    Object.create({ made: 1 }, { own: { value: 2, enumerable: true } }),
    "Thrown object",
    "Object { own: 2 }",
  ],
  [new Proxy({ a: 1 }, {}), "Thrown object", "a Proxy"],
  [Symbol("s"), "Thrown symbol", "Symbol(s)"],
  [true, "Thrown boolean", "true"],
  [() => 1, "Thrown function", "the function (anonymous)"],
  ["", "Thrown string", ""],
  [new DOMException("too late", "AbortError"), "AbortError", "too late"],
  [Object.freeze(new TypeError("cold")), "TypeError", "cold"],
  [
    vm.runInNewContext('new RangeError("elsewhere")'),
    "RangeError",
    "elsewhere",
  ],
  [vm.runInNewContext("({ code: 1 })"), "Thrown object", "{ code: 1 }"],
];

Deno.test({
  name: "describeError() tells what was thrown, error or not",
  permissions: "none",
  fn() {
    for (const [thrown, name, message] of THROWN) {
      const told = describeError(thrown, PLACE);
      assert.equal(told.name, name);
      assert.equal(told.message, message);
      assert.equal(told.properties, undefined);
    }
    const ring: Record<string, unknown> = {};
    ring["self"] = ring;
    assert.equal(
      describeError(ring, PLACE).message,
      "{ self: { self: { self: { self: an object of class Object } } } }",
    );
    const wide = {
      rows: Array.from(
        { length: 20 },
        () => ({ text: "x".repeat(200), more: "y".repeat(200) }),
      ),
    };
    const { message } = describeError(wide, PLACE);
    assert.equal(message.length, 2001);
    assert.ok(message.endsWith("…"));
  },
});

Deno.test({
  name:
    "describeError() tells an error's own properties, and the errors of several",
  permissions: "none",
  fn() {
    const failed = Object.assign(new Error("no file"), {
      code: "ENOENT",
      errno: -2,
      details: { path: "/a" },
    });
    assert.deepEqual(describeError(failed, PLACE).properties, [
      { name: "code", value: "ENOENT", text: '"ENOENT"' },
      { name: "errno", value: -2, text: "-2" },
      { name: "details", text: '{ path: "/a" }' },
    ]);
    const several = new AggregateError([new RangeError("a"), "b"], "many");
    assert.deepEqual(describeError(several, PLACE).properties, [
      { name: "errors", text: '[ RangeError: a, "b" ]' },
    ]);
    const below = new Error("top", { cause: failed });
    assert.equal(describeError(below, PLACE).properties, undefined);
    assert.equal(describeError(below, PLACE).cause?.properties?.length, 3);
  },
});

Deno.test({
  name: "describeError() tells whose function may have thrown what is no error",
  permissions: "none",
  fn() {
    const sites = Array.from({ length: 7 }, (_, i) => `map() at app.ts:${i}:1`);
    const told = describeError(new ThrownValue({ a: 1 }, sites), PLACE);
    assert.equal(told.name, "Thrown object");
    assert.equal(told.message, "{ a: 1 }");
    assert.equal(told.condition, "FUNCTION_FAILED");
    assert.equal(
      told.call,
      "a function of map() at app.ts:0:1 or map() at app.ts:1:1 or map() at app.ts:2:1 or map() at app.ts:3:1 or map() at app.ts:4:1 or 2 more",
    );
    const one = describeError(
      new ThrownValue(undefined, ["map() at a.ts:1:1"]),
      PLACE,
    );
    assert.equal(one.message, "undefined");
    assert.equal(one.call, "the function of map() at a.ts:1:1");
  },
});
