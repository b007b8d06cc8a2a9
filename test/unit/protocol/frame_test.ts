import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { ProtocolError } from "../../../src/common/errors.ts";
import { FrameSplitter } from "../../../src/protocol/frame.ts";

function chunksOf(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    chunks.push(bytes.slice(at, at + size));
  }
  return chunks;
}

Deno.test(
  "FrameSplitter gives the same frames however the chunks fall",
  { permissions: "none" },
  () => {
    fc.assert(fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.integer({ min: 1, max: 50 }),
      fc.boolean(),
      (frames, size, endMark) => {
        const bytes = new ByteWriter();
        for (const frame of frames) bytes.writeSizedBytes(frame);
        if (endMark) bytes.writeInt(-1);
        const splitter = new FrameSplitter({ endMark });
        const got = chunksOf(bytes.finish(), size)
          .flatMap((chunk) => splitter.push(chunk));
        splitter.finish();
        assert.deepEqual(
          got.map((frame) => [...frame]),
          frames.map((frame) => [...frame]),
        );
        assert.equal(splitter.ended, endMark);
      },
    ));
  },
);

Deno.test(
  "FrameSplitter takes whole frames as views of their chunk",
  { permissions: "none" },
  () => {
    const chunk = new ByteWriter().writeString("hello").finish();
    const [frame] = new FrameSplitter().push(chunk);
    assert.equal(frame?.buffer, chunk.buffer);
  },
);

Deno.test(
  "FrameSplitter.push() refuses impossible lengths",
  { permissions: "none" },
  () => {
    for (const length of [-1, -2, -2147483648, 2147483647]) {
      const chunk = new ByteWriter().writeInt(length).finish();
      assert.throws(
        () => new FrameSplitter().push(chunk),
        new ProtocolError(
          "LENGTH_INVALID",
          `Cannot read a frame: the length is ${length} bytes, which is not between 0 and 1073741824; the stream is out of step or does not come from Spark`,
          { what: "a frame", length, limit: 1073741824 },
        ),
      );
    }
    const chunk = new ByteWriter().writeInt(11).finish();
    assert.throws(
      () => new FrameSplitter({ maxBytes: 10 }).push(chunk),
      { condition: "LENGTH_INVALID" },
    );
  },
);

Deno.test(
  "FrameSplitter.finish() refuses a stream that ends inside a frame or header",
  { permissions: "none" },
  () => {
    const bytes = new ByteWriter().writeString("hello").finish();
    const inFrame = new FrameSplitter();
    inFrame.push(bytes.subarray(0, 7));
    assert.throws(() => inFrame.finish(), {
      condition: "BYTES_TRUNCATED",
      message: "Cannot read a frame: the other side closed after 3 of 5 bytes",
    });
    const inHeader = new FrameSplitter();
    inHeader.push(bytes.subarray(0, 2));
    assert.throws(() => inHeader.finish(), {
      condition: "BYTES_TRUNCATED",
      message: "Cannot read a frame: the other side closed after 2 of 4 bytes",
    });
    const unmarked = new FrameSplitter({ endMark: true });
    unmarked.push(bytes);
    assert.throws(() => unmarked.finish(), {
      condition: "BYTES_TRUNCATED",
      message: "Cannot read frames: the other side closed before the end mark",
    });
  },
);

Deno.test(
  "FrameSplitter.push() refuses bytes after the end mark",
  { permissions: "none" },
  () => {
    const bytes = new ByteWriter().writeInt(-1).writeInt(7).finish();
    assert.throws(() => new FrameSplitter({ endMark: true }).push(bytes), {
      condition: "BYTES_SURPLUS",
      message: "Cannot read frames: 4 bytes follow the end mark",
    });
  },
);
