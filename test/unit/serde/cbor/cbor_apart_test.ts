import assert from "node:assert/strict";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";

const pure = { permissions: "none" } as const;
const codec = createCborCodec();

Deno.test(
  "CborCodec.encode puts byte strings of 1 MiB apart without a copy, and decode takes them over",
  pure,
  () => {
    const large = new Uint8Array(1 << 20).fill(7);
    const value = [
      large,
      new Float64Array(1 << 17).fill(1.5),
      new Uint8Array(3),
      new DataView(new ArrayBuffer(1 << 20)),
      new ArrayBuffer(1 << 20),
      new Uint8Array(new SharedArrayBuffer(1 << 20)), // may change, and no system call takes it
    ];
    const apart: Uint8Array[] = [];
    const bytes = codec.encode(value, undefined, apart).slice();
    assert.equal(apart[0]?.buffer, large.buffer);
    assert.equal(apart.length, 4);
    const own = apart.map((part) => new Uint8Array(part));
    const got = codec.decode(bytes, own) as unknown[];
    assert.deepEqual(got, [
      ...value.slice(0, -1),
      new Uint8Array(1 << 20),
    ]);
    assert.equal((got[0] as Uint8Array).buffer, own[0]?.buffer);
    assert.throws(
      () => codec.decode(bytes, own.slice(1)),
      /^ProtocolError: Cannot decode record at byte \d+ of \d+: 1048576 bytes do not lie apart$/,
    );
    assert.throws(
      () => codec.decode(bytes),
      /: 1048576 bytes do not lie apart$/,
    );
    assert.throws(
      () => codec.decode(bytes, [...own, new Uint8Array(0)]),
      /: not all that lies apart is named$/,
    );
    assert.ok(codec.encode(value).length > 5 << 20);
    assert.deepEqual(codec.decode(codec.encode([1])), [1]);
  },
);
