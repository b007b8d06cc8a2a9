import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import {
  MAX_COMMAND_BYTES,
  MAX_ENTRIES,
  readCount,
  readLimitedBytes,
  readLimitedText,
  readTextMap,
  readTexts,
} from "../../../src/protocol/limits.ts";

Deno.test({
  name: "readLimitedBytes reads any size over any chunking",
  permissions: "none",
  fn(): void {
    for (const size of [0, 1, 7, (1 << 20) - 1, 1 << 20, (5 << 20) + 3]) {
      const bytes = new Uint8Array(size).map((_, at) => at % 251);
      const wire = new ByteWriter().writeSizedBytes(bytes).writeInt(9).finish();
      for (const chunk of [4099, wire.length]) {
        const reader = ByteReader.of(wire, chunk);
        assert.deepEqual(readLimitedBytes(reader, 8 << 20, "it"), bytes);
        assert.equal(reader.readInt(), 9);
      }
    }
  },
});

Deno.test({
  name: "readLimitedBytes asks for little memory before bytes arrive",
  permissions: "none",
  fn(): void {
    const head = new ByteWriter().writeInt(MAX_COMMAND_BYTES).finish();
    const asked: number[] = [];
    let sent = false;
    const reader = new ByteReader({
      read(into): number {
        asked.push(into.length);
        if (sent) return 0;
        sent = true;
        into.set(head);
        return head.length;
      },
    }, 64);
    assert.throws(() => readLimitedBytes(reader, MAX_COMMAND_BYTES, "it"), {
      condition: "BYTES_TRUNCATED",
    });
    assert.ok(Math.max(...asked) <= 1 << 16, `asked for ${asked}`);
  },
});

Deno.test({
  name: "readLimitedBytes refuses lengths outside of the limit",
  permissions: "none",
  fn(): void {
    for (const length of [-1, -5, 11, 2 ** 31 - 1, -(2 ** 31)]) {
      const wire = new ByteWriter().writeInt(length).finish();
      assert.throws(
        () => readLimitedBytes(ByteReader.of(wire), 10, "the name"),
        {
          name: "ProtocolError",
          condition: "LENGTH_INVALID",
          message:
            `Cannot read the name: the length is ${length} bytes, which is not between 0 and 10; the stream is out of step or does not come from Spark`,
        },
      );
    }
  },
});

Deno.test({
  name: "readCount takes counts up to the limit and refuses others",
  permissions: "none",
  fn(): void {
    for (const count of [0, 1, MAX_ENTRIES]) {
      const wire = new ByteWriter().writeInt(count).finish();
      assert.equal(readCount(ByteReader.of(wire), "the things"), count);
    }
    for (const count of [-1, MAX_ENTRIES + 1, 2 ** 31 - 1]) {
      const wire = new ByteWriter().writeInt(count).finish();
      assert.throws(() => readCount(ByteReader.of(wire), "the things"), {
        name: "ProtocolError",
        condition: "COUNT_INVALID",
        message:
          `Cannot read the things: their number is ${count}, which is not between 0 and 1000000; the stream is out of step or does not come from Spark`,
      });
    }
  },
});

Deno.test({
  name: "readTextMap and readTexts read entries in order, also empty ones",
  permissions: "none",
  fn(): void {
    const wire = new ByteWriter().writeInt(2).writeString("b").writeString("")
      .writeString("a").writeString("\ufeff😀").writeInt(1).writeString("x")
      .writeInt(0).finish();
    const reader = ByteReader.of(wire, 1);
    assert.deepEqual([...readTextMap(reader, "it")], [["b", ""], [
      "a",
      "\ufeff😀",
    ]]);
    assert.deepEqual(readTexts(reader, "it"), ["x"]);
    assert.deepEqual(readTexts(reader, "it"), []);
  },
});

Deno.test({
  name: "readLimitedText keeps to the limit it is given",
  permissions: "none",
  fn(): void {
    const wire = new ByteWriter().writeString("four").finish();
    assert.equal(readLimitedText(ByteReader.of(wire), "it", 4), "four");
    assert.throws(() => readLimitedText(ByteReader.of(wire), "it", 3), {
      condition: "LENGTH_INVALID",
    });
  },
});
