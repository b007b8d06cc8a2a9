import assert from "node:assert/strict";
import fc from "fast-check";
import { LineTail } from "../../../../src/driver/launch/line_tail.ts";

const ENCODER = new TextEncoder();

Deno.test(
  "LineTail keeps the last lines however the chunks fall",
  { permissions: "none" },
  () => {
    fc.assert(fc.property(
      fc.array(fc.constantFrom("a", "b c", "\u00e9", "\u{1f600}", "")),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (lines, ended, size) => {
        const bytes = ENCODER.encode(
          lines.join("\n") + (ended && lines.length > 0 ? "\n" : ""),
        );
        const tail = new LineTail(3);
        for (let at = 0; at < bytes.length; at += size) {
          tail.push(bytes.slice(at, at + size));
        }
        const complete = !ended && lines.at(-1) === ""
          ? lines.slice(0, -1)
          : lines;
        assert.deepEqual(tail.lines(), complete.slice(-3));
      },
    ));
  },
);

Deno.test(
  "LineTail keeps only the start of a long line",
  { permissions: "none" },
  () => {
    const tail = new LineTail(3);
    for (let i = 0; i < 10; i++) tail.push(ENCODER.encode("x".repeat(1000)));
    assert.equal(tail.lines()[0]?.length, 2000);
  },
);
