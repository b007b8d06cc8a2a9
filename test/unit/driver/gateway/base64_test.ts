import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import {
  decodeBase64,
  encodeBase64,
} from "../../../../src/driver/gateway/base64.ts";

const ASCII = new TextEncoder();

Deno.test(
  "encodeBase64() and decodeBase64() agree with the platform's for any bytes",
  { permissions: "none" },
  () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encodeBase64(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64"));
      assert.deepEqual([...decodeBase64(ASCII.encode(text))], [...bytes]);
    }));
  },
);

Deno.test(
  "decodeBase64() refuses what is not base64",
  { permissions: "none" },
  () => {
    for (const text of ["A", "AAA", "AA*A", "====", "A===", "AA=A", "AA\n="]) {
      assert.throws(() => decodeBase64(ASCII.encode(text)), {
        condition: "BASE64_INVALID",
        message:
          `Cannot decode bytes from the JVM: ${text.length} characters are not base64`,
      }, text);
    }
  },
);
