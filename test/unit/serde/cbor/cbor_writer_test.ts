import assert from "node:assert/strict";
import { CborWriter } from "../../../../src/serde/cbor/cbor_writer.ts";

const pure = { permissions: "none" } as const;

Deno.test("CborWriter refuses more bytes than a frame carries", pure, () => {
  const writer = new CborWriter(100_000);
  writer.raw(new Uint8Array(99_000));
  assert.throws(() => writer.raw(new Uint8Array(999)), {
    name: "SparkError",
    condition: "RECORD_TOO_LARGE",
    message:
      "Cannot serialize 100007 bytes of records as one batch: a frame holds at most 100000 bytes; make smaller records or batches",
  });
  writer.clear();
  writer.string("small again");
  assert.equal(writer.view().length, 12);
});

Deno.test("CborWriter writes the shortest head", pure, () => {
  const heads: [number, number[]][] = [
    [23, [23]],
    [24, [24, 24]],
    [255, [24, 255]],
    [256, [25, 1, 0]],
    [65_536, [26, 0, 1, 0, 0]],
    [-1, [0x20]],
    [-4294967296, [0x3a, 255, 255, 255, 255]],
    [-0, [0xfb, 0x80, 0, 0, 0, 0, 0, 0, 0]],
  ];
  for (const [value, bytes] of heads) {
    const writer = new CborWriter();
    writer.number(value);
    assert.deepEqual([...writer.view()], bytes);
  }
});

Deno.test("CborWriter writes long text whole, whatever its bytes", pure, () => {
  for (
    const length of [22, 23, 24, 47, 48, 84, 85, 86, 21_845, 21_846, 70_000]
  ) {
    for (const unit of ["a", "é", "中"]) {
      const text = unit.repeat(length);
      const writer = new CborWriter();
      writer.string(text);
      const bytes = new TextEncoder().encode(text);
      const view = writer.view();
      assert.deepEqual(view.slice(-bytes.length), bytes);
      assert.ok(view.length - bytes.length <= 5);
    }
  }
});
