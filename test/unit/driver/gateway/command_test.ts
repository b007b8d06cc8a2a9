import assert from "node:assert/strict";
import {
  arrayGetCommand,
  arrayLengthCommand,
  arraySetCommand,
  authCommand,
  callCommand,
  constructCommand,
  encodeArguments,
  fieldCommand,
  newArrayCommand,
  releaseCommand,
  stackCommand,
  staticFieldCommand,
  staticTarget,
} from "../../../../src/driver/gateway/command.ts";
import { isPlainArgument } from "../../../../src/driver/gateway/value_syntax.ts";
import {
  JavaObject,
  type PlainArgument,
} from "../../../../src/driver/gateway/java_object.ts";
import type { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import {
  JavaDecimal,
  JavaNumber,
} from "../../../../src/driver/gateway/java_value.ts";

const NO_GATEWAY = {} as Gateway;

Deno.test(
  "encodeArguments() writes each kind of argument on a line of its own",
  { permissions: "none" },
  () => {
    const cases: [PlainArgument, string][] = [
      [null, "n"],
      [true, "btrue"],
      [false, "bfalse"],
      [0, "i0"],
      [2 ** 31 - 1, "i2147483647"],
      [-(2 ** 31), "i-2147483648"],
      [2 ** 31, "L2147483648"],
      [-(2 ** 53) + 1, "L-9007199254740991"],
      [2 ** 53, "d9007199254740992"],
      [1.5, "d1.5"],
      [1e300, "d1e+300"],
      [-0, "d-0.0"],
      [NaN, "dNaN"],
      [Infinity, "dInfinity"],
      [-Infinity, "d-Infinity"],
      [5n, "L5"],
      [-(2n ** 63n), "L-9223372036854775808"],
      ["", "s"],
      ["a\\n\n\r\u00e9\u{1f600}", "sa\\\\n\\n\\r\u00e9\u{1f600}"],
      [new Uint8Array([1, 2, 3]), "jAQID"],
      [new JavaDecimal("1.50"), "D1.50"],
      [JavaNumber.long(1), "L1"],
      [new JavaObject(NO_GATEWAY, "o17", "object"), "ro17"],
    ];
    for (const [value, text] of cases) {
      assert.equal(encodeArguments([value]), text + "\n");
      assert.ok(isPlainArgument(value));
    }
    assert.equal(encodeArguments([1, "x"]), "i1\nsx\n");
  },
);

Deno.test(
  "isPlainArgument() is false for what needs an object of its own",
  { permissions: "none" },
  () => {
    for (const value of [[], new Map(), new Set<null>(), 2n ** 63n]) {
      assert.equal(isPlainArgument(value), false);
    }
  },
);

Deno.test(
  "encodeArguments() refuses what has no Java form",
  { permissions: "none" },
  () => {
    const rest =
      "to the JVM: it has no Java form; pass null, a boolean, a number, a bigint, a string, bytes, a Java object, or an array, Map or Set of these";
    const cases: [unknown, string][] = [
      [undefined, "undefined"],
      [new Date(0), "a Date"],
      [Object.create(null), "an object"],
      [Symbol("x"), "Symbol(x)"],
    ];
    for (const [value, name] of cases) {
      assert.throws(
        () => encodeArguments([value as null]),
        new TypeError(`Cannot hand ${name} ${rest}`),
      );
    }
  },
);

Deno.test(
  "commands are lines that end with e",
  { permissions: "none" },
  () => {
    assert.equal(authCommand("s3"), "A\ns3\n");
    assert.equal(callCommand("o1", "get", "i0\n"), "c\no1\nget\ni0\ne\n");
    assert.equal(staticTarget("a.B"), "z:a.B");
    assert.equal(constructCommand("a.B", ""), "i\na.B\ne\n");
    assert.equal(fieldCommand("o1", "x"), "f\ng\no1\nx\ne\n");
    assert.equal(staticFieldCommand("a.B", "X"), "r\nm\na.B\nX\ne\n");
    assert.equal(newArrayCommand("int", 3), "a\nc\nsint\ni3\ne\n");
    assert.equal(arrayGetCommand("o1", 2), "a\ng\no1\ni2\ne\n");
    assert.equal(arraySetCommand("o1", 2, "sx\n"), "a\ns\no1\ni2\nsx\ne\n");
    assert.equal(arrayLengthCommand("o1"), "a\ne\no1\ne\n");
    assert.equal(releaseCommand("o1"), "m\nd\no1\ne\n");
    assert.equal(stackCommand("o1"), "p\nro1\ne\n");
  },
);

Deno.test(
  "callCommand() refuses a name that would be another command",
  { permissions: "none" },
  () => {
    assert.throws(
      () => callCommand("o1", "get\ne\ns", ""),
      new TypeError(
        'Cannot use "get\\ne\\ns" as a Java name: it is empty or has a line break',
      ),
    );
    assert.throws(
      () => constructCommand("", ""),
      new TypeError(
        'Cannot use "" as a Java name: it is empty or has a line break',
      ),
    );
  },
);

Deno.test(
  "JavaObject.id fails after release, and toString() does not ask the JVM",
  { permissions: "none" },
  () => {
    const object = new JavaObject(NO_GATEWAY, "o5", "list");
    assert.equal(String(object), "JavaObject(o5)");
    assert.equal(object.takeId(), "o5");
    assert.equal(object.takeId(), null);
    assert.equal(object.released, true);
    assert.equal(String(object), "JavaObject(o5, released)");
    assert.throws(() => object.id, {
      condition: "OBJECT_RELEASED",
      message:
        'Cannot use the Java object "o5": it was released; call keep() on an object that outlives its scope',
    });
  },
);
