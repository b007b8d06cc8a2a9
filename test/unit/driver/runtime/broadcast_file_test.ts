import assert from "node:assert/strict";
import {
  type BytesChannel,
  writeContent,
} from "../../../../src/driver/runtime/broadcast_file.ts";

Deno.test({
  name:
    "writeContent() refuses what no worker could read, before it is written",
  permissions: "none",
  fn() {
    for (const isEncrypted of [false, true]) {
      const channel = {
        isEncrypted,
        folder: {
          write(): never {
            throw new Error("written");
          },
        },
      };
      // The same bytes thrice, which are not there until they are read.
      const part = new Uint8Array(1 << 30);
      assert.throws(
        () =>
          writeContent(channel as unknown as BytesChannel, [part, part, part]),
        {
          name: "SparkError",
          condition: "BROADCAST_TOO_LARGE",
          message:
            "Cannot broadcast 3221225472 bytes: one value may have 2147483584; broadcast it in parts",
        },
      );
    }
  },
});
