import assert from "node:assert/strict";
import { JavaError, WorkerError } from "../../../../src/common/errors.ts";
import { formatFailure } from "../../../../src/protocol/failure_text.ts";
import { explainError } from "../../../../src/driver/runtime/explain_error.ts";

const SITE = { operation: "collect()", position: "program.ts:3:4" };

function failed(text: string, partition: number): JavaError {
  const told = formatFailure({
    name: "WorkerError",
    message: "Cannot start the task: no worker",
    stack: "",
    condition: "WORKER_LOST",
    partition,
    stage: partition < 0 ? -1 : 7,
    attempt: partition < 0 ? -1 : 1,
    cause: null,
  });
  return new JavaError("JAVA_EXCEPTION", `${text}: ${told}`, {
    javaClass: "org.apache.spark.SparkException",
    javaStack: "",
    sqlState: undefined,
  });
}

/** What Spark says, the partition that the worker says, and what the user reads. */
const CASES: readonly [string, number, string][] = [
  [
    "Lost task 2.1 in stage 7.0 (TID 5)",
    3,
    "partition 3 of stage 7 (attempt 1)",
  ],
  ["Lost task 2.1 in stage 7.0 (TID 5)", -1, "task 2 of stage 7 (attempt 1)"],
  [
    "Stage failed because barrier task ResultTask(40, 1) finished unsuccessfully",
    -1,
    "partition 1 of barrier stage 40",
  ],
  ["Job aborted", -1, "a task that Spark does not name"],
];

for (const [said, partition, where] of CASES) {
  Deno.test({
    name: `explainError() says where a task failed: ${where}`,
    permissions: "none",
    fn() {
      const error = explainError(failed(said, partition), SITE, (text) => text);
      assert.ok(error instanceof WorkerError);
      assert.equal(error.condition, "WORKER_LOST");
      assert.equal(
        error.message,
        `Cannot start the task: no worker\n  in ${where}, run by collect() at program.ts:3:4`,
      );
    },
  });
}

Deno.test({
  name: "explainError() leaves what the JVM has not thrown",
  permissions: "none",
  fn() {
    const error = new Error("mine");
    assert.equal(explainError(error, SITE, (text) => text), error);
  },
});

Deno.test({
  name: "explainError() names the program's operation, the innermost one once",
  permissions: "none",
  fn() {
    const cause = new Error("below");
    const thrown = new JavaError(
      "DISK_FULL",
      "disk full",
      {
        javaClass: "java.io.IOException",
        javaStack: "at x",
        sqlState: "58030",
      },
      { disk: "a" },
      { cause },
    );
    const error = explainError(thrown, SITE, (text) => text);
    assert.ok(error instanceof JavaError);
    assert.equal(error.message, "disk full\n  in collect() at program.ts:3:4");
    assert.equal(error.site, "collect() at program.ts:3:4");
    assert.match(
      error.stack ?? "",
      /\n {4}at collect\(\) \(program\.ts:3:4\)$/,
    );
    assert.deepEqual(
      [error.condition, error.javaClass, error.javaStack, error.sqlState],
      ["DISK_FULL", "java.io.IOException", "at x", "58030"],
    );
    assert.deepEqual(error.parameters, { disk: "a" });
    assert.equal(error.cause, cause);
    const outer = { operation: "save()", position: "program.ts:9:9" };
    assert.equal(explainError(error, outer, (text) => text), error);
  },
});

const CRASHED =
  "org.apache.spark.SparkException: Python worker exited unexpectedly (crashed): x";

/** Lines of a Java stack, and what of the JVM's own input failed in it; null: nothing. */
const INPUTS: readonly [stack: string, text: string | null][] = [
  [
    `${CRASHED}\n\tat a.b(c)\nCaused by: java.io.EOFException\n\tat a.b(c)\n\tat d.writeNextInputToStream(e)\n`,
    "java.io.EOFException",
  ],
  [
    "java.io.EOFException\n\tat d.writeNextElementToStream(e)\n",
    "java.io.EOFException",
  ],
  [
    `${CRASHED}\n\n\tat a.b(c)\nCaused by: java.io.IOException: gzip stream CRC failure\n\tat d.writeNextInputToStream(e)\n\t... 9 more\n`,
    "java.io.IOException: gzip stream CRC failure",
  ],
  // The worker of a stage below, which this one's input comes from.
  [
    `${CRASHED}\n\tat a.b(c)\n\tat d.writeNextInputToStream(e)\nCaused by: java.io.EOFException\n\tat a.b(c)\n\t... 9 more\n`,
    null,
  ],
  [
    `${CRASHED}\n\tat a.b(c)\nCaused by: java.io.EOFException\n\tat a.b(c)\n`,
    null,
  ],
];

Deno.test({
  name: "explainError() tells what ended a task's input, not of its worker",
  permissions: "none",
  fn() {
    for (const [javaStack, text] of INPUTS) {
      const { message } = failed("Job aborted", 3);
      const error = new JavaError("JAVA_EXCEPTION", message, {
        javaClass: "org.apache.spark.SparkException",
        javaStack,
        sqlState: undefined,
      });
      const explained = explainError(error, SITE, (text) => text);
      if (text === null) {
        assert.ok(explained instanceof WorkerError, javaStack);
        continue;
      }
      assert.ok(explained instanceof JavaError, javaStack);
      assert.equal(
        explained.message,
        `Cannot read the input of a task: ${text}\n  in partition 3 of stage 7 (attempt 1), run by collect() at program.ts:3:4`,
      );
      assert.equal(explained.javaClass, text.split(":")[0]);
    }
  },
});

Deno.test({
  name:
    "explainError() shows an error's own properties, and gives them to its cause",
  permissions: "none",
  fn() {
    const told = formatFailure({
      name: "Error",
      message: "no file",
      stack: "",
      condition: "FUNCTION_FAILED",
      partition: 0,
      stage: 1,
      attempt: 0,
      properties: [
        { name: "code", value: "ENOENT", text: '"ENOENT"' },
        { name: "at", text: "{ row: 3 }" },
        { name: "__proto__", value: null, text: "null" },
      ],
      cause: null,
    });
    const java = new JavaError("JAVA_EXCEPTION", told, {
      javaClass: "org.apache.spark.SparkException",
      javaStack: "",
      sqlState: undefined,
    });
    const error = explainError(java, SITE, (text) => text);
    assert.ok(error instanceof WorkerError);
    assert.equal(
      error.message,
      'Error: no file { code: "ENOENT", at: { row: 3 }, __proto__: null }\n  in partition 0 of stage 1 (attempt 0), run by collect() at program.ts:3:4',
    );
    assert.ok(error.cause instanceof Error);
    assert.deepEqual(Object.entries(error.cause).slice(-3), [
      ["code", "ENOENT"],
      ["at", "{ row: 3 }"],
      ["__proto__", null],
    ]);
  },
});
