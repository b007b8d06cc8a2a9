import assert from "node:assert/strict";
import { ClosureCapturer } from "../../../../src/driver/closure/closure_capturer.ts";
import { PartitionerNumbers } from "../../../../src/driver/runtime/partitioner_numbers.ts";
import type { ClosureRecord } from "../../../../src/protocol/closure_record.ts";

Deno.test("PartitionerNumbers gives functions one number while they capture the same", async () => {
  using capturer = new ClosureCapturer();
  let n = 2;
  const place = (key: number): number => key % n;
  const other = (key: number): number => key % 2;
  const site = { operation: "partitionBy()", position: "" };
  const captured = async (f: unknown): Promise<ClosureRecord> =>
    await capturer.capture([f], [site]);
  const numbers = new PartitionerNumbers();
  const rule = { kind: "function", f: 0 } as const;
  const first = numbers.of(rule, await captured(place));
  assert.equal(numbers.of(rule, await captured(place)), first);
  assert.notEqual(numbers.of(rule, await captured(other)), first);
  n = 3;
  assert.notEqual(numbers.of(rule, await captured(place)), first);
  n = 2;
  assert.equal(numbers.of(rule, await captured(place)), first);
});

Deno.test("PartitionerNumbers gives hashes one number, and all else new ones", () => {
  const numbers = new PartitionerNumbers();
  assert.equal(numbers.of({ kind: "hash" }, null), 1);
  assert.equal(numbers.of({ kind: "hash" }, null), 1);
  const range = {
    kind: "range",
    bounds: new Uint8Array(1),
    ascending: true,
    key: null,
  } as const;
  const seen = [1];
  for (
    const rule of [
      range,
      { kind: "record" },
      { kind: "roundRobin" },
      { kind: "own" },
    ] as const
  ) {
    for (let round = 0; round < 2; round++) {
      const number = numbers.of(rule, null);
      assert.ok(!seen.includes(number));
      seen.push(number);
    }
  }
});
