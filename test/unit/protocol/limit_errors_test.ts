/** Each limit on what the other side announces, and its error one beyond it. */
import assert from "node:assert/strict";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { FrameSplitter, MAX_FRAME_BYTES } from "../../../src/protocol/frame.ts";
import {
  readSecret,
  readSecretAnswer,
} from "../../../src/protocol/handshake.ts";
import {
  MAX_SECRET_BYTES,
  MAX_TEXT_BYTES,
  readLimitedText,
  readTexts,
} from "../../../src/protocol/limits.ts";
import { wholeReader } from "../../fuzz/chunked_reader.ts";

const CASES: readonly [
  what: string,
  limit: number,
  read: (announced: Uint8Array<ArrayBuffer>) => unknown,
][] = [
  ["a text", MAX_TEXT_BYTES, (b) => readLimitedText(wholeReader(b), "a text")],
  [
    "the secret",
    MAX_SECRET_BYTES,
    (b) => readSecret(wholeReader(b), "a secret"),
  ],
  [
    "the answer to the secret",
    1024,
    (b) => readSecretAnswer(wholeReader(b)),
  ],
  ["a frame", MAX_FRAME_BYTES, (b) => new FrameSplitter().push(b)],
];

for (const [what, limit, read] of CASES) {
  Deno.test({
    name:
      `${what} may announce ${limit} bytes, not one more, nor fewer than none`,
    permissions: "none",
    fn() {
      for (const length of [limit + 1, 2 ** 31 - 1, -2, -(2 ** 31)]) {
        assert.throws(() => read(new ByteWriter().writeInt(length).finish()), {
          condition: "LENGTH_INVALID",
          message:
            `Cannot read ${what}: the length is ${length} bytes, which is not between 0 and ${limit}; the stream is out of step or does not come from Spark`,
        });
      }
    },
  });
}

Deno.test({
  name: "all texts of a list together may have as much as one",
  permissions: "none",
  fn() {
    const bytes = new ByteWriter().writeInt(2).writeString("abc")
      .writeInt(MAX_TEXT_BYTES - 2).finish();
    assert.throws(() => readTexts(wholeReader(bytes), "names"), {
      condition: "LENGTH_INVALID",
      parameters: {
        what: "names",
        length: MAX_TEXT_BYTES - 2,
        limit: MAX_TEXT_BYTES - 3,
      },
    });
  },
});
