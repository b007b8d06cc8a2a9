import assert from "node:assert/strict";
import fc from "fast-check";
import { LineSplitter } from "../../../../src/driver/gateway/line_splitter.ts";

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

Deno.test(
  "LineSplitter gives the same lines however the chunks fall",
  { permissions: "none" },
  () => {
    const line = fc.string({ unit: "grapheme", maxLength: 30 })
      .map((text) => text.replaceAll("\n", " "));
    fc.assert(fc.property(
      fc.array(line),
      fc.integer({ min: 1, max: 40 }),
      (lines, size) => {
        const bytes = ENCODER.encode(lines.map((text) => text + "\n").join(""));
        const splitter = new LineSplitter();
        const got: string[] = [];
        const buffer = new Uint8Array(size); // used again, as a reader does
        for (let at = 0; at < bytes.length; at += size) {
          const part = bytes.subarray(at, at + size);
          buffer.set(part);
          splitter.push(
            buffer.subarray(0, part.length),
            (found) => got.push(DECODER.decode(found)),
          );
        }
        assert.deepEqual(got, lines);
        assert.equal(splitter.pending, 0);
      },
    ));
  },
);

Deno.test(
  "LineSplitter.push() refuses a line over the limit before its end",
  { permissions: "none" },
  () => {
    const splitter = new LineSplitter(10);
    splitter.push(ENCODER.encode("0123456789\n0123"), () => {});
    assert.equal(splitter.pending, 4);
    assert.throws(() => splitter.push(ENCODER.encode("4567890"), () => {}), {
      condition: "ANSWER_TOO_LONG",
      message:
        "Cannot read the JVM's answer: it is longer than 10 bytes; ask for less at once",
    });
  },
);
