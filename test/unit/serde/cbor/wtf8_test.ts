import assert from "node:assert/strict";
import * as fc from "fast-check";
import { readWtf8, writeWtf8 } from "../../../../src/serde/cbor/wtf8.ts";
import { anyText } from "../records/arbitraries.ts";

const pure = { permissions: "none" } as const;

function encode(text: string): Uint8Array {
  const into = new Uint8Array(3 * text.length);
  return into.subarray(0, writeWtf8(text, into, 0));
}

Deno.test("writeWtf8 is UTF-8 for well-formed text", pure, () => {
  fc.assert(fc.property(anyText.map((text) => text.toWellFormed()), (text) => {
    assert.deepEqual(encode(text), new TextEncoder().encode(text));
  }));
});

Deno.test("readWtf8 gives back any text", pure, () => {
  fc.assert(
    fc.property(anyText, (text) => readWtf8(encode(text)) === text),
  );
});

Deno.test("readWtf8 refuses bytes that are no text", pure, () => {
  const cases: [number[], number][] = [
    [[0x80], 0],
    [[97, 0xc3], 1],
    [[0xc0, 0x80], 0],
    [[0xe0, 0x80, 0x80], 0],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0xf5, 0x80, 0x80, 0x80], 0],
    [[0xe2, 0x28, 0xa1], 0],
  ];
  for (const [bytes, at] of cases) {
    assert.throws(() => readWtf8(new Uint8Array(bytes)), {
      name: "ProtocolError",
      condition: "TEXT_MALFORMED",
      message:
        `Cannot read text as WTF-8: no character starts at byte ${at} of ${bytes.length}`,
    });
  }
});
