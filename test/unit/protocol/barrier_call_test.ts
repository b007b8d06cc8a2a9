import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import {
  notInBarrierStage,
  readBarrierAnswer,
  writeBarrierCall,
} from "../../../src/protocol/barrier_call.ts";

function answerOf(messages: readonly string[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().writeInt(messages.length);
  for (const message of messages) writer.writeString(message);
  return writer.finish();
}

function written(message: string | null): number[] {
  const writer = new ByteWriter();
  writeBarrierCall(writer, message);
  return [...writer.finish()];
}

Deno.test(
  "writeBarrierCall() writes 1 for a wait, 2 and the message otherwise",
  {
    permissions: "none",
  },
  () => {
    assert.deepEqual(written(null), [0, 0, 0, 1]);
    assert.deepEqual(written(""), [0, 0, 0, 2, 0, 0, 0, 0]);
    assert.deepEqual(written("é"), [0, 0, 0, 2, 0, 0, 0, 2, 0xc3, 0xa9]);
  },
);

Deno.test("readBarrierAnswer() gives back all messages", {
  permissions: "none",
}, () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme" })),
      (messages) =>
        assert.deepEqual(readBarrierAnswer(answerOf(messages)), messages),
    ),
  );
});

Deno.test("readBarrierAnswer() throws Spark's reason when the barrier failed", {
  permissions: "none",
}, () => {
  const reason = "The coordinator didn't get all barrier sync requests";
  const answer = new ByteWriter().writeString(reason).finish();
  assert.throws(() => readBarrierAnswer(answer), {
    name: "WorkerError",
    condition: "BARRIER_FAILED",
    message:
      `Cannot wait for the other tasks of the barrier stage: Spark says "${reason}"`,
  });
});

Deno.test(
  "readBarrierAnswer() refuses every answer that is cut off or too long",
  {
    permissions: "none",
  },
  () => {
    const whole = answerOf(["first", "second"]);
    const wrong = Array.from(whole, (_, end) => whole.slice(0, end))
      .filter(({ length }) => length !== 6); // as a count that is a length
    wrong.push(new Uint8Array([...whole, 0]));
    wrong.push(new Uint8Array([255, 255, 255, 255]));
    for (const answer of wrong) {
      assert.throws(() => readBarrierAnswer(answer), {
        condition: "BARRIER_FAILED",
        message:
          `Cannot wait for the other tasks of the barrier stage: Spark closed the connection after ${answer.length} bytes; another task may have failed, or the job was cancelled`,
      });
    }
  },
);

Deno.test(
  "notInBarrierStage() says what to do",
  { permissions: "none" },
  () => {
    const error = notInBarrierStage();
    assert.equal(error.condition, "NOT_IN_BARRIER_STAGE");
    assert.equal(
      error.message,
      "Cannot get the barrier's task context: it is not in a barrier stage; call BarrierTaskContext.get() inside a function that is given to rdd.barrier()",
    );
  },
);
