import assert from "node:assert/strict";
import { ArrivedBytes } from "../../../../src/common/arrived_bytes.ts";
import { readArrived } from "../../../../src/driver/gateway/read_arrived.ts";

Deno.test(
  "readArrived() takes what is whole, leaves the rest, and gives undefined for a part",
  {
    permissions: "none",
  },
  () => {
    const arrived = new ArrivedBytes();
    arrived.push(Uint8Array.of(0, 0, 0));
    assert.equal(readArrived(arrived, (reader) => reader.readInt()), undefined);
    assert.equal(arrived.length, 3);
    arrived.push(Uint8Array.of(7, 9));
    assert.equal(readArrived(arrived, (reader) => reader.readInt()), 7);
    assert.deepEqual([...arrived.bytes], [9]);
    const refuse = (): never => {
      throw new RangeError("no");
    };
    assert.throws(() => readArrived(arrived, refuse), RangeError);
  },
);
