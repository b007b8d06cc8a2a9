import assert from "node:assert/strict";
import { cancels, failsClearly, type Fault } from "./fault.ts";

/** What a user's own function does wrong. */
export const FUNCTION_FAULTS: readonly Fault[] = [
  {
    name: "exit",
    done: "a function calls `Deno.exit(3)`",
    session: "local",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 4, 1, 2).map((n) => n === 3 ? Deno.exit(3) : n).collect(),
        "FUNCTION_EXITED",
        /its function ended the worker process by Deno\.exit\(\) or process\.exit\(\); throw an error there instead\n {2}in partition 1 /,
      ),
  },
  {
    name: "recursion",
    done: "a function calls itself without end",
    session: "local",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 2, 1, 2).map((n) => {
          const deeper = (depth: number): number => deeper(depth + 1) + 1;
          return n === 1 ? deeper(0) : 0;
        }).collect(),
        "FUNCTION_FAILED",
        /RangeError: Maximum call stack size exceeded/,
      ),
  },
  {
    name: "finally",
    done: "a generator throws in its `finally`",
    session: "local",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 4, 1, 2).mapPartitions(function* (records) {
          try {
            yield* records;
          } finally {
            // deno-lint-ignore no-unsafe-finally
            throw new Error("not closed");
          }
        }).collect(),
        "FUNCTION_FAILED",
        /Error: not closed/,
      ),
  },
  {
    name: "rejection",
    done: "a function leaves a promise behind that is rejected",
    session: "local",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 4, 1, 2).map((n) => {
          void Promise.reject(new Error("nobody waits"));
          return n;
        }).collect(),
        "REJECTION_UNHANDLED",
        /a promise that a function left behind was rejected, and nobody handled it; await the promise, or catch its error/,
      ),
  },
  {
    name: "stdout",
    done: "a function writes 4 MB to stdout",
    session: "local",
    async run({ sc }) {
      const line = "x".repeat(65_535);
      const written = await sc.range(0, 64, 1, 2).map((n) => {
        console.log(line);
        return n;
      }).collect();
      assert.deepEqual(written, Array.from({ length: 64 }, (_, n) => n));
      return "the exact result";
    },
  },
  {
    name: "loop",
    done: "a function loops for ever; the action is cancelled",
    session: "local",
    async run(scene) {
      const { sc, folder } = scene;
      const looping = sc.range(0, 2, 1, 2).map((n) => {
        Deno.writeTextFileSync(`${folder}/${Deno.pid}`, "");
        for (let i = n;; i = (i + 1) % 7) if (i > 9) return i;
      });
      await cancels(scene, 2, (signal) => looping.collect({ signal }));
      return "the signal's own reason; its workers ended";
    },
  },
  {
    name: "cancel",
    done: "a job that yields records for ever is cancelled",
    session: "local",
    async run(scene) {
      const { sc, folder } = scene;
      const yielding = sc.range(0, 2, 1, 2).mapPartitions(function* () {
        Deno.writeTextFileSync(`${folder}/${Deno.pid}`, "");
        for (let n = 0;; n = (n + 1) % 1000) yield n;
      });
      await cancels(scene, 2, (signal) => yielding.count({ signal }));
      return "the signal's own reason; its workers ended";
    },
  },
  {
    name: "take",
    done: "`take(3)` of partitions that never end",
    session: "local",
    async run(scene) {
      const { sc, folder } = scene;
      const endless = sc.range(0, 2, 1, 2).mapPartitions(function* () {
        try {
          for (let n = 0;; n++) yield n;
        } finally {
          Deno.writeTextFileSync(`${folder}/${Deno.pid}`, "");
        }
      });
      assert.deepEqual(await endless.take(3), [0, 1, 2]);
      await scene.running(1); // says the generator's end
      return "the exact result; its worker is free again";
    },
  },
  {
    name: "heap",
    done:
      "a function fills the heap (`spark.executor.pyspark.memory` is 384 MB)",
    session: "limited",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 2, 1, 2).map((n) => {
          const kept: number[][] = [];
          while (n === 1) kept.push(new Array(1000).fill(n + kept.length / 2));
          return kept.length;
        }).collect(),
        "HEAP_FULL",
        /raise "spark\.executor\.pyspark\.memory", or use more partitions\n {2}in partition 1 /,
      ),
  },
  {
    name: "buffers",
    done:
      "a function fills buffers, which are not in the heap (the same limit)",
    session: "limited",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 2, 1, 2).map((n) => {
          const kept: Uint8Array[] = [];
          while (n === 1) kept.push(new Uint8Array(2 ** 20).fill(1));
          return kept.length;
        }).collect(),
        "MEMORY_EXCEEDED",
        /"spark\.executor\.pyspark\.memory".*\n {2}in partition 1 /,
      ),
  },
];
