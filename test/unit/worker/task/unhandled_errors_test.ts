import assert from "node:assert/strict";
import { WorkerError } from "../../../../src/common/errors.ts";
import { UnhandledErrors } from "../../../../worker/task/unhandled_errors.ts";

function event(type: string, more: object): Event {
  return Object.assign(new Event(type, { cancelable: true }), more);
}

/** Event, condition, end of the message. */
const CASES: readonly [() => Event, string, string][] = [
  [
    () => event("unhandledrejection", { reason: new RangeError("left") }),
    "REJECTION_UNHANDLED",
    "a promise that a function left behind was rejected, and nobody handled it; await the promise, or catch its error",
  ],
  [
    () => event("error", { error: new RangeError("left") }),
    "CALLBACK_FAILED",
    "a callback that a function left behind threw an error; catch it there, or make the callback part of a promise that the function awaits",
  ],
  [
    () => event("beforeunload", {}),
    "PROMISE_NEVER_SETTLED",
    "its function awaits a promise that nothing can settle any more; see that every path resolves or rejects it",
  ],
];

for (const [make, condition, message] of CASES) {
  Deno.test({
    name: `UnhandledErrors fails the task with ${condition}`,
    permissions: "none",
    async fn() {
      const target = new EventTarget();
      const leftovers = new UnhandledErrors(target);
      leftovers.begin();
      const told = make();
      target.dispatchEvent(told);
      assert.equal(told.defaultPrevented, true);
      target.dispatchEvent(
        event("error", { error: new Error("a second one") }),
      );
      const isExpected = (error: unknown): true => {
        assert.ok(error instanceof WorkerError);
        assert.equal(error.condition, condition);
        assert.equal(error.message, `Cannot go on with the task: ${message}`);
        const cause = condition === "PROMISE_NEVER_SETTLED" ? "" : "left";
        assert.equal((error.cause as Error | undefined)?.message ?? "", cause);
        return true;
      };
      await assert.rejects(leftovers.failed, isExpected);
      await assert.rejects(leftovers.end(), isExpected);

      leftovers.begin(); // the next task has nothing to do with it
      await leftovers.end();
    },
  });
}

Deno.test({
  name: "UnhandledErrors tells of errors between tasks on stderr",
  async fn() {
    const script = `
      import { UnhandledErrors } from "${
      import.meta.resolve("../../../../worker/task/unhandled_errors.ts")
    }";
      const leftovers = new UnhandledErrors();
      leftovers.begin();
      await leftovers.end();
      Promise.reject(new RangeError("late"));
      setTimeout(() => { throw new TypeError("later"); });
      setTimeout(() => Deno.exit(7), 10);
    `;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", script],
    }).output();
    assert.equal(code, 7);
    const text = new TextDecoder().decode(stderr);
    const start =
      "A promise or callback that a task left behind failed after its end";
    assert.ok(text.includes(`${start}: RangeError: late\n`), text);
    assert.ok(text.includes(`${start}: TypeError: later\n`), text);
  },
});
