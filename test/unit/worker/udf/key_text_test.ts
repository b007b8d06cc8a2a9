import assert from "node:assert/strict";
import { keyText } from "../../../../worker/udf/key_text.ts";

Deno.test({
  name: "keyText() is equal for equal keys, and for no others",
  permissions: "none",
  fn() {
    const keys = (): unknown[][] => [
      [null],
      [true],
      [false],
      [1],
      [0],
      [NaN],
      [1n],
      ["1"],
      ["n"],
      ["a", "b"],
      ["ab", ""],
      ["", "ab"],
      ["s1:b"],
      [null, null],
      [new Uint8Array([1, 2])],
      [new Uint8Array([1]), new Uint8Array([2])],
      ["0102"],
      [new Date(1)],
      [new Date(2)],
      [Temporal.PlainDate.from("2024-01-01")],
      [Temporal.Instant.fromEpochMilliseconds(1)],
      [Temporal.Instant.fromEpochNanoseconds(1_001_000n)],
      [["a", "b"]],
      [["a"], "b"],
      [[["a"], ["b"]]],
      [[["a", "b"]]],
      [{ a: 1, b: null }],
      [{ a: null, b: 1 }],
      [new Map([["a", 1]])],
      [new Map([["a", [1]]])],
    ];
    const texts = keys().map(keyText);
    assert.deepEqual(texts, keys().map(keyText));
    assert.equal(new Set(texts).size, texts.length);
    assert.equal(keyText([-0]), keyText([0]));
  },
});
