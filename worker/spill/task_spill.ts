import type { WorkerFiles } from "../../src/bridge/worker_files.ts";
import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import { MemoryBudget } from "./memory_budget.ts";
import { SpillSpace } from "./spill_space.ts";
import type { SpillTools } from "./spill_tools.ts";

/**
 * What one task spills with.
 *
 * @param memoryBytes what the worker may use before records go to disk
 * @param codec writes and reads records
 * @param collect V8's `gc`; null where it is not exposed
 * @param folders where files may go
 * @param files makes them
 */
export function taskSpill(
  memoryBytes: number,
  codec: RecordCodec,
  collect: (() => void) | null,
  folders: readonly string[],
  files: Pick<WorkerFiles, "openNameless">,
): SpillTools {
  return {
    space: new SpillSpace(folders, files.openNameless),
    budget: new MemoryBudget(memoryBytes, undefined, collect),
    codec,
  };
}
