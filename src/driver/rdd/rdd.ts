import type { JavaObject } from "../gateway/java_object.ts";
import type { ActionOptions } from "../runtime/action_options.ts";
import { callSite } from "../runtime/call_site.ts";
import { JOB_PROPERTY } from "../runtime/job_properties.ts";
import { collectRecords } from "./actions/actions.ts";
import { dropStorageLevel } from "./plan/apply_marks.ts";
import { countPartitions, materialize } from "./plan/materialize.ts";
import { NumericRdd } from "./numeric_rdd.ts";
import type { PlanNode } from "./plan/plan_node.ts";
import { RDDBarrier } from "./rdd_barrier.ts";
import type { ResourceProfile } from "./resource_profile.ts";
import { StorageLevel } from "./storage_level.ts";

/**
 * A distributed collection of records. Transformations return a new RDD at
 * once and compute nothing; actions are asynchronous and run a job.
 *
 * A program's functions are captured at the first action on an RDD, once: the
 * values that they name are those of that moment.
 *
 * @example
 * ```ts
 * import { SparkSession } from "@tspark/tspark";
 *
 * await using spark = await SparkSession.builder.master("local[2]").getOrCreate();
 * const squares = spark.sparkContext.range(4).map((n) => n * n);
 * console.log(await squares.collect()); // [0, 1, 4, 9]
 * ```
 */
export class RDD<T> extends NumericRdd<T> {
  /** @internal */
  override derive<U>(node: PlanNode): RDD<U> {
    return new RDD<U>(this.runtime, node);
  }

  /** Number of partitions. */
  async getNumPartitions(): Promise<number> {
    return await this.runtime.action(
      callSite("getNumPartitions()"),
      () => countPartitions(this.runtime, this.node),
    );
  }

  /** Makes the next step run as a barrier stage: all its tasks at once, able to wait for each other. */
  barrier(): RDDBarrier<T> {
    return new RDDBarrier<T>(this);
  }

  /**
   * All records, as `collect()` gives them, by a job of a group of its own.
   *
   * @param groupId the group's id, for `SparkContext.cancelJobGroup`
   * @param description what the job does, for a person to read
   * @param interruptOnCancel whether cancelling interrupts the executors' threads; false by default
   */
  async collectWithJobGroup(
    groupId: string,
    description: string,
    interruptOnCancel: boolean = false,
    options?: ActionOptions,
  ): Promise<T[]> {
    const site = callSite("collectWithJobGroup()");
    const { runtime } = this;
    const records = await runtime.properties.run({
      [JOB_PROPERTY.GROUP]: groupId,
      [JOB_PROPERTY.DESCRIPTION]: description,
      [JOB_PROPERTY.INTERRUPT]: String(interruptOnCancel),
    }, () => collectRecords(this, site, options));
    return records as T[];
  }

  /** The number that Spark knows this RDD by. */
  async id(): Promise<number> {
    return await this.#ask("id()", (java) => java.callNumber("id"));
  }

  /** The name that {@link RDD.setName} gave; null without one. */
  get name(): string | null {
    return this.node.state.name;
  }

  /** Gives this RDD a name, by which Spark's web page shows it. */
  setName(name: string): this {
    this.node.state.name = name;
    return this;
  }

  /** What Spark computes for this RDD, a line for each step, for a person to read. */
  async toDebugString(): Promise<string> {
    return await this.#ask(
      "toDebugString()",
      (java) => java.callString("toDebugString"),
    );
  }

  /** Keeps the records in memory once they have been computed: `persist()` with its default. */
  cache(): this {
    return this.persist();
  }

  /**
   * Keeps the records once they have been computed, so that later actions need not again.
   *
   * @param storageLevel where; `StorageLevel.MEMORY_ONLY` by default
   * @throws RangeError when the RDD is kept at another level already
   */
  persist(storageLevel: StorageLevel = StorageLevel.MEMORY_ONLY): this {
    const { state } = this.node;
    if (state.storageLevel !== null && state.storageLevel !== storageLevel) {
      throw new RangeError(
        "Cannot change the storage level of an RDD: it is kept at another level already; call unpersist() first",
      );
    }
    state.storageLevel = storageLevel;
    return this;
  }

  /**
   * Lets go of the records that {@link RDD.persist} keeps.
   *
   * @param blocking whether the next action waits until all are gone; false by default
   */
  unpersist(blocking: boolean = false): this {
    dropStorageLevel(this.runtime, this.node, blocking);
    return this;
  }

  /** Whether {@link RDD.persist} was called on this RDD. */
  get isCached(): boolean {
    return this.node.state.storageLevel !== null;
  }

  /** Where the records are kept; `StorageLevel.NONE` when they are not. */
  getStorageLevel(): StorageLevel {
    return this.node.state.storageLevel ?? StorageLevel.NONE;
  }

  /**
   * Writes the records into the folder of `SparkContext.setCheckpointDir` at
   * the first action, and forgets how they were made. Has to be called before
   * that action; call {@link RDD.persist} too, or they are computed twice.
   */
  checkpoint(): this {
    this.node.state.checkpoint ??= "reliable";
    return this;
  }

  /**
   * Keeps the records on the executors at the first action, and forgets how
   * they were made: faster than {@link RDD.checkpoint}, and lost with an executor.
   */
  localCheckpoint(): this {
    this.node.state.checkpoint = "local";
    return this;
  }

  /** Whether the records have been written by {@link RDD.checkpoint} or {@link RDD.localCheckpoint}. */
  async isCheckpointed(): Promise<boolean> {
    return await this.#ask(
      "isCheckpointed()",
      (java) => java.callBoolean("isCheckpointed"),
    );
  }

  /** Whether {@link RDD.localCheckpoint} was called on this RDD. */
  get isLocallyCheckpointed(): boolean {
    return this.node.state.checkpoint === "local";
  }

  /** The folder that the records were written to by {@link RDD.checkpoint}; null before. */
  async getCheckpointFile(): Promise<string | null> {
    return await this.#ask("getCheckpointFile()", async (java) => {
      const file = await java.callObject("getCheckpointFile");
      const isThere = await file.callBoolean("isPresent");
      return isThere ? await file.callString("get") : null;
    });
  }

  /**
   * Removes the files of the shuffles that this RDD was computed by. It can be
   * computed again, from further back.
   *
   * @param blocking whether to wait until they are gone; false by default
   */
  async cleanShuffleDependencies(blocking: boolean = false): Promise<void> {
    await this.#ask("cleanShuffleDependencies()", async (java) => {
      const rdd = await java.callObject("rdd");
      await rdd.call("cleanShuffleDependencies", blocking);
    });
  }

  /**
   * Says what the executors and tasks that compute this RDD need.
   *
   * @param profile the needs
   * @throws at the action: JavaError when the cluster cannot meet them
   */
  withResources(profile: ResourceProfile): this {
    this.node.state.resources = profile;
    return this;
  }

  /** What {@link RDD.withResources} said; null when it was not called. */
  getResourceProfile(): ResourceProfile | null {
    return this.node.state.resources;
  }

  async #ask<A>(
    operation: string,
    question: (java: JavaObject) => Promise<A>,
  ): Promise<A> {
    const { runtime, node } = this;
    return await runtime.action(
      callSite(operation),
      async () => await question((await materialize(runtime, node)).java),
    );
  }
}
