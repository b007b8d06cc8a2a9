import assert from "node:assert/strict";
import {
  expectBoolean,
  expectBytes,
  expectLong,
  expectNumber,
  expectObject,
  expectObjectOrNull,
  expectString,
  expectStringOrNull,
} from "../../../../src/driver/gateway/expect.ts";
import type { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import {
  JavaObject,
  type JavaValue,
} from "../../../../src/driver/gateway/java_object.ts";
import { JavaDecimal } from "../../../../src/driver/gateway/java_value.ts";

const OBJECT = new JavaObject({} as Gateway, "o1", "object");
const LIST = new JavaObject({} as Gateway, "o2", "list");

Deno.test(
  "expect functions pass the value that they name",
  { permissions: "none" },
  () => {
    assert.equal(expectObject(OBJECT, "f"), OBJECT);
    assert.equal(expectObjectOrNull(null, "f"), null);
    assert.equal(expectString("x", "f"), "x");
    assert.equal(expectStringOrNull(null, "f"), null);
    assert.equal(expectNumber(1.5, "f"), 1.5);
    assert.equal(expectLong(5, "f"), 5n);
    assert.equal(expectLong(2n ** 62n, "f"), 2n ** 62n);
    assert.equal(expectBoolean(false, "f"), false);
    assert.deepEqual(expectBytes(new Uint8Array(2), "f"), new Uint8Array(2));
  },
);

Deno.test(
  "expect functions name what they got instead",
  { permissions: "none" },
  () => {
    const cases: [
      (value: JavaValue, what: string) => unknown,
      JavaValue,
      string,
    ][] = [
      [expectObject, null, "an object: it is null"],
      [expectObject, "a\nb", 'an object: it is the string "a\\nb"'],
      [
        expectObject,
        new JavaDecimal("1.0"),
        "an object: it is the decimal 1.0",
      ],
      [expectObjectOrNull, 5, "an object: it is the number 5"],
      [expectString, null, "a string: it is null"],
      [expectString, OBJECT, "a string: it is a Java object"],
      [expectStringOrNull, LIST, "a string: it is a Java list"],
      [
        expectNumber,
        2n ** 60n,
        "a number: it is the long 1152921504606846976, too large for a number",
      ],
      [expectLong, 1.5, "an integer: it is the number 1.5"],
      [expectBoolean, new Uint8Array(3), "a boolean: it is 3 bytes"],
      [expectBytes, true, "bytes: it is the boolean true"],
    ];
    for (const [expect, value, text] of cases) {
      assert.throws(() => expect(value, "f"), {
        condition: "ANSWER_UNEXPECTED",
        message: `Cannot take what "f" gave as ${text}`,
      });
    }
    assert.throws(() => expectNumber("x".repeat(100), "f"), {
      message: `Cannot take what "f" gave as a number: it is the string "${
        "x".repeat(80)
      }…"`,
    });
  },
);
