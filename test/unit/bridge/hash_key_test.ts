import assert from "node:assert/strict";
import { hashKey } from "../../../src/bridge/hash_key.ts";

/** By length: hashes by the xxHash library for Python, of bytes (37 i + 11) mod 256. */
const known = [
  [0, 2138089328],
  [1, 327614491],
  [3, 3596272567],
  [4, 1022533817],
  [5, 1268708450],
  [15, 3798110837],
  [16, 840326454],
  [17, 3769331138],
  [31, 249205239],
  [32, 2651841358],
  [33, 4116842365],
  [64, 2665165503],
  [100, 493508355],
] as const;

Deno.test("hashKey is xxHash32 at every length and offset", {
  permissions: "none",
}, () => {
  for (const [length, hash] of known) {
    for (const start of [0, 1, 3]) {
      const bytes = new Uint8Array(start + length + 2).fill(99);
      for (let i = 0; i < length; i++) bytes[start + i] = 37 * i + 11;
      assert.equal(hashKey(bytes, start, start + length), hash);
    }
  }
});
