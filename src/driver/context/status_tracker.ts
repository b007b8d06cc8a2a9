import { SparkError } from "../../common/errors.ts";
import { printBy } from "../../common/inspect.ts";
import { expectNumber, expectObject } from "../gateway/expect.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import type { SparkRuntime } from "../runtime/runtime.ts";

const JOB_STATUSES: readonly JobStatus[] = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "UNKNOWN",
];

/** How far a job is. */
export type JobStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "UNKNOWN";

/** What Spark tells of a job. */
export interface SparkJobInfo {
  /** The job's number. */
  readonly jobId: number;
  /** Its stages, as the Spark UI numbers them. */
  readonly stageIds: readonly number[];
  /** How far it is. */
  readonly status: JobStatus;
}

/** What Spark tells of a stage. */
export interface SparkStageInfo {
  /** The stage, as the Spark UI numbers it. */
  readonly stageId: number;
  /** 0 for the first attempt. */
  readonly currentAttemptId: number;
  /** When it was submitted, in milliseconds since 1970; 0 when it was not yet. */
  readonly submissionTime: number;
  /** The action or the RDD that it belongs to, and where that stands. */
  readonly name: string;
  /** Number of tasks. */
  readonly numTasks: number;
  /** How many of them run. */
  readonly numActiveTasks: number;
  /** How many are done. */
  readonly numCompletedTasks: number;
  /** How many attempts failed. */
  readonly numFailedTasks: number;
}

/** What Spark tells of an executor, or of the driver; memory in bytes. */
export interface SparkExecutorInfo {
  /** Its host. */
  readonly host: string;
  /** Its port for Spark's own traffic. */
  readonly port: number;
  /** What it keeps of persisted RDDs and broadcasts. */
  readonly cacheSize: number;
  /** How many tasks run there. */
  readonly numRunningTasks: number;
  /** Storage memory in use within the JVM's heap. */
  readonly usedOnHeapStorageMemory: number;
  /** Storage memory in use outside of it. */
  readonly usedOffHeapStorageMemory: number;
  /** Storage memory within the JVM's heap. */
  readonly totalOnHeapStorageMemory: number;
  /** Storage memory outside of it. */
  readonly totalOffHeapStorageMemory: number;
}

/**
 * Tells how far jobs and stages are. Spark forgets old ones, and tells of new
 * ones a little late: the answers are a look from outside, no ground to build on.
 */
export class StatusTracker {
  readonly #runtime: SparkRuntime;

  /** @internal */
  constructor(runtime: SparkRuntime) {
    this.#runtime = runtime;
  }

  static {
    printBy(
      StatusTracker.prototype,
      () => "StatusTracker: getActiveJobsIds(), getJobInfo(), getStageInfo()",
    );
  }

  /**
   * All known jobs of a group, running or not, in no particular order.
   *
   * @param jobGroup the group's id; null for the jobs that are in none
   */
  async getJobIdsForGroup(jobGroup: string | null = null): Promise<number[]> {
    return await this.#ask(async (tracker) =>
      await integers(await tracker.callObject("getJobIdsForGroup", jobGroup))
    );
  }

  /** The jobs that run, in ascending order. */
  async getActiveJobsIds(): Promise<number[]> {
    return await this.#ask(async (tracker) =>
      ascending(await integers(await tracker.callObject("getActiveJobIds")))
    );
  }

  /** The stages that run, in ascending order. */
  async getActiveStageIds(): Promise<number[]> {
    return await this.#ask(async (tracker) =>
      ascending(await integers(await tracker.callObject("getActiveStageIds")))
    );
  }

  /** A job; null when Spark does not know it, or no more. */
  async getJobInfo(jobId: number): Promise<SparkJobInfo | null> {
    return await this.#ask(async (tracker) => {
      const info = await tracker.callObjectOrNull("getJobInfo", jobId);
      if (info === null) return null;
      const status = await (await info.callObject("status")).callString("name");
      return {
        jobId,
        stageIds: await integers(await info.callObject("stageIds")),
        status: jobStatus(status),
      };
    });
  }

  /** A stage; null when Spark does not know it, or no more. */
  async getStageInfo(stageId: number): Promise<SparkStageInfo | null> {
    return await this.#ask(async (tracker) => {
      const info = await tracker.callObjectOrNull("getStageInfo", stageId);
      if (info === null) return null;
      return {
        stageId,
        currentAttemptId: await info.callNumber("currentAttemptId"),
        submissionTime: await info.callNumber("submissionTime"),
        name: await info.callString("name"),
        numTasks: await info.callNumber("numTasks"),
        numActiveTasks: await info.callNumber("numActiveTasks"),
        numCompletedTasks: await info.callNumber("numCompletedTasks"),
        numFailedTasks: await info.callNumber("numFailedTasks"),
      };
    });
  }

  /** All executors that Spark knows, and the driver. */
  async getExecutorInfos(): Promise<SparkExecutorInfo[]> {
    return await this.#ask(async () => {
      const sc = await this.#runtime.jsc.callObject("sc");
      const tracker = await sc.callObject("statusTracker");
      const array = await tracker.callObject("getExecutorInfos");
      const infos: SparkExecutorInfo[] = [];
      for (const element of await array.gateway.arrayElements(array)) {
        const info = expectObject(element, "an executor");
        infos.push({
          host: await info.callString("host"),
          port: await info.callNumber("port"),
          cacheSize: await info.callNumber("cacheSize"),
          numRunningTasks: await info.callNumber("numRunningTasks"),
          usedOnHeapStorageMemory: await info.callNumber(
            "usedOnHeapStorageMemory",
          ),
          usedOffHeapStorageMemory: await info.callNumber(
            "usedOffHeapStorageMemory",
          ),
          totalOnHeapStorageMemory: await info.callNumber(
            "totalOnHeapStorageMemory",
          ),
          totalOffHeapStorageMemory: await info.callNumber(
            "totalOffHeapStorageMemory",
          ),
        });
      }
      return infos;
    });
  }

  /** Asks on a connection of its own: one that an action holds may be busy for long. */
  async #ask<T>(ask: (tracker: JavaObject) => Promise<T>): Promise<T> {
    const { gateway, jsc } = this.#runtime;
    return await gateway.apart(() =>
      this.#runtime.ask(
        "statusTracker()",
        async () => await ask(await jsc.callObject("statusTracker")),
      )
    );
  }
}

async function integers(array: JavaObject): Promise<number[]> {
  const values = await array.gateway.arrayElements(array);
  return values.map((value) => expectNumber(value, "an element"));
}

function ascending(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

function jobStatus(name: string): JobStatus {
  const status = JOB_STATUSES.find((known) => known === name);
  if (status !== undefined) return status;
  throw new SparkError(
    "JOB_STATUS_UNKNOWN",
    `Cannot tell how far a job is: Spark says "${name}", which this TSpark does not know`,
    { name },
  );
}
