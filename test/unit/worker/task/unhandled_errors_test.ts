import assert from "node:assert/strict";
import { WorkerError } from "../../../../src/common/errors.ts";
import {
  type TaskOwner,
  TaskOwners,
} from "../../../../worker/task/task_owners.ts";
import { UnhandledErrors } from "../../../../worker/task/unhandled_errors.ts";

const OWNER: TaskOwner = {
  place: { partition: 1, stage: 2, attempt: 0 },
  site: "map() at app.ts:1:1",
};

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
      const leftovers = new UnhandledErrors(new TaskOwners(), target);
      leftovers.begin(OWNER);
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

      leftovers.begin(OWNER); // the next task has nothing to do with it
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
      import { TaskOwners } from "${
      import.meta.resolve("../../../../worker/task/task_owners.ts")
    }";
      const leftovers = new UnhandledErrors(new TaskOwners());
      leftovers.begin({ place: { partition: 1, stage: 2, attempt: 0 }, site: null });
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

/** Ways to leave something behind that fails when told to, each with a text of its own. */
const LEFT = `
  told.then(() => {
    setTimeout(() => { throw new Error("of a timer"); });
    const interval = setInterval(() => {
      clearInterval(interval);
      throw new Error("of an interval");
    }, 1);
    setImmediate(() => { throw new Error("of an immediate"); });
    Promise.reject(new Error("of a promise"));
    queueMicrotask(() => { throw new Error("of a microtask"); });
  });
  (async () => {
    await told;
    throw new Error("of an async function");
  })();
`;
const KINDS = [
  "a timer",
  "an interval",
  "an immediate",
  "a promise",
  "a microtask",
  "an async function",
];

Deno.test("what a task left behind fails no later one, and is told with its operation", async () => {
  const script = `
    import { UnhandledErrors } from "${
    import.meta.resolve("../../../../worker/task/unhandled_errors.ts")
  }";
    import { TaskOwners } from "${
    import.meta.resolve("../../../../worker/task/task_owners.ts")
  }";
    const owners = new TaskOwners();
    owners.watchTimers();
    const leftovers = new UnhandledErrors(owners);
    const { promise: told, resolve: tell } = Promise.withResolvers();
    const { promise: allFailed, resolve: lastFailed } = Promise.withResolvers();
    let failures = 0;
    for (const kind of ["error", "unhandledrejection"]) {
      addEventListener(kind, () => ++failures === ${KINDS.length} && lastFailed());
    }
    const first = { place: { partition: 1, stage: 2, attempt: 0 }, site: "foreach() at app.ts:1:1" };
    const second = { place: { partition: 3, stage: 4, attempt: 0 }, site: "map() at app.ts:2:2" };
    await owners.run(first, async () => {
      leftovers.begin(first);
      ${LEFT}
      await leftovers.end();
    });
    console.log("first", leftovers.hasStrays);
    await owners.run(second, async () => {
      leftovers.begin(second);
      tell();
      await allFailed;
      await leftovers.end();
    });
    console.log("second", leftovers.hasStrays);
    await owners.run(second, async () => {
      leftovers.begin(second);
      setTimeout(() => { throw new Error("its own"); }, 1);
      await leftovers.failed
        .catch((error) => console.log(error.condition, error.cause.message));
    });
    Deno.exit(0);
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", script],
    env: { NO_COLOR: "1" },
  }).output();
  const told = new TextDecoder().decode(stderr);
  assert.equal(
    new TextDecoder().decode(stdout),
    "first false\nsecond true\nCALLBACK_FAILED its own\n",
    told,
  );
  for (const kind of KINDS) {
    const line =
      `A promise or callback that the task of partition 1 in stage 2 of foreach() at app.ts:1:1 left behind failed after its end: Error: of ${kind}\n`;
    assert.ok(told.includes(line), `${kind}: ${told}`);
  }
});

Deno.test("timers that are watched are as before except for their errors", async () => {
  const script = `
    import timers from "node:timers";
    import { promisify } from "node:util";
    import { TaskOwners } from "${
    import.meta.resolve("../../../../worker/task/task_owners.ts")
  }";
    const { name, length } = setTimeout;
    new TaskOwners().watchTimers();
    console.log(setTimeout.name === name, setTimeout.length === length, timers.setTimeout === setTimeout);
    console.log(await promisify(setTimeout)(1, "value"));
    console.log(await new Promise((resolve) => setTimeout(resolve, 1, "argument")));
    try { setTimeout("text"); } catch (error) { console.log(error.name); }
    const timer = setInterval(() => {}, 1000);
    clearInterval(timer);
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", script],
  }).output();
  assert.equal(
    new TextDecoder().decode(stdout),
    "true true true\nvalue\nargument\nTypeError\n",
    new TextDecoder().decode(stderr),
  );
});
