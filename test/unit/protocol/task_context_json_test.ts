import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { ProtocolError } from "../../../src/common/errors.ts";
import type { TaskContextInfo } from "../../../src/protocol/task_context.ts";
import { readTaskContextJson } from "../../../src/protocol/task_context_json.ts";

const WHOLE = {
  isBarrier: false,
  connInfo: -1,
  secret: "sent even without a barrier",
  stageId: 1,
  partitionId: 2,
  attemptNumber: 0,
  taskAttemptId: 3,
  cpus: 1,
  resources: {},
  localProperties: {},
};
const REMEDY =
  "; the worker may be set to another Spark version than the one that started it";

Deno.test({
  name: "readTaskContextJson ignores a secret without a barrier",
  permissions: "none",
  fn(): void {
    assert.equal(parse(JSON.stringify(WHOLE)).barrier, null);
  },
});

Deno.test({
  name: "readTaskContextJson takes cpus for a missing cpuAmount",
  permissions: "none",
  fn(): void {
    assert.equal(parse(JSON.stringify({ ...WHOLE, cpus: 4 })).cpuAmount, "4");
    const exact = parse(JSON.stringify({ ...WHOLE, cpuAmount: "0.25" }));
    assert.equal(exact.cpuAmount, "0.25");
  },
});

Deno.test({
  name: "readTaskContextJson keeps a property named like the prototype",
  permissions: "none",
  fn(): void {
    const text = JSON.stringify(WHOLE).replace(
      `"localProperties":{}`,
      `"localProperties":{"__proto__":"x"}`,
    );
    assert.deepEqual([...parse(text).localProperties], [["__proto__", "x"]]);
  },
});

Deno.test({
  name: "readTaskContextJson refuses a text that is not JSON",
  permissions: "none",
  fn(): void {
    const error = failure("not JSON");
    assert.equal(
      error.message,
      `Cannot read the task context: its 8 characters are not JSON${REMEDY}`,
    );
    assert.equal(
      error.cause,
      undefined,
      "the parser's words quote the text, and a secret is in it",
    );
  },
});

Deno.test({
  name:
    "readTaskContextJson names the field that is missing or of another type",
  permissions: "none",
  fn(): void {
    const cases: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ isBarrier: 1 }, `"isBarrier" is 1 in place of a boolean`],
      [
        { stageId: undefined },
        `"stageId" is missing in place of an integer below 2^53`,
      ],
      [{ cpus: 1.5 }, `"cpus" is 1.5 in place of an integer below 2^53`],
      [
        { taskAttemptId: 2 ** 53 },
        `"taskAttemptId" is 9007199254740992 in place of an integer below 2^53`,
      ],
      [
        { localProperties: [] },
        `"localProperties" is an array in place of an object`,
      ],
      [
        { localProperties: { a: null } },
        `"localProperties.a" is null in place of a text`,
      ],
      [{ resources: null }, `"resources" is null in place of an object`],
      [
        { resources: { gpu: { name: "gpu" } } },
        `"resources.gpu.addresses" is missing in place of an array`,
      ],
      [
        { resources: { gpu: { name: "gpu", addresses: [1] } } },
        `"resources.gpu.addresses" is 1 in place of a text`,
      ],
      [
        { isBarrier: true, connInfo: null },
        `"connInfo" is null in place of a port or a path`,
      ],
      [
        { isBarrier: true, connInfo: 4000, secret: null },
        `"secret" is null in place of a text`,
      ],
      [{ cpuAmount: 1 }, `"cpuAmount" is 1 in place of a text`],
    ];
    for (const [changes, text] of cases) {
      const error = failure(JSON.stringify({ ...WHOLE, ...changes }));
      assert.equal(
        error.message,
        `Cannot read the task context: ${text}${REMEDY}`,
      );
      assert.equal(error.condition, "TASK_CONTEXT_INVALID");
    }
    assert.equal(
      failure("[]").message,
      `Cannot read the task context: "the whole" is an array in place of an object${REMEDY}`,
    );
  },
});

Deno.test({
  name: "readTaskContextJson refuses a barrier port that is none",
  permissions: "none",
  fn(): void {
    const error = failure(
      JSON.stringify({ ...WHOLE, isBarrier: true, connInfo: 70000 }),
    );
    assert.equal(error.condition, "PORT_INVALID");
  },
});

function parse(json: string): TaskContextInfo {
  const wire = new ByteWriter().writeString(json).finish();
  return readTaskContextJson(ByteReader.of(wire));
}

function failure(json: string): ProtocolError {
  try {
    parse(json);
  } catch (error) {
    assert.ok(error instanceof ProtocolError);
    return error;
  }
  assert.fail("nothing was thrown");
}
