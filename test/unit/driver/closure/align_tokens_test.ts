import assert from "node:assert/strict";
import { alignPlace } from "../../../../src/driver/closure/align_tokens.ts";

const ORIGINAL = `// a comment
export const f = x => { return x + 'a' }
  export function g() { if (1) throw new Error("x") }
`;
const PRINTED = `export const f = (x)=>{
  return x + "a";
};
export function g() {
  if (1) { throw new Error("x"); }
}
`;

Deno.test({
  name: "alignPlace() finds the same token where brackets and lines differ",
  permissions: "none",
  fn(): void {
    const at = (line: number, column: number): unknown =>
      alignPlace(PRINTED, ORIGINAL, { line, column });
    assert.deepEqual(at(5, 11), { line: 3, column: 31 }); // throw
    assert.deepEqual(at(5, 17), { line: 3, column: 37 }); // new
    assert.deepEqual(at(2, 2), { line: 2, column: 24 }); // return
    assert.deepEqual(at(1, 0), { line: 2, column: 0 });
  },
});

Deno.test({
  name: "alignPlace() gives null for another program, or for none",
  permissions: "none",
  fn(): void {
    const place = { line: 1, column: 0 };
    assert.equal(alignPlace("a + b", "a + b + c", place), null);
    assert.equal(alignPlace("a", '"a"', place), null);
    assert.equal(alignPlace("a", "`", place), null);
  },
});
