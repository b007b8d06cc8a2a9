import assert from "node:assert/strict";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";

const codec = createCborCodec();
const pure = { permissions: "none" } as const;

// Found by `deno task fuzz cbor`: names and tags called the decoder again without counting depth.
Deno.test(
  "CborCodec.decode refuses tags and names in each other, however many",
  pure,
  () => {
    const tags = [2, 3, 64, 72, 79, 258, 259, 273];
    for (let tag = 0x5453; tag <= 0x5503; tag++) tags.push(tag);
    for (const tag of tags) {
      for (const inner of [[], [0x81], [0x82, 0], [0xa1], [0xa1, 0x60]]) {
        const unit = [0xd9, tag >> 8, tag & 255, ...inner];
        const bytes = new Uint8Array(unit.length * 12_000)
          .map((_, at) => unit[at % unit.length] ?? 0);
        assert.throws(() => codec.decode(bytes), {
          condition: "CBOR_MALFORMED",
        });
      }
    }
  },
);
