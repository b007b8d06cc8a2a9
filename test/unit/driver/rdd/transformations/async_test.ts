import assert from "node:assert/strict";
import type { AsyncOptions } from "../../../../../src/driver/rdd/async_options.ts";
import { sourceNode } from "../../../../../src/driver/rdd/plan/plan_node.ts";
import { planOf, type RDD, rddOf } from "../../../../../src/driver/rdd/rdd.ts";
import { callSite } from "../../../../../src/driver/runtime/call_site.ts";
import type { SparkRuntime } from "../../../../../src/driver/runtime/runtime.ts";
import type { Step } from "../../../../../src/protocol/step.ts";

/** An RDD that no application runs. */
function strings(): RDD<string> {
  const node = sourceNode(
    () => Promise.reject(new Error("Nothing runs here")),
    callSite("test()"),
  );
  return rddOf({ runtime: {} as SparkRuntime, node });
}

function stepOf(rdd: RDD<unknown>): Step<unknown> {
  const { node } = planOf(rdd);
  if (node.kind !== "stage" || typeof node.step === "function") {
    throw new Error(`Not a plain stage: ${node.kind}`);
  }
  return node.step;
}

const upper = (text: string): Promise<string> =>
  Promise.resolve(text.toUpperCase());

Deno.test({
  name: "mapAsync() and flatMapAsync() make a step with every option",
  fn() {
    assert.deepEqual(stepOf(strings().mapAsync(upper)), {
      op: "mapAsync",
      f: upper,
      kind: "map",
      concurrency: 16,
      ordered: true,
      timeoutMs: null,
      retries: 0,
      retryDelayMs: 0,
      backoff: 1,
      maxRetryDelayMs: 2 ** 31 - 1,
      retryIf: null,
    });
    const options = {
      concurrency: 1,
      ordered: false,
      timeoutMs: 1,
      retries: 2,
      retryDelayMs: 3,
      backoff: 1.5,
      maxRetryDelayMs: 4,
      retryIf: () => true,
    };
    assert.deepEqual(stepOf(strings().flatMapAsync(upper, options)), {
      op: "mapAsync",
      f: upper,
      kind: "flatMap",
      ...options,
    });
  },
});

Deno.test({
  name:
    "mapAsync(), flatMapAsync() and foreachAsync() refuse options out of range",
  async fn() {
    const refused: readonly [AsyncOptions, string][] = [
      [{ concurrency: 0 }, "concurrency 0: give a whole number from 1 on"],
      [{ concurrency: 1.5 }, "concurrency 1.5: give a whole number from 1 on"],
      [{ concurrency: NaN }, "concurrency NaN: give a whole number from 1 on"],
      [
        { timeoutMs: 0 },
        "timeoutMs 0: give a whole number of milliseconds from 1 to 2147483647",
      ],
      [
        { timeoutMs: 2 ** 31 },
        "timeoutMs 2147483648: give a whole number of milliseconds from 1 to 2147483647",
      ],
      [{ retries: -1 }, "retries -1: give a whole number from 0 on"],
      [
        { retries: Infinity },
        "retries Infinity: give a whole number from 0 on",
      ],
      [{ backoff: 0.5 }, "backoff 0.5: give a finite number from 1 on"],
      [{ backoff: NaN }, "backoff NaN: give a finite number from 1 on"],
      [
        { backoff: Infinity },
        "backoff Infinity: give a finite number from 1 on",
      ],
      [
        { maxRetryDelayMs: -1 },
        "maxRetryDelayMs -1: give a whole number of milliseconds from 0 to 2147483647",
      ],
      [
        { retryDelayMs: -1 },
        "retryDelayMs -1: give a whole number of milliseconds from 0 to 2147483647",
      ],
    ];
    for (const [options, message] of refused) {
      const expected = (operation: string): assert.AssertPredicate => ({
        name: "RangeError",
        message: `Cannot run ${operation} with ${message}`,
      });
      assert.throws(
        () => strings().mapAsync(upper, options),
        expected("mapAsync()"),
      );
      assert.throws(
        () => strings().flatMapAsync(upper, options),
        expected("flatMapAsync()"),
      );
      const drop = (): void => {};
      await assert.rejects(
        strings().foreachAsync(drop, options),
        expected("foreachAsync()"),
      );
    }
    assert.throws(() => strings().mapAsync(upper, { retryIf: 5 as never }), {
      name: "TypeError",
      message:
        "Cannot run mapAsync() with retryIf with a number for a function: give a function",
    });
    assert.throws(() => strings().mapAsync(5 as never), {
      name: "TypeError",
      message:
        "Cannot run mapAsync() with a number for a function: give a function",
    });
  },
});

Deno.test({
  name: "pipe() splits a command as a shell would, and takes lists as they are",
  fn() {
    const cases: readonly [string | readonly string[], readonly string[]][] = [
      ["cat", ["cat"]],
      ["  sort   -k 2 ", ["sort", "-k", "2"]],
      [`sh -c 'echo "a b"' c\\ d "e'f"`, [
        "sh",
        "-c",
        'echo "a b"',
        "c d",
        "e'f",
      ]],
      ["echo $HOME *.txt | cat", ["echo", "$HOME", "*.txt", "|", "cat"]],
      [`grep ""`, ["grep", ""]],
      [["my program", "a 'b"], ["my program", "a 'b"]],
    ];
    for (const [command, parts] of cases) {
      assert.deepEqual(stepOf(strings().pipe(command)), {
        op: "pipe",
        command: parts,
        env: [],
        checkCode: false,
      });
    }
    const step = stepOf(
      strings().pipe("cat", { env: { A: "1" }, checkCode: true }),
    );
    assert.deepEqual(step, {
      op: "pipe",
      command: ["cat"],
      env: [["A", "1"]],
      checkCode: true,
    });
  },
});

Deno.test({
  name: "pipe() refuses a command without a program, or with an open quote",
  fn() {
    for (const command of ["", "  ", [], [""]]) {
      assert.throws(() => strings().pipe(command), {
        name: "RangeError",
        message: `Cannot run pipe() with the command ${
          JSON.stringify(command)
        }: it names no program; give one, and its arguments behind it`,
      });
    }
    assert.throws(() => strings().pipe("echo 'a"), {
      name: "RangeError",
      message:
        `Cannot run pipe() with the command "echo 'a": Got EOF while in a quoted string; close it, or give a list of program and arguments`,
    });
  },
});
