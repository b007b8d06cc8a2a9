import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import {
  decodeAccumulatorUpdate,
  writeAccumulatorUpdate,
} from "../../../src/protocol/accumulator_update.ts";

Deno.test({
  name: "decodeAccumulatorUpdate gives back what writeAccumulatorUpdate wrote",
  permissions: "none",
  fn(): void {
    for (const id of [0n, 1n, -1n, 2n ** 63n - 1n]) {
      const update = { id, value: new Uint8Array([1, 2, 3]) };
      const writer = new ByteWriter();
      writeAccumulatorUpdate(writer, update);
      const bytes = ByteReader.of(writer.finish(), 1).readSizedBytes();
      assert.deepEqual(decodeAccumulatorUpdate(bytes), update);
    }
  },
});

Deno.test({
  name: "decodeAccumulatorUpdate reads a view that does not begin its buffer",
  permissions: "none",
  fn(): void {
    const whole = new Uint8Array([99, 0, 0, 0, 0, 0, 0, 0, 5, 42]);
    const update = decodeAccumulatorUpdate(whole.subarray(1));
    assert.equal(update.id, 5n);
    assert.deepEqual([...update.value], [42]);
  },
});

Deno.test({
  name: "decodeAccumulatorUpdate refuses bytes without room for an id",
  permissions: "none",
  fn(): void {
    assert.throws(() => decodeAccumulatorUpdate(new Uint8Array(7)), {
      name: "ProtocolError",
      condition: "ACCUMULATOR_UPDATE_INVALID",
      message:
        "Cannot read an accumulator update: it has 7 bytes, and its id alone takes 8; driver and workers must run the same TSpark",
    });
  },
});
