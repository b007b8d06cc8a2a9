import type { RecordCodec } from "../../src/serde/records/record_batch.ts";
import type { MemoryBudget } from "./memory_budget.ts";
import type { SpillSpace } from "./spill_space.ts";

/** What spilling takes: one for each task. */
export interface SpillTools {
  /** Where files go. */
  readonly space: SpillSpace;
  /** When memory runs out. */
  readonly budget: MemoryBudget;
  /** What writes and reads batches of records. */
  readonly codec: RecordCodec;
}
