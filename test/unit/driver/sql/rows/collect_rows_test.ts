import assert from "node:assert/strict";
import { ProtocolError } from "../../../../../src/common/errors.ts";
import { orderBatches } from "../../../../../src/driver/sql/rows/collect_rows.ts";

const pure = { permissions: "none" } as const;
const [a, b, c] = [1, 2, 3].map((byte) => new Uint8Array([byte])) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

function ints(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setInt32(4 * i, value));
  return new Uint8Array(view.buffer);
}

Deno.test("orderBatches puts each batch in its place", pure, () => {
  assert.deepEqual(orderBatches([a, b, c], ints(3, 2, 0, 1)), [c, a, b]);
  assert.deepEqual(orderBatches([], ints(0)), []);
});

Deno.test("orderBatches reads a trailer inside a larger buffer", pure, () => {
  const buffer = new Uint8Array([9, ...ints(1, 0)]);
  assert.deepEqual(orderBatches([a], buffer.subarray(1)), [a]);
});

Deno.test("orderBatches refuses an order that would lose rows", pure, () => {
  const cases = [
    [ints(1, 0), "it names 1"],
    [ints(2, 0, 0), "it names batch 0, not there or twice"],
    [ints(2, 0, 2), "it names batch 2, not there or twice"],
    [ints(2, 1, -1), "it names batch -1, not there or twice"],
  ] as const;
  for (const [trailer, why] of cases) {
    assert.throws(() => orderBatches([a, b], trailer), (error: unknown) => {
      assert.ok(error instanceof ProtocolError);
      assert.equal(error.condition, "BATCH_ORDER_INVALID");
      assert.equal(
        error.message,
        `Cannot put the 2 batches of a result in order: ${why}; the stream was damaged on its way, collect again`,
      );
      return true;
    });
  }
});

Deno.test("orderBatches refuses a trailer that is cut short", pure, () => {
  for (const trailer of [ints(), ints(2), ints(2, 0)]) {
    assert.throws(() => orderBatches([a, b], trailer), {
      condition: "BYTES_TRUNCATED",
    });
  }
});
