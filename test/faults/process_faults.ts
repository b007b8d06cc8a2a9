import assert from "node:assert/strict";
import type { RDD } from "../../mod.ts";
import { gone, parentOf } from "../integration/processes.ts";
import { cancels, failsClearly, type Fault, type Scene } from "./fault.ts";

/** Processes that die, hang or fall silent, and a disk that is full. */
export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: "worker",
    done: "`kill -9` of a worker in mid-task",
    session: "local",
    async run(scene) {
      const action = failsClearly(
        waiting(scene, 1).collect(),
        "WORKER_LOST",
        LOST,
      );
      const [pid = 0] = await scene.running();
      Deno.kill(pid, "SIGKILL");
      const seen = await action;
      await gone([pid]);
      return seen;
    },
  },
  {
    name: "hang",
    done: "a worker hangs (SIGSTOP); the action is cancelled",
    session: "local",
    async run(scene) {
      await cancels(
        scene,
        1,
        (signal) => waiting(scene, 1).collect({ signal }),
        ([pid = 0]) => Deno.kill(pid, "SIGSTOP"),
      );
      return "the signal's own reason; its worker ended";
    },
  },
  {
    name: "frame",
    done: "a worker's socket is closed in the middle of a frame",
    session: "local",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 2, 1, 2).map((n) => {
          if (n === 0) return n;
          const { symbols } = Deno.dlopen("libc.so.6", {
            getpeername: {
              parameters: ["i32", "buffer", "buffer"],
              result: "i32",
            },
            write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
            shutdown: { parameters: ["i32", "i32"], result: "i32" },
          });
          for (const { name } of Deno.readDirSync("/proc/self/fd")) {
            const space = new Uint8Array(128);
            const length = new Uint32Array([128]);
            const fd = Number(name);
            if (symbols.getpeername(fd, space, length) !== 0) continue;
            // A frame of 1000 bytes, and four of them.
            symbols.write(fd, new Uint8Array([0, 0, 3, 232, 1, 2, 3, 4]), 8n);
            symbols.shutdown(fd, 2);
          }
          for (;;) { /* it ends with its connection */ }
        }).collect(),
        "WORKER_LOST",
        LOST,
      ),
  },
  {
    name: "disk",
    done: "the disk for spilling is full (a file system of 24 MB)",
    session: "small disk",
    run: ({ sc }) =>
      failsClearly(
        sc.range(0, 200_000, 1, 1)
          .map((n): [string, number] => [`${n}${"x".repeat(400)}`, 1])
          .reduceByKey((a, b) => a + b, 1).count(),
        "SPILL_FAILED",
        /./,
      ),
  },
  {
    name: "executor",
    done: "`kill -9` of an executor in mid-task (`local-cluster`)",
    session: "cluster",
    async run(scene) {
      const { folder } = scene;
      const action = waiting(scene, 2).collect();
      const [pid = 0] = await scene.running(2);
      const daemon = parentOf(pid) ?? 0;
      const executor = parentOf(daemon) ?? 0;
      Deno.kill(executor, "SIGKILL");
      await gone([executor, daemon, pid]);
      Deno.writeTextFileSync(`${folder}/go`, "");
      assert.deepEqual(await action, [0, 1]);
      return "the exact result";
    },
  },
];

const LOST =
  /its worker process \d+ ended without a word, as it does after kill -9, when native code crashes, or when memory is full; look at the executor's stderr, and for memory raise "spark\.executor\.pyspark\.memory" or "spark\.executor\.memoryOverhead", or use more partitions/;

/** Tasks that give their workers' process ids and wait for the file `go`. */
export function waiting(
  { sc, folder }: Pick<Scene, "sc" | "folder">,
  tasks: number,
): RDD<number> {
  return sc.range(0, tasks, 1, tasks).map((n) => {
    Deno.writeTextFileSync(`${folder}/${Deno.pid}`, "");
    for (;;) {
      try {
        Deno.statSync(`${folder}/go`);
        return n;
      } catch {
        // Not yet.
      }
    }
  });
}
