import assert from "node:assert/strict";
import { ArrivedBytes } from "../../../src/common/arrived_bytes.ts";

Deno.test("ArrivedBytes gives what came, less what was skipped", {
  permissions: "none",
}, () => {
  const arrived = new ArrivedBytes();
  assert.equal(arrived.length, 0);
  const wanted: number[] = [];
  for (let i = 0; i < 300; i++) {
    const piece = Uint8Array.from(
      { length: i % 97 },
      (_, at) => (i + at) % 256,
    );
    arrived.push(piece);
    wanted.push(...piece);
    if (i % 10 === 9) arrived.skip(wanted.splice(0, 100).length);
    assert.deepEqual([...arrived.bytes], wanted);
    assert.equal(arrived.length, wanted.length);
  }
  arrived.skip(arrived.length);
  assert.deepEqual([...arrived.bytes], []);
  arrived.push(new Uint8Array([1]));
  assert.deepEqual([...arrived.bytes], [1]);
});
