import assert from "node:assert/strict";
import {
  type Failure,
  formatFailure,
  parseFailure,
} from "../../../src/protocol/failure_text.ts";

const FAILURE: Failure = {
  name: "TypeError",
  message: 'two\nlines and a "quote"',
  stack: "    at f (tspark:file:///app.ts:3:9)",
  condition: "FUNCTION_FAILED",
  partition: 2,
  stage: 7,
  attempt: 0,
  cause: { name: "Error", message: "below", stack: "", cause: null },
};

Deno.test({
  name: "parseFailure() finds what formatFailure() wrote in a JVM's message",
  permissions: "none",
  fn() {
    const text = `Job aborted due to stage failure: Task 2 in stage 7.0: ` +
      `org.apache.spark.api.python.PythonException: ${formatFailure(FAILURE)}` +
      `\n\tat org.apache.spark.api.python.BasePythonRunner`;
    assert.deepEqual(parseFailure(text), FAILURE);
  },
});

Deno.test({
  name: "formatFailure() begins with what a person wants to read",
  permissions: "none",
  fn() {
    assert.ok(
      formatFailure(FAILURE).startsWith(
        'TypeError: two\nlines and a "quote"\n    at f (tspark:file:///app.ts:3:9)\n',
      ),
    );
  },
});

Deno.test({
  name: "parseFailure() gives null for other texts and for one cut short",
  permissions: "none",
  fn() {
    assert.equal(parseFailure("java.io.IOException: disk full"), null);
    const text = formatFailure(FAILURE);
    assert.equal(parseFailure(text.slice(0, text.length - 20)), null);
    assert.equal(parseFailure('[tspark failure] {"name":1}\n'), null);
  },
});
