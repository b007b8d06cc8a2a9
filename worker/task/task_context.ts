import { notInBarrierStage } from "../../src/protocol/barrier_call.ts";
import { WorkerError } from "../../src/common/errors.ts";
import type {
  TaskContextInfo,
  TaskResource,
} from "../../src/protocol/task_context.ts";

/** The task that runs, and how it reaches the others of its barrier stage. */
export interface CurrentTask {
  readonly info: TaskContextInfo;
  /** Gives a message, or null for a mere wait, and gets those of all tasks. */
  readonly gather: (message: string | null) => string[];
}

/** What stands for the driver's classes of the same names in functions of this worker. */
export interface TaskContexts {
  readonly TaskContext: object;
  readonly BarrierTaskContext: object;
}

/**
 * Makes the classes that user code asks about its task.
 *
 * @param current gives the task that runs; null between two tasks
 */
export function taskContexts(current: () => CurrentTask | null): TaskContexts {
  const contexts = new WeakMap<CurrentTask, TaskContext>();

  class TaskContext {
    readonly #task: CurrentTask;

    constructor(task: CurrentTask) {
      this.#task = task;
    }

    /** @throws WorkerError `CONTEXT_CLOSED` after the task's end */
    get #info(): TaskContextInfo {
      if (this.#task !== current()) throw contextClosed();
      return this.#task.info;
    }

    static get(): TaskContext | null {
      const task = current();
      if (task === null) return null;
      let context = contexts.get(task);
      if (context === undefined) {
        context = task.info.isBarrier
          ? new BarrierTaskContext(task)
          : new TaskContext(task);
        contexts.set(task, context);
      }
      return context;
    }

    stageId(): number {
      return this.#info.stageId;
    }

    partitionId(): number {
      return this.#info.partitionId;
    }

    attemptNumber(): number {
      return this.#info.attemptNumber;
    }

    taskAttemptId(): bigint {
      return this.#info.taskAttemptId;
    }

    cpus(): number {
      return this.#info.cpus;
    }

    cpuAmount(): string {
      return this.#info.cpuAmount;
    }

    resources(): ReadonlyMap<string, TaskResource> {
      return this.#info.resources;
    }

    getLocalProperty(key: string): string | null {
      return this.#info.localProperties.get(key) ?? null;
    }
  }

  class BarrierTaskContext extends TaskContext {
    readonly #gather: CurrentTask["gather"];

    constructor(task: CurrentTask) {
      super(task);
      this.#gather = task.gather;
    }

    static override get(): BarrierTaskContext {
      const context = TaskContext.get();
      if (context instanceof BarrierTaskContext) return context;
      throw notInBarrierStage();
    }

    barrier(): void {
      this.stageId(); // refuses after the task's end
      this.#gather(null);
    }

    allGather(message: string = ""): string[] {
      if (typeof message !== "string") {
        throw new TypeError(
          `Cannot send ${typeof message} to the other tasks: give allGather() a string`,
        );
      }
      this.stageId(); // as above
      return this.#gather(message);
    }

    getTaskInfos(): { readonly address: string }[] {
      // Spark says so by a local property of its own.
      const addresses = this.getLocalProperty("addresses") ?? "";
      return addresses.split(",").map((address) => ({
        address: address.trim(),
      }));
    }
  }

  // They serve all tasks of this worker: none changes them for the next.
  for (const type of [TaskContext, BarrierTaskContext]) {
    Object.freeze(type.prototype);
    Object.freeze(type);
  }
  return { TaskContext, BarrierTaskContext };
}

function contextClosed(): WorkerError {
  return new WorkerError(
    "CONTEXT_CLOSED",
    "Cannot ask about a task that has ended: call TaskContext.get() anew in each function that needs it",
  );
}
