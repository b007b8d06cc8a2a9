import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";

/** A reader whose bytes come without blocking, in chunks. */
function chunked(
  bytes: Uint8Array,
  chunkBytes: number,
): [ByteReader, { readAsync(into: Uint8Array): Promise<number> }] {
  let at = 0;
  const source = {
    readAsync(into: Uint8Array): Promise<number> {
      const size = Math.min(into.length, chunkBytes, bytes.length - at);
      into.set(bytes.subarray(at, at + size));
      at += size;
      return Promise.resolve(size);
    },
  };
  const refusing = {
    read(): number {
      throw new Error("This read would block");
    },
  };
  return [new ByteReader(refusing, 8), source];
}

Deno.test({
  name:
    "ByteReader.fillAsync() fills the window as fill() does, in chunks of any size",
  permissions: "none",
  async fn() {
    const bytes = new Uint8Array(100).map((_, i) => i);
    for (const chunk of [1, 2, 3, 8, 9, 100]) {
      const [reader, source] = chunked(bytes, chunk);
      const blocking = ByteReader.of(bytes, chunk);
      for (const count of [0, 1, 4, 8, 9, 30, 48]) {
        assert.equal(await reader.fillAsync(source, count), true);
        assert.equal(blocking.fill(count), true);
        assert.deepEqual(
          reader.window.slice(0, count),
          blocking.window.slice(0, count),
        );
        reader.skip(count);
        blocking.skip(count);
      }
      assert.equal(await reader.fillAsync(source, 1), false);
      assert.equal(blocking.fill(1), false);
      assert.deepEqual(reader.window, new Uint8Array());
    }
  },
});

Deno.test({
  name: "ByteReader.fillAsync() keeps what came before the end",
  permissions: "none",
  async fn() {
    const [reader, source] = chunked(new Uint8Array([0, 0, 0, 7, 9]), 2);
    assert.equal(await reader.fillAsync(source, 6), false);
    assert.equal(reader.readInt(), 7);
    assert.deepEqual(reader.window, new Uint8Array([9]));
  },
});
