import { JOB_PROPERTY } from "../runtime/job_properties.ts";
import { ApplicationContext } from "./application_context.ts";
import { StatusTracker } from "./status_tracker.ts";

/** How a group of jobs is described and cancelled. */
export interface JobGroupOptions {
  /** What the jobs do, for a person to read. */
  readonly description?: string;
  /** Whether cancelling interrupts the executors' threads; false by default. */
  readonly interruptOnCancel?: boolean;
}

/**
 * The part of `SparkContext` that groups, describes and cancels jobs.
 *
 * Groups, tags and local properties follow the asynchronous chain of calls, as
 * they follow a thread in Spark: what a function starts inherits them, and what
 * it sets after its first `await` does not reach its caller. Of functions that
 * run at the same time, each keeps to itself what `withJobGroup`, `withJobTag`
 * or `withLocalProperty` sets.
 */
export abstract class JobContext extends ApplicationContext {
  /**
   * Puts the jobs that this chain of calls starts from now on into a group.
   *
   * @param groupId the group's id, for {@link JobContext.cancelJobGroup}
   * @param description what they do, for a person to read
   * @param interruptOnCancel whether cancelling interrupts the executors' threads
   */
  setJobGroup(
    groupId: string,
    description: string,
    interruptOnCancel: boolean = false,
  ): void {
    this.runtime.properties.set(
      groupProperties(groupId, { description, interruptOnCancel }),
    );
  }

  /** Describes the jobs that this chain of calls starts from now on; null: no more. */
  setJobDescription(description: string | null): void {
    this.setLocalProperty(JOB_PROPERTY.DESCRIPTION, description);
  }

  /** Says whether cancelling this chain's jobs interrupts the executors' threads. */
  setInterruptOnCancel(interruptOnCancel: boolean): void {
    this.setLocalProperty(JOB_PROPERTY.INTERRUPT, String(interruptOnCancel));
  }

  /**
   * Sets a property that this chain's jobs take along, such as
   * `spark.scheduler.pool`; tasks read it by `TaskContext.getLocalProperty`.
   *
   * @param key the property's name
   * @param value its value; null removes it
   */
  setLocalProperty(key: string, value: string | null): void {
    this.runtime.properties.set({ [key]: value });
  }

  /** A property that {@link JobContext.setLocalProperty} set in this chain of calls; null without one. */
  getLocalProperty(key: string): string | null {
    return this.runtime.properties.current.get(key) ?? null;
  }

  /**
   * Gives this chain's jobs one more tag, for {@link JobContext.cancelJobsWithTag}.
   *
   * @throws RangeError when the tag is empty or has a comma
   */
  addJobTag(tag: string): void {
    checkTag("add", tag);
    const { properties } = this.runtime;
    properties.setTags(new Set([...properties.tags, tag]));
  }

  /**
   * Takes a tag from the jobs that this chain of calls starts from now on.
   *
   * @throws RangeError when the tag is empty or has a comma
   */
  removeJobTag(tag: string): void {
    checkTag("remove", tag);
    const { properties } = this.runtime;
    const tags = new Set(properties.tags);
    if (tags.delete(tag)) properties.setTags(tags);
  }

  /** The tags of the jobs that this chain of calls starts. */
  getJobTags(): ReadonlySet<string> {
    return this.runtime.properties.tags;
  }

  /** Takes all tags from the jobs that this chain of calls starts from now on. */
  clearJobTags(): void {
    this.runtime.properties.setTags(new Set());
  }

  /**
   * Runs a function whose jobs are in a group.
   *
   * @param groupId the group's id, for {@link JobContext.cancelJobGroup}
   * @param body the function
   * @param options what the group's jobs do, and how they are cancelled
   * @returns what the function returns
   *
   * @example
   * ```ts
   * import type { RDD, SparkContext } from "@tspark/tspark";
   *
   * const report = (sc: SparkContext, lines: RDD<string>) =>
   *   sc.withJobGroup("report", () => lines.count(), { description: "count all lines" });
   * ```
   */
  async withJobGroup<T>(
    groupId: string,
    body: () => Promise<T>,
    options: JobGroupOptions = {},
  ): Promise<T> {
    const properties = groupProperties(groupId, options);
    return await this.runtime.properties.run(properties, body);
  }

  /**
   * Runs a function whose jobs have one more tag.
   *
   * @param tag the tag, for {@link JobContext.cancelJobsWithTag}
   * @param body the function
   * @returns what the function returns
   * @throws RangeError when the tag is empty or has a comma
   */
  async withJobTag<T>(tag: string, body: () => Promise<T>): Promise<T> {
    checkTag("add", tag);
    return await this.runtime.properties.runTagged(tag, body);
  }

  /**
   * Runs a function whose jobs take a property along.
   *
   * @param key the property's name
   * @param value its value; null: without it
   * @param body the function
   * @returns what the function returns
   */
  async withLocalProperty<T>(
    key: string,
    value: string | null,
    body: () => Promise<T>,
  ): Promise<T> {
    return await this.runtime.properties.run({ [key]: value }, body);
  }

  /** Cancels all jobs that run or wait; their actions throw Spark's error. */
  async cancelAllJobs(): Promise<void> {
    await this.#cancel("cancelAllJobs");
  }

  /** Cancels the jobs of a group that run or wait; their actions throw Spark's error. */
  async cancelJobGroup(groupId: string): Promise<void> {
    await this.#cancel("cancelJobGroup", groupId);
  }

  /**
   * Cancels the jobs with a tag that run or wait; their actions throw Spark's error.
   *
   * @throws RangeError when the tag is empty or has a comma
   */
  async cancelJobsWithTag(tag: string): Promise<void> {
    checkTag("cancel jobs with", tag);
    await this.#cancel("cancelJobsWithTag", tag);
  }

  /** What tells how far jobs and stages are. */
  statusTracker(): StatusTracker {
    return new StatusTracker(this.runtime);
  }

  async #cancel(method: string, ...args: readonly string[]): Promise<void> {
    const { gateway, jsc } = this.runtime;
    await gateway.apart(() => jsc.call(method, ...args));
  }
}

/** Peer: `SparkContext.setJobGroup`, which sets these three. */
function groupProperties(
  groupId: string,
  { description, interruptOnCancel = false }: JobGroupOptions,
): Record<string, string | null> {
  return {
    [JOB_PROPERTY.GROUP]: groupId,
    [JOB_PROPERTY.DESCRIPTION]: description ?? null,
    [JOB_PROPERTY.INTERRUPT]: String(interruptOnCancel),
  };
}

/** Peer: `SparkContext.throwIfInvalidTag`, whose words these are. */
function checkTag(action: string, tag: string): void {
  const rule = tag === ""
    ? "Spark job tag cannot be an empty string"
    : tag.includes(",")
    ? "Spark job tag cannot contain ','"
    : null;
  if (rule === null) return;
  throw new RangeError(`Cannot ${action} the tag "${tag}": ${rule}`);
}
