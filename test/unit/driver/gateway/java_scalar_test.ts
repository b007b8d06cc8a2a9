import assert from "node:assert/strict";
import {
  JavaDecimal,
  JavaNumber,
} from "../../../../src/driver/gateway/java_scalar.ts";

Deno.test(
  "JavaDecimal keeps its digits and refuses what is no number",
  { permissions: "none" },
  () => {
    const decimal = new JavaDecimal("-12345678901234567890.1200");
    assert.equal(decimal.text, "-12345678901234567890.1200");
    assert.equal(String(decimal), "-12345678901234567890.1200");
    assert.equal(decimal.toNumber(), -12345678901234567890.12);
    assert.equal(new JavaDecimal("1E+3").toNumber(), 1000);
    for (const text of ["", "x", "1\n2", "0x10", "NaN", "1.2.3", " 1"]) {
      assert.throws(
        () => new JavaDecimal(text),
        new TypeError(`Cannot make a decimal of "${text}": it is no number`),
      );
    }
  },
);

Deno.test(
  "JavaNumber writes each type and refuses what does not fit",
  { permissions: "none" },
  () => {
    assert.equal(JavaNumber.int(-5).part, "i-5");
    assert.equal(JavaNumber.long(5).part, "L5");
    assert.equal(JavaNumber.long(2n ** 63n - 1n).part, "L9223372036854775807");
    assert.equal(JavaNumber.double(5).part, "d5");
    assert.equal(JavaNumber.double(-0).part, "d-0.0");
    assert.equal(JavaNumber.double(-Infinity).part, "d-Infinity");
    assert.equal(JavaNumber.float(0.1).part, "d0.10000000149011612");
    assert.equal(JavaNumber.short(-32768).part, "i-32768");
    assert.equal(JavaNumber.byte(127).part, "i127");
    const refused: [() => unknown, string][] = [
      [
        () => JavaNumber.int(2 ** 31),
        "Cannot make a Java int of 2147483648: it is no integer of 32 bits",
      ],
      [
        () => JavaNumber.long(2n ** 63n),
        "Cannot make a Java long of 9223372036854775808: it is no integer of 64 bits",
      ],
      [
        () => JavaNumber.long(1.5),
        "Cannot make a Java long of 1.5: it is no integer of 64 bits",
      ],
      [
        () => JavaNumber.short(32768),
        "Cannot make a Java short of 32768: it is no integer of 16 bits",
      ],
      [
        () => JavaNumber.byte(128),
        "Cannot make a Java byte of 128: it is no integer of 8 bits",
      ],
    ];
    for (const [make, message] of refused) {
      assert.throws(make, new RangeError(message));
    }
  },
);
