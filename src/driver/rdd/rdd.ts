import { callSite } from "../runtime/call_site.ts";
import { AsyncRdd } from "./async_rdd.ts";
import { applyStorageLevel } from "./apply_marks.ts";
import { countPartitions } from "./materialise.ts";
import type { PlanNode } from "./plan.ts";
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
export class RDD<T> extends AsyncRdd<T> {
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

  /** Lets go of the records that {@link RDD.persist} keeps. */
  unpersist(): this {
    const { state } = this.node;
    state.storageLevel = null;
    const { jvm } = state;
    if (jvm !== null) {
      this.runtime.inBackground(async () => {
        await applyStorageLevel(this.runtime, this.node, await jvm);
      });
    }
    return this;
  }

  /** Whether {@link RDD.persist} was called on this RDD. */
  get isCached(): boolean {
    return this.node.state.storageLevel !== null;
  }
}
