import assert from "node:assert/strict";
import {
  AnalysisException,
  GatewayError,
  JavaError,
} from "../../../../src/common/errors.ts";
import {
  explainEnd,
  explainFullMemory,
} from "../../../../src/driver/runtime/application_end.ts";
import { formatFailure } from "../../../../src/protocol/failure_text.ts";

const SITE = { operation: "count()", position: "file:///a/app.ts:3:4" };
const END = { operation: "stop()", position: "file:///a/app.ts:5:6" };
const FAILURE = {
  name: "RangeError",
  message: "odd: 13",
  stack: "",
  condition: "TASK_FAILED",
  partition: 0,
  stage: 1,
  attempt: 0,
  cause: null,
};

Deno.test({
  name: "explainEnd() names the operation and what stopped the application",
  permissions: "none",
  fn() {
    const closed = new GatewayError("GATEWAY_CLOSED", "closed");
    const cancelled = new JavaError(
      "JAVA_EXCEPTION",
      "Job 3 cancelled because SparkContext was shut down",
      { javaClass: "org.apache.spark.SparkException", javaStack: "" },
    );
    const interrupted = new JavaError(
      "JAVA_EXCEPTION",
      "Job aborted due to stage failure: Task serialization failed: java.lang.InterruptedException",
      { javaClass: "org.apache.spark.SparkException", javaStack: "" },
    );
    const emptied = new JavaError(
      "INTERNAL_ERROR",
      "[INTERNAL_ERROR] Executed overwrite failed. SQLSTATE: XX000",
      {
        javaClass: "org.apache.spark.SparkException",
        javaStack:
          'org.apache.spark.SparkException: [INTERNAL_ERROR]\nCaused by: java.lang.NullPointerException: Cannot invoke "org.apache.spark.scheduler.DAGScheduler.cleanupQueryJobs(long)" because the return value of "org.apache.spark.SparkContext.dagScheduler()" is null',
      },
    );
    for (const error of [closed, cancelled, interrupted, emptied]) {
      const explained = explainEnd(error, SITE, END, false);
      assert.ok(explained instanceof GatewayError);
      assert.equal(explained.condition, "APPLICATION_STOPPED");
      assert.equal(
        explained.message,
        "Cannot finish count() at app.ts:3:4: stop() at app.ts:5:6 stopped the application while it ran; await it before that",
      );
      assert.equal(
        explained.stack,
        `GatewayError: ${explained.message}\n    at count() (file:///a/app.ts:3:4)`,
      );
    }
    const late = explainEnd(closed, SITE, END, true);
    assert.ok(late instanceof GatewayError);
    assert.equal(
      late.message,
      "Cannot run count() at app.ts:3:4: stop() at app.ts:5:6 has stopped the application; start a new session by getOrCreate()",
    );
    const nameless = new JavaError(
      "JAVA_EXCEPTION",
      "org.apache.spark.SparkException",
      { javaClass: "org.apache.spark.SparkException", javaStack: "" },
    );
    const broken = explainEnd(nameless, SITE, END, false);
    assert.ok(broken instanceof GatewayError);
    assert.equal(broken.condition, "APPLICATION_STOPPED");
    assert.ok(broken.cause instanceof JavaError);
    assert.equal(broken.cause.message, "org.apache.spark.SparkException");
    const others = [
      new RangeError("mine"),
      new AnalysisException("TABLE_OR_VIEW_NOT_FOUND", "no t", {
        javaClass: "org.apache.spark.sql.AnalysisException",
        javaStack: "",
      }),
      new JavaError(
        "JAVA_EXCEPTION",
        `Job aborted: ${formatFailure(FAILURE)}`,
        { javaClass: "org.apache.spark.SparkException", javaStack: "" },
      ),
    ];
    for (const other of others) {
      assert.equal(explainEnd(other, SITE, END, true), other);
    }
  },
});

Deno.test({
  name: "explainFullMemory() names the setting",
  permissions: "none",
  fn() {
    const died = new GatewayError(
      "JVM_DIED",
      "Cannot call the JVM: it ended with code 3; its last lines were:\nTerminating due to java.lang.OutOfMemoryError: Java heap space",
    );
    const error = explainFullMemory(died, "512m");
    assert.ok(error instanceof GatewayError);
    assert.equal(error.condition, "DRIVER_OUT_OF_MEMORY");
    assert.equal(
      error.message,
      'Cannot go on: the driver\'s JVM ended because its memory of 512m was full; raise "spark.driver.memory", or bring less to the driver',
    );
    assert.equal(error.cause, died);
    const other = new GatewayError(
      "JVM_DIED",
      "Cannot call the JVM: it was ended by SIGKILL",
    );
    assert.equal(explainFullMemory(other, "512m"), other);
  },
});
