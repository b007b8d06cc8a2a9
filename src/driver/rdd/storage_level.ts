import { describeValue } from "../../common/describe_value.ts";

/** Where Spark keeps a persisted RDD. */
export interface StorageLevel {
  /** May go to disk. */
  readonly useDisk: boolean;
  /** May stay in memory. */
  readonly useMemory: boolean;
  /** In memory outside the JVM's heap. */
  readonly useOffHeap: boolean;
  /** As objects; ours are bytes, so this changes nothing and is false. */
  readonly deserialized: boolean;
  /** On how many nodes. */
  readonly replication: number;
}

function level(
  useDisk: boolean,
  useMemory: boolean,
  useOffHeap: boolean,
  replication: number = 1,
): StorageLevel {
  return Object.freeze({
    useDisk,
    useMemory,
    useOffHeap,
    deserialized: false,
    replication,
  });
}

/**
 * Spark's storage levels, as PySpark has them: records are always kept as bytes.
 *
 * @example
 * ```ts
 * import { StorageLevel } from "@tspark/tspark";
 *
 * console.log(StorageLevel.MEMORY_AND_DISK.useDisk); // true
 * ```
 */
export const StorageLevel: Readonly<
  Record<
    | "NONE"
    | "DISK_ONLY"
    | "DISK_ONLY_2"
    | "DISK_ONLY_3"
    | "MEMORY_ONLY"
    | "MEMORY_ONLY_2"
    | "MEMORY_AND_DISK"
    | "MEMORY_AND_DISK_2"
    | "OFF_HEAP",
    StorageLevel
  >
> = Object.freeze({
  NONE: level(false, false, false),
  DISK_ONLY: level(true, false, false),
  DISK_ONLY_2: level(true, false, false, 2),
  DISK_ONLY_3: level(true, false, false, 3),
  MEMORY_ONLY: level(false, true, false),
  MEMORY_ONLY_2: level(false, true, false, 2),
  MEMORY_AND_DISK: level(true, true, false),
  MEMORY_AND_DISK_2: level(true, true, false, 2),
  OFF_HEAP: level(true, true, true),
});

/**
 * Refuses what is no storage level, such as the name of one.
 *
 * @throws TypeError in a program that nobody compiles
 */
export function checkStorageLevel(level: unknown): void {
  if (typeof level === "object" && level !== null && "useDisk" in level) return;
  throw new TypeError(
    `Cannot keep records at the level ${
      describeValue(level)
    }: give one of StorageLevel, such as StorageLevel.MEMORY_AND_DISK`,
  );
}
