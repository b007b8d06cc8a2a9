import type { RecordCodec } from "../../src/serde/record_batch.ts";
import { engineMeter, MemoryBudget } from "./memory_budget.ts";
import { SpillSpace } from "./spill_file.ts";
import type { SpillTools } from "./spill_tools.ts";

/**
 * What one task spills with.
 *
 * @param memoryBytes how much its records may take
 * @param codec writes and reads records
 * @param collect V8's `gc`; null where it is not exposed
 */
export function taskSpill(
  memoryBytes: number,
  codec: RecordCodec,
  collect: (() => void) | null,
): SpillTools {
  const folders = Deno.env.get("SPARK_LOCAL_DIRS")?.split(",") ?? [];
  return {
    space: new SpillSpace(folders.filter((folder) => folder !== "")),
    budget: new MemoryBudget(memoryBytes, engineMeter(collect)),
    codec,
  };
}
