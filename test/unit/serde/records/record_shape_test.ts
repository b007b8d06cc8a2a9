import assert from "node:assert/strict";
import {
  parseShape,
  shapeOf,
  shapeText,
} from "../../../../src/serde/records/record_shape.ts";

const pure = { permissions: "none" } as const;

Deno.test("shapeText() and parseShape() are each other's reverse", pure, () => {
  for (const record of [1, "a", ["a", 1], [1, [0, ["x", 2]]], [[[[1]]]]]) {
    const shape = shapeOf(record);
    assert.ok(shape !== null);
    assert.deepEqual(parseShape(shapeText(shape)), shape);
  }
  assert.equal(shapeText(["n", ["n", "s"]]), "(n(ns))");
});

Deno.test("parseShape() gives null for what no shape has", pure, () => {
  for (const text of ["", "x", "nn", "(", "()", "(n", "n)", "((((("]) {
    assert.equal(parseShape(text), null, text);
  }
});
