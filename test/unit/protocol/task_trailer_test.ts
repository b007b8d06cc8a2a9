import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { decodeAccumulatorUpdate } from "../../../src/protocol/accumulator_update.ts";
import { DIALECTS } from "../../../src/protocol/dialect.ts";
import {
  readTaskEnd,
  type TaskTrailer,
  writeTaskEnd,
  writeTaskFailure,
  writeTaskTrailer,
} from "../../../src/protocol/task_trailer.ts";
import { readWorkerAnswer } from "../../mirror/jvm_side.ts";

const TRAILER: TaskTrailer = {
  timings: {
    bootMs: 1_700_000_000_001.9,
    initMs: 1_700_000_000_002,
    finishMs: 1_700_000_000_009.5,
    processingMs: 7.2,
  },
  memoryBytesSpilled: 2n ** 40n,
  diskBytesSpilled: 17n,
  accumulatorUpdates: [
    { id: 0n, value: new Uint8Array([9, 8]) },
    { id: 2n ** 62n, value: new Uint8Array(0) },
  ],
};

for (const dialect of DIALECTS) {
  Deno.test({
    name: `writeTaskTrailer is understood by Spark ${dialect}`,
    permissions: "none",
    fn(): void {
      const writer = new ByteWriter().writeSizedBytes(new Uint8Array([5]));
      writeTaskTrailer(writer, dialect, TRAILER);
      writeTaskEnd(writer, true);
      const answer = readWorkerAnswer(writer.finish(), dialect);
      assert.ok(answer.kind === "done");
      assert.deepEqual(answer.frames, [new Uint8Array([5])]);
      const times = [
        1_700_000_000_001n,
        1_700_000_000_002n,
        1_700_000_000_009n,
      ];
      const later = dialect === "4.2" || dialect === "4.3";
      assert.deepEqual(answer.times, later ? [...times, 7n] : times);
      assert.deepEqual(answer.spilled, [2n ** 40n, 17n]);
      assert.deepEqual(
        answer.updates.map(decodeAccumulatorUpdate),
        TRAILER.accumulatorUpdates,
      );
      assert.equal(answer.reused, true);
    },
  });
}

Deno.test({
  name: "writeTaskTrailer writes these very bytes",
  permissions: "none",
  fn(): void {
    const writer = new ByteWriter();
    writeTaskTrailer(writer, "3.5", {
      timings: { bootMs: 1, initMs: 2, finishMs: 3, processingMs: 4 },
      memoryBytesSpilled: 5n,
      diskBytesSpilled: 6n,
      accumulatorUpdates: [{ id: 7n, value: new Uint8Array([8]) }],
    });
    writeTaskEnd(writer, false);
    assert.equal(
      writer.finish().toHex(),
      "fffffffd" + "0000000000000001" + "0000000000000002" +
        "0000000000000003" + "0000000000000005" + "0000000000000006" +
        "ffffffff" + "00000001" + "00000009" + "0000000000000007" + "08" +
        "ffffffff",
    );
  },
});

Deno.test({
  name: "writeTaskEnd keeps the worker or gives it up",
  permissions: "none",
  fn(): void {
    const writer = new ByteWriter();
    writeTaskEnd(writer, true);
    writeTaskEnd(writer, false);
    assert.equal(writer.finish().toHex(), "fffffffc" + "ffffffff");
  },
});

Deno.test({
  name: "writeTaskFailure hands over a text in any script",
  permissions: "none",
  fn(): void {
    for (const text of ["", "Error: größer 😀\n\tat f (a.ts:1:2)"]) {
      const writer = new ByteWriter();
      writeTaskFailure(writer, text);
      const answer = readWorkerAnswer(writer.finish(), "4.3");
      assert.deepEqual(answer, { kind: "failed", text });
    }
  },
});

Deno.test({
  name: "readTaskEnd is true for the end of stream alone",
  permissions: "none",
  fn(): void {
    const cases: readonly (readonly [string, boolean])[] = [
      ["fffffffc", true],
      ["ffffffff", false],
      ["00000000", false],
      ["", false],
      ["fffffc", false],
    ];
    for (const [hex, expected] of cases) {
      const reader = ByteReader.of(Uint8Array.fromHex(hex), 1);
      assert.equal(readTaskEnd(reader), expected, hex);
    }
  },
});
