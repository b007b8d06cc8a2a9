import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import type { Dialect } from "../../../src/protocol/dialect.ts";
import { writeAnalysis } from "../../../src/protocol/planner_answer.ts";
import {
  parsePlannerAddress,
  plannerAddressText,
  readPlannerGreeting,
  writePlannerGreeting,
} from "../../../src/protocol/planner_link.ts";
import type { QuestionKind } from "../../../src/protocol/planner_modules.ts";
import { readPlannerQuestion } from "../../../src/protocol/planner_question.ts";
import {
  readStreamQuestion,
  readStreamStart,
  writePrefetched,
} from "../../../src/protocol/stream_question.ts";

const BLOB = new Uint8Array([1, 2]);

/** What Spark sends before a question and behind it. */
function sent(
  dialect: Dialect,
  body: (writer: ByteWriter) => void,
  end = -4,
): Uint8Array {
  const writer = new ByteWriter();
  writer.writeString("tspark/2").writeString("/files").writeInt(0);
  writer.writeBool(false).writeInt(0); // broadcasts
  if (dialect === "4.2" || dialect === "4.3") {
    writer.writeInt(1).writeString("key").writeString("value");
  }
  body(writer);
  return writer.writeInt(end).finish();
}

function read(
  dialect: Dialect,
  kind: QuestionKind,
  bytes: Uint8Array,
): unknown {
  const whole = readPlannerQuestion(ByteReader.of(bytes), kind, dialect);
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(
      () =>
        readPlannerQuestion(
          ByteReader.of(bytes.subarray(0, length)),
          kind,
          dialect,
        ),
      { condition: "BYTES_TRUNCATED" },
    );
  }
  return whole;
}

Deno.test({
  name: "readPlannerQuestion() reads what each Spark asks",
  permissions: "none",
  fn() {
    assert.deepEqual(
      read(
        "4.0",
        "analyze",
        sent("4.0", (writer) => {
          writer.writeString("f").writeSizedBytes(BLOB).writeInt(2);
          writer.writeString('"integer"').writeBool(true).writeSizedBytes(BLOB)
            .writeBool(false).writeBool(true).writeString("x");
          writer.writeString('"string"').writeBool(false).writeBool(true)
            .writeBool(false);
        }),
      ),
      {
        kind: "analyze",
        name: "f",
        function: BLOB,
        arguments: [
          { type: '"integer"', constant: BLOB, isTable: false, name: "x" },
          { type: '"string"', constant: null, isTable: true, name: null },
        ],
      },
    );
    for (const dialect of ["4.0", "4.1", "4.2", "4.3"] as const) {
      const hasPushdown = dialect !== "4.0";
      assert.deepEqual(
        read(
          dialect,
          "read",
          sent(dialect, (writer) => {
            writer.writeSizedBytes(BLOB).writeString("in").writeString("out")
              .writeInt(100);
            if (hasPushdown) writer.writeBool(true);
            writer.writeBool(false);
            if (hasPushdown) writer.writeBool(true);
          }),
        ),
        {
          kind: "read",
          instance: BLOB,
          schema: "out",
          maxRecords: 100,
          pushdown: hasPushdown,
          isStreaming: false,
        },
      );
    }
    assert.deepEqual(
      read(
        "4.3",
        "commitBatch",
        sent("4.3", (writer) => {
          writer.writeSizedBytes(BLOB).writeString("s").writeBool(true);
          writer.writeInt(2).writeSizedBytes(BLOB).writeInt(-5);
          writer.writeLong(7n).writeBool(true);
        }),
      ),
      {
        kind: "commitBatch",
        instance: BLOB,
        schema: "s",
        overwrite: true,
        messages: [BLOB, null],
        batchId: 7,
        isAbort: true,
      },
    );
  },
});

Deno.test({
  name:
    "readPlannerQuestion() refuses what does not end, and lengths that are none",
  permissions: "none",
  fn() {
    const commit = (count: number, length: number): Uint8Array =>
      sent("4.0", (writer) => {
        writer.writeSizedBytes(BLOB).writeInt(count).writeInt(length)
          .writeBool(false);
      }, -1);
    const refused = (bytes: Uint8Array, condition: string): void =>
      assert.throws(
        () => readPlannerQuestion(ByteReader.of(bytes), "commit", "4.0"),
        { condition },
      );
    refused(commit(1, -5), "QUESTION_INVALID");
    refused(commit(1, -6), "LENGTH_INVALID");
    refused(commit(-1, 0), "COUNT_INVALID");
  },
});

