import assert from "node:assert/strict";
import { WorkerError } from "../../../../src/common/errors.ts";
import { explainDenial } from "../../../../worker/confine/permission_denied.ts";
import { FailedCall } from "../../../../worker/task/failed_call.ts";

const NONE = { permissions: "none" } as const;

function explained(error: unknown): WorkerError {
  const found = explainDenial(error, "net=a");
  assert.ok(found instanceof WorkerError);
  return found;
}

Deno.test(
  "a right that is missing is told in words of the setting",
  NONE,
  () => {
    const cause = new Deno.errors.NotCapable(
      'Requires read access to "/x y", run again with the --allow-read flag',
    );
    const error = explained(cause);
    assert.equal(error.condition, "PERMISSION_DENIED");
    assert.equal(
      error.message,
      'Cannot use "read" of "/x y" in a confined worker: spark.tspark.worker.permissions is "net=a"; add "read=/x y" to it if the function and its packages are trusted with that',
    );
    assert.deepEqual(error.parameters, {
      permission: "read=/x y",
      setting: "net=a",
    });
    assert.equal(error.cause, cause);
    assert.equal(error.stack, cause.stack);
  },
);

Deno.test("what no value grants is said to be so", NONE, () => {
  for (const kind of ["ffi", "import"]) {
    assert.equal(
      explained(new Error(`Requires ${kind} access, run again`)).message,
      `Cannot use "${kind}" in a confined worker: spark.tspark.worker.permissions is "net=a"; no value of it grants that; only without it may functions do so`,
    );
  }
});

Deno.test("the cause of an error counts, other errors stay", NONE, () => {
  const inner = new Error('Requires env access to "A", run again');
  const { message } = explained(new Error("x", { cause: inner }));
  assert.match(message, /"env" of "A"/);
  const circle = new Error("round");
  circle.cause = circle;
  for (const other of [circle, new Error("x"), "Requires env access", null]) {
    assert.equal(explainDenial(other, ""), other);
  }
});

Deno.test(
  "the call of a query's function that was denied stays known",
  NONE,
  () => {
    const thrown = new Error('Requires env access to "A", run again');
    const record = { name: "home", site: "udf() at app.ts:3:5" };
    const found = explainDenial(new FailedCall(thrown, record, [7]), "net=a");
    assert.ok(found instanceof FailedCall);
    assert.equal(found.call, "home(7) of udf() at app.ts:3:5");
    const { cause } = found;
    assert.ok(cause instanceof WorkerError);
    assert.equal(cause.condition, "PERMISSION_DENIED");
    assert.equal(cause.stack, thrown.stack);
    assert.equal(cause.cause, thrown);
    const other = new FailedCall(new Error("x"), record, []);
    assert.equal(explainDenial(other, ""), other);
  },
);

Deno.test("a getter of an error is not run", NONE, () => {
  const error = new Error("x");
  Object.defineProperty(error, "message", {
    get() {
      throw new Error("a getter ran");
    },
  });
  assert.equal(explainDenial(error, ""), error);
});
