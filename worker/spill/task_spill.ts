import type { RecordCodec } from "../../src/serde/record_batch.ts";
import { MemoryBudget } from "./memory_budget.ts";
import { SpillSpace } from "./spill_space.ts";
import type { SpillTools } from "./spill_tools.ts";

/**
 * What one task spills with; its files go to the folders that Spark names in
 * `SPARK_LOCAL_DIRS`.
 *
 * @param memoryBytes what the worker may use before records go to disk
 * @param codec writes and reads records
 * @param collect V8's `gc`; null where it is not exposed
 */
export function taskSpill(
  memoryBytes: number,
  codec: RecordCodec,
  collect: (() => void) | null,
): SpillTools {
  const folders = (Deno.env.get("SPARK_LOCAL_DIRS") ?? "").split(",");
  return {
    space: new SpillSpace(folders.filter((folder) => folder !== "")),
    budget: new MemoryBudget(memoryBytes, undefined, collect),
    codec,
  };
}
