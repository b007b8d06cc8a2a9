import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Utf8Text } from "../../../../src/serde/records/utf8_text.ts";
import { anyText } from "./arbitraries.ts";

const pure = { permissions: "none" } as const;
const TEXT = new TextEncoder();

Deno.test(
  "Utf8Text.read gives each string of a buffer, in any order",
  pure,
  () => {
    const texts = fc.array(anyText.map((text) => text.toWellFormed()));
    fc.assert(fc.property(texts, fc.boolean(), (all, backwards) => {
      const bytes = TEXT.encode(all.join(""));
      const strings = new Utf8Text(bytes);
      let at = 0;
      const spans = all.map((text) => {
        const start = at;
        at += TEXT.encode(text).length;
        return { text, start, end: at };
      });
      for (const { text, start, end } of backwards ? spans.reverse() : spans) {
        assert.equal(strings.read(start, end), text);
      }
    }));
  },
);

Deno.test("Utf8Text.read reads short strings beyond its window", pure, () => {
  const strings = new Utf8Text(TEXT.encode("0123456789".repeat(20_000)));
  for (const at of [0, 65_530, 65_540, 131_080, 199_990, 10]) {
    assert.equal(strings.read(at, at + 10), "0123456789");
  }
});

Deno.test("Utf8Text.read tells U+FFFD from broken text", pure, () => {
  const bytes = new Uint8Array([0xef, 0xbf, 0xbd, 97, 0xc3, 0x28]);
  const strings = new Utf8Text(bytes);
  assert.equal(strings.read(0, 4), "\ufffda");
  assert.throws(() => strings.read(3, 6), {
    name: "ProtocolError",
    condition: "TEXT_MALFORMED",
    message:
      "Cannot read text as UTF-8: bytes 3 to 6 hold a sequence that is none",
  });
});
