import assert from "node:assert/strict";
import type { TaskContextInfo } from "../../../../src/protocol/task_context.ts";
import type { TaskHeader } from "../../../../src/protocol/task_header.ts";
import type {
  BarrierTaskContext,
  SparkFiles,
  TaskContext,
} from "../../../../mod.ts";
import { TaskEnvironment } from "../../../../worker/task/task_environment.ts";

function header(context: Partial<TaskContextInfo>): TaskHeader {
  return {
    partitionIndex: 3,
    driverVersion: "",
    context: {
      isBarrier: false,
      barrier: null,
      stageId: 7,
      partitionId: 3,
      attemptNumber: 1,
      taskAttemptId: 2n ** 60n,
      cpus: 2,
      cpuAmount: "1.5",
      resources: new Map([["gpu", { name: "gpu", addresses: ["0", "1"] }]]),
      localProperties: new Map([["k", "v"], ["addresses", "a:1, b:2"]]),
      ...context,
    },
    filesDirectory: "/files",
    includes: [],
    broadcasts: { added: [], removed: [], socket: null },
    evalType: 0,
    confs: { runner: new Map(), evaluation: new Map() },
    command: null,
    commandReader: null,
  } as unknown as TaskHeader;
}

/** The handles as the user's functions see them. */
function handles(environment: TaskEnvironment): {
  task: typeof TaskContext;
  barrier: typeof BarrierTaskContext;
  files: typeof SparkFiles;
} {
  return {
    task: environment.own("TaskContext") as typeof TaskContext,
    barrier: environment.own(
      "BarrierTaskContext",
    ) as typeof BarrierTaskContext,
    files: environment.own("SparkFiles") as typeof SparkFiles,
  };
}

function noConnection(): never {
  throw new Error("no connection is made");
}

Deno.test("TaskEnvironment tells of the task that runs, and of none between two", () => {
  const environment = new TaskEnvironment(noConnection);
  const { task, barrier } = handles(environment);
  assert.equal(task.get(), null);
  environment.begin(header({}));
  const context = task.get();
  assert.equal(context?.stageId(), 7);
  assert.equal(context.partitionId(), 3);
  assert.equal(context.attemptNumber(), 1);
  assert.equal(context.taskAttemptId(), 2n ** 60n);
  assert.equal(context.cpus(), 2);
  assert.equal(context.cpuAmount(), "1.5");
  assert.deepEqual(context.resources().get("gpu")?.addresses, ["0", "1"]);
  assert.equal(context.getLocalProperty("k"), "v");
  assert.equal(context.getLocalProperty("none"), null);
  assert.equal(task.get(), context);
  assert.ok(context instanceof task);
  assert.equal(context instanceof barrier, false);
  assert.throws(() => barrier.get(), { condition: "NOT_IN_BARRIER_STAGE" });
  assert.throws(() => task.prototype.partitionId = () => 9, TypeError);
  assert.throws(() => Object.assign(task, { get: () => null }), TypeError);
  environment.begin(header({ partitionId: 4 }));
  assert.equal(task.get()?.partitionId(), 4);
  const closed = {
    name: "WorkerError",
    condition: "CONTEXT_CLOSED",
    message:
      "Cannot ask about a task that has ended: call TaskContext.get() anew in each function that needs it",
  };
  assert.throws(() => context.partitionId(), closed);
  environment.end();
  assert.throws(() => context.getLocalProperty("k"), closed);
  assert.equal(task.get(), null);
  assert.throws(() => barrier.get(), { condition: "NOT_IN_BARRIER_STAGE" });
});

Deno.test("TaskEnvironment gives a barrier context in barrier stages", () => {
  const asked: unknown[] = [];
  const environment = new TaskEnvironment((endpoint) => {
    asked.push(endpoint);
    throw new Error("refused");
  });
  const { task, barrier } = handles(environment);
  const endpoint = { kind: "unix", path: "/socket" } as const;
  environment.begin(header({ isBarrier: true, barrier: endpoint }));
  const context = barrier.get();
  assert.equal(context, task.get());
  assert.ok(context instanceof barrier && context instanceof task);
  assert.deepEqual(context.getTaskInfos(), [
    { address: "a:1" },
    { address: "b:2" },
  ]);
  const failed = {
    name: "WorkerError",
    condition: "BARRIER_FAILED",
    message: "Cannot wait for the other tasks of the barrier stage: refused",
  };
  assert.throws(() => context.barrier(), failed);
  assert.throws(() => context.allGather("x"), failed);
  assert.deepEqual(asked, [endpoint, endpoint]);
  assert.throws(() => context.allGather(1 as unknown as string), {
    name: "TypeError",
    message: "Cannot send number to the other tasks: give allGather() a string",
  });
  environment.end();
  assert.throws(() => context.barrier(), { condition: "CONTEXT_CLOSED" });
  assert.throws(() => context.allGather("x"), { condition: "CONTEXT_CLOSED" });
  assert.deepEqual(asked, [endpoint, endpoint]);
});

Deno.test("TaskEnvironment tells where added files are", () => {
  const environment = new TaskEnvironment(noConnection);
  const { files } = handles(environment);
  environment.begin(header({}));
  assert.equal(files.getRootDirectory(), "/files");
  assert.equal(files.get("a/b"), "/files/a/b");
  assert.equal(files.get("../c"), "/c");
});
