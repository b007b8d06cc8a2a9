import assert from "node:assert/strict";
import { capture } from "../../../../src/driver/closure/explicit_capture.ts";

Deno.test({
  name: "capture() gives the function that make() gives",
  permissions: "none",
  fn(): void {
    const f = capture({ by: 2 }, ({ by }) => (x: number) => x * by);
    assert.equal(f(3), 6);
    assert.deepEqual(Object.keys(f), []);
  },
});

Deno.test({
  name: "capture() refuses a make() that gives no function",
  permissions: "none",
  fn(): void {
    const make = (): () => number => 5 as unknown as () => number;
    assert.throws(() => capture({}, make), {
      name: "TypeError",
      message: "Cannot capture what make() gave: it is 5; return a function",
    });
  },
});