Deno.test({
  name: "a planner's link: address and greeting",
  permissions: "none",
  fn() {
    const address = { host: "127.0.0.1", port: 5, path: null, secret: "s" };
    assert.deepEqual(parsePlannerAddress(plannerAddressText(address)), address);
    for (const text of ["", "{}", '{"host":1}']) {
      assert.throws(() => parsePlannerAddress(text), {
        condition: "PLANNER_ADDRESS_INVALID",
        message:
          "Cannot find the driver's program: the file with its address is not one of TSpark's; use the same TSpark on the driver and the executors",
      });
    }
    const writer = new ByteWriter();
    writePlannerGreeting(writer, "right", "module");
    const bytes = writer.finish();
    assert.equal(readPlannerGreeting(ByteReader.of(bytes), "right"), "module");
    assert.equal(readPlannerGreeting(ByteReader.of(bytes), "other"), null);
  },
});

Deno.test({
  name: "writeAnalysis() writes what the JVM reads",
  permissions: "none",
  fn() {
    const writer = new ByteWriter();
    writeAnalysis(writer, {
      schema: "{}",
      state: BLOB,
      withSinglePartition: true,
      partitionBy: ["a"],
      orderBy: [
        { name: "b", ascending: true, nullsFirst: null },
        { name: "c", ascending: false, nullsFirst: true },
        { name: "d", ascending: true, nullsFirst: false },
      ],
      select: [{ name: "e", alias: "" }],
    });
    const reader = ByteReader.of(writer.finish());
    assert.equal(reader.readString(), "{}");
    assert.deepEqual(reader.readSizedBytes(), BLOB);
    assert.deepEqual([reader.readInt(), reader.readInt()], [1, 1]);
    assert.equal(reader.readString(), "a");
    assert.equal(reader.readInt(), 3);
    const orders = Array.from({ length: 3 }, () => [
      reader.readString(),
      reader.readInt(),
      reader.readInt(),
    ]);
    assert.deepEqual(orders, [["b", 1, 0], ["c", 0, 1], ["d", 1, 2]]);
    assert.equal(reader.readInt(), 1);
    assert.deepEqual([reader.readString(), reader.readString()], ["e", ""]);
    assert.equal(reader.fill(1), false);
  },
});

Deno.test({
  name: "questions of streams: each method, and rows that come with partitions",
  permissions: "none",
  fn() {
    const writer = new ByteWriter();
    writer.writeString("tspark/2").writeString("/files").writeInt(0)
      .writeSizedBytes(BLOB).writeString("s").writeInt(10);
    assert.deepEqual(readStreamStart(ByteReader.of(writer.finish())), {
      instance: BLOB,
      schema: "s",
      maxRecords: 10,
    });
    const ask = (method: number, ...texts: string[]): unknown => {
      const writer = new ByteWriter().writeInt(method);
      for (const text of texts) writer.writeString(text);
      return readStreamQuestion(ByteReader.of(writer.finish()));
    };
    assert.deepEqual(ask(884), { kind: "initialOffset" });
    assert.deepEqual(ask(885), { kind: "latestOffset" });
    assert.deepEqual(ask(886, "a", "b"), {
      kind: "partitions",
      start: "a",
      end: "b",
    });
    assert.deepEqual(ask(887, "e"), { kind: "commit", end: "e" });
    assert.deepEqual(ask(888), { kind: "features" });
    assert.deepEqual(ask(889), { kind: "prepareForAvailableNow" });
    assert.deepEqual(ask(890, "a", "l"), {
      kind: "latestOffsetWithin",
      start: "a",
      limit: "l",
    });
    assert.deepEqual(ask(891), { kind: "defaultLimit" });
    assert.deepEqual(ask(892), { kind: "reportedOffset" });
    assert.throws(() => ask(893), {
      condition: "QUESTION_INVALID",
      message:
        "Cannot read what Spark asks of a stream's source: there is no method 893; the JVM may be newer than the Spark version that the driver knows",
    });
    const prefetched = (stream: Uint8Array[] | null): number[] => {
      const writer = new ByteWriter();
      writePrefetched(writer, stream);
      return [...writer.finish()];
    };
    assert.deepEqual(prefetched(null), [0, 0, 0, 0]);
    assert.deepEqual(prefetched([]), [0, 0, 0, 2]);
    assert.deepEqual(
      prefetched([BLOB]),
      [0, 0, 0, 1, 255, 255, 255, 250, 1, 2],
    );
  },
});
