import assert from "node:assert/strict";
import { zstdCompressSync } from "node:zlib";
import { decompressBody } from "../../../../src/serde/arrow/decompress.ts";
import { readLz4Frame } from "../../../../src/serde/arrow/lz4_frame.ts";

const MAGIC = [0x04, 0x22, 0x4d, 0x18];
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A frame of one block. */
function frame(
  block: readonly number[],
  options: { stored?: boolean; flags?: number; after?: readonly number[] } = {},
): Uint8Array {
  const { stored = false, flags = 0x40, after = [] } = options;
  const size = [0, 8, 16, 24].map((by) => block.length >>> by & 255);
  if (stored) size[3] = 0x80;
  return Uint8Array.of(
    ...MAGIC,
    flags,
    0x40,
    0,
    ...size,
    ...block,
    0,
    0,
    0,
    0,
    ...after,
  );
}

/** A buffer as Arrow has it: its length, then the frame. */
function buffer(length: bigint, frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + frame.length);
  new DataView(bytes.buffer).setBigInt64(0, length, true);
  bytes.set(frame, 8);
  return bytes;
}

Deno.test("readLz4Frame() reads literals, matches that repeat themselves, and stored blocks", () => {
  const abc = [...text("abc")];
  assert.deepEqual(readLz4Frame(frame(abc, { stored: true }), 3), text("abc"));
  assert.deepEqual(readLz4Frame(frame([0x30, ...abc]), 3), text("abc"));
  // "abc", then 10 bytes from 3 back, then "z".
  const repeated = [0x36, ...abc, 3, 0, 0x10, 0x7a];
  assert.deepEqual(readLz4Frame(frame(repeated), 14), text("abcabcabcabcaz"));
  // A match of 15 + 255 + 10 + 4 bytes of one letter.
  const long = [0x1f, 0x61, 1, 0, 255, 10, 0];
  assert.deepEqual(readLz4Frame(frame(long), 285), text("a".repeat(285)));
  const sized = Uint8Array.of(
    ...MAGIC,
    0x4c,
    0x40,
    3,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    3,
    0,
    0,
    0x80,
    ...abc,
    0,
    0,
    0,
    0,
    1,
    2,
    3,
    4,
  );
  assert.deepEqual(readLz4Frame(sized, 3), text("abc"));
});

Deno.test("readLz4Frame() refuses frames that are cut, too long or lead outside", () => {
  const good = frame([0x36, 0x61, 0x62, 0x63, 3, 0, 0x10, 0x7a]);
  for (let end = 0; end < good.length; end++) {
    assert.throws(() => readLz4Frame(good.subarray(0, end), 14), {
      condition: "ARROW_MALFORMED",
      message:
        "Cannot read an Arrow stream: a buffer is no LZ4 frame of its length; it was damaged on its way",
    });
  }
  for (const size of [0, 13, 15, 1e9]) {
    assert.throws(() => readLz4Frame(good, size), {
      condition: "ARROW_MALFORMED",
    });
  }
  for (
    const block of [[0x16, 0x61, 9, 0], [0x16, 0x61, 0, 0], [0xf0], [
      0x20,
      0x61,
    ]]
  ) {
    assert.throws(() => readLz4Frame(frame(block), 11), {
      condition: "ARROW_MALFORMED",
    });
  }
});

Deno.test("decompressBody() reads both codecs, and what was left as it is", () => {
  const content = text("some text, some text, some text");
  const zstd = buffer(BigInt(content.length), zstdCompressSync(content));
  const stored = buffer(-1n, content);
  const lz4 = buffer(3n, frame([...text("abc")], { stored: true }));
  const empty = new Uint8Array(0);
  assert.deepEqual(decompressBody("zstd", [zstd, stored, empty]), [
    content,
    content,
    empty,
  ]);
  assert.deepEqual(decompressBody("lz4", [lz4]), [text("abc")]);
  assert.deepEqual(
    decompressBody("zstd", [buffer(0n, zstdCompressSync(empty))]),
    [empty],
  );
  // A buffer without bytes has no frame in Java's library.
  for (const codec of ["lz4", "zstd"] as const) {
    assert.deepEqual(decompressBody(codec, [buffer(0n, empty)]), [empty]);
  }
});

Deno.test("decompressBody() believes no length that the content has not", () => {
  const content = text("some text");
  const compressed = zstdCompressSync(content);
  for (const length of [8n, 10n, 1n]) {
    assert.throws(() => decompressBody("zstd", [buffer(length, compressed)]), {
      condition: "ARROW_MALFORMED",
    });
  }
  assert.throws(() => decompressBody("zstd", [buffer(2n ** 40n, compressed)]), {
    condition: "LENGTH_INVALID",
    message:
      /Cannot read a compressed Arrow buffer: the length is 1099511627776 bytes/,
  });
  assert.throws(() => decompressBody("zstd", [buffer(5n, text("nonsense"))]), {
    message: /a buffer is no ZSTD frame of its length/,
  });
  assert.throws(() => decompressBody("lz4", [new Uint8Array(3)]), {
    message: /a buffer has no length/,
  });
});
