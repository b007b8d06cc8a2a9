import assert from "node:assert/strict";
import { JavaError } from "../../../../src/common/errors.ts";
import { javaErrorText } from "../../../../src/driver/runtime/java_error_text.ts";

function thrown(
  javaClass: string,
  message: string,
  cause?: JavaError,
): JavaError {
  return new JavaError(
    "JAVA_EXCEPTION",
    message,
    { javaClass, javaStack: "" },
    {},
    cause === undefined ? undefined : { cause },
  );
}

/** What Spark throws, from the outermost on, and what a person reads. */
const CASES: readonly [string, readonly [string, string][], string][] = [
  [
    "a message of one word gets its class",
    [["java.lang.ClassNotFoundException", "gzip"]],
    "ClassNotFoundException: gzip",
  ],
  [
    "names of Python's become ours",
    [[
      "org.apache.spark.sql.AnalysisException",
      "Multiple applyInPandasWithStates are not supported with transformWithStateInPySpark",
    ]],
    "Multiple flatMapGroupsWithState are not supported with transformWithState",
  ],
  [
    "a plan that is too long is named, with what to do",
    [
      ["org.apache.spark.SparkException", "Task serialization failed"],
      ["java.lang.StackOverflowError", "java.lang.StackOverflowError"],
    ],
    "Task serialization failed\n  caused by java.lang.StackOverflowError\n  The plan is too long for the JVM's stack: shorten it by checkpoint() or localCheckpoint() every few hundred steps",
  ],
  [
    "causes that say something new are told",
    [
      ["org.apache.spark.SparkException", "Job aborted."],
      [
        "java.lang.RuntimeException",
        "java.lang.ClassNotFoundException: no.such.Codec",
      ],
      ["java.lang.ClassNotFoundException", "no.such.Codec"],
    ],
    "Job aborted.\n  caused by java.lang.ClassNotFoundException: no.such.Codec",
  ],
  [
    "stacks within a message go",
    [[
      "org.apache.spark.SparkException",
      "Job aborted due to stage failure: Task 0 failed: java.io.IOException: disk full\n\tat a.B.c(B.java:1)\n\t... 3 more\nCaused by: x.Y: why\n\tat a.B.c(B.java:1)\n\nDriver stacktrace:\n\tat z.Z.z(Z.java:1)",
    ]],
    "Job aborted due to stage failure: Task 0 failed: java.io.IOException: disk full\nCaused by: x.Y: why",
  ],
  [
    "what a task failed of comes before where it ran",
    [[
      "org.apache.spark.SparkException",
      "Job aborted due to stage failure: Task 0 in stage 16.0 failed 1 times, most recent failure: Lost task 0.2 in stage 16.0 (TID 32) (192.0.2.2 executor driver): java.io.EOFException: file:/o/part-0 not a SequenceFile\n\tat a.B.c(B.java:1)\n\nDriver stacktrace:",
    ]],
    "java.io.EOFException: file:/o/part-0 not a SequenceFile\n  in task 0 of stage 16 (attempt 2)",
  ],
  [
    "a column's context is its method, and no line of the JVM's",
    [[
      "java.lang.NumberFormatException",
      '[CAST_INVALID_INPUT] The value. SQLSTATE: 22018\n== DataFrame ==\n"plus" was called from\njava.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)\n',
    ]],
    "[CAST_INVALID_INPUT] The value. SQLSTATE: 22018\n  in plus() of a column",
  ],
  [
    "a checkpoint without a folder says what to call",
    [[
      "org.apache.spark.SparkException",
      "Checkpoint directory has not been set in the SparkContext",
    ]],
    "Checkpoint directory has not been set in the SparkContext\n  Call setCheckpointDir() of the SparkContext before, or use localCheckpoint(), which needs no folder",
  ],
  ...[
    "Memory required for vector is (2147486158), which is overflow or more than max allowed (2147483647). You could consider using LargeVarCharVector/LargeVarBinaryVector for large strings/large bytes types",
    "[INTERNAL_ERROR] DirectByteBufferOutputStream cannot grow beyond 2GB limit (requested 2147488608 bytes) SQLSTATE: XX000",
  ].map((message): (typeof CASES)[number] => [
    `a batch that is too large says which setting to lower: ${message}`,
    [["E", message]],
    `${message}\n  The rows that Spark sends together have more than 2 GiB: lower "spark.sql.execution.arrow.maxRecordsPerBatch"`,
  ]),
  [
    "an exception without a message is its class",
    [["java.lang.IllegalStateException", "java.lang.IllegalStateException"]],
    "java.lang.IllegalStateException",
  ],
  [
    "a function of the program with a named argument on Spark 3.5",
    [["S", "[INTERNAL_ERROR] Cannot evaluate expression: y => 1"]],
    "[INTERNAL_ERROR] Cannot evaluate expression: y => 1\n  A function of the program takes arguments by name in SQL from Spark 4.0 on: give them in their order, or call the function's named()",
  ],
];

for (const [title, chain, expected] of CASES) {
  Deno.test({
    name: `javaErrorText(): ${title}`,
    permissions: "none",
    fn() {
      const error = chain.toReversed().reduce<JavaError | undefined>(
        (cause, [javaClass, message]) => thrown(javaClass, message, cause),
        undefined,
      );
      assert.ok(error !== undefined);
      assert.equal(javaErrorText(error), expected);
    },
  });
}

Deno.test({
  name: "a console shows an exception without the JVM's stack",
  permissions: "none",
  fn() {
    const error = new JavaError("X", "text", {
      javaClass: "a.B",
      javaStack: "at q.Q",
    });
    assert.equal(error.javaStack, "at q.Q");
    assert.doesNotMatch(Deno.inspect(error), /q\.Q/);
  },
});
