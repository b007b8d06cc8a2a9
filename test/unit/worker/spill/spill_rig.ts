import { RecordCodec } from "../../../../src/serde/records/record_batch.ts";
import { MemoryBudget } from "../../../../worker/spill/memory_budget.ts";
import type { WorkerFile } from "../../../../src/bridge/worker_files.ts";
import { SpillSpace } from "../../../../worker/spill/spill_space.ts";
import type { SpillTools } from "../../../../worker/spill/spill_tools.ts";

/** Tools over files in memory, which say how many of those are open. */
export interface SpillRig extends SpillTools, Disposable {
  /** Files open now. */
  readonly openFiles: () => number;
}

const LIMIT_BYTES = 1 << 14;

/**
 * Tools whose memory fills up again and again.
 *
 * @param records how many fit in; Infinity for any number
 * @param limitBytes the budget's limit, which the size of small groups depends on
 */
export function spillRig(
  records: number,
  limitBytes: number = LIMIT_BYTES,
): SpillRig {
  let open = 0;
  const space = new SpillSpace(["memory"], () => {
    open++;
    return memoryFile(() => open--);
  });
  return {
    space,
    budget: new CountingBudget(records, limitBytes),
    codec: new RecordCodec(),
    openFiles: () => open,
    [Symbol.dispose]: () => space[Symbol.dispose](),
  };
}

/** A budget of so many records, whatever memory they take. */
class CountingBudget extends MemoryBudget {
  readonly #most: number;
  #records = 0;

  constructor(records: number, limitBytes: number) {
    super(limitBytes, () => 0);
    this.#most = records;
  }

  override get usedBytes(): number {
    return this.#records;
  }

  override isFullAfter(_bytes: number, records = 1): boolean {
    this.#records += records;
    return this.#records >= this.#most;
  }

  override released(): void {
    this.#records = 0;
  }
}

/** A file in memory that takes and gives at most 1,000 bytes at once. */
export function memoryFile(closed: () => void = () => {}): WorkerFile {
  const most = 1000;
  let bytes = new Uint8Array(most);
  let length = 0;
  let cursor = 0;
  return {
    write(from) {
      const part = from.subarray(0, most);
      if (cursor + part.length > bytes.length) {
        const grown = new Uint8Array(2 * (cursor + part.length));
        grown.set(bytes);
        bytes = grown;
      }
      bytes.set(part, cursor);
      cursor += part.length;
      length = Math.max(length, cursor);
      return part.length;
    },
    read(into) {
      const part = bytes.subarray(
        cursor,
        Math.min(cursor + Math.min(into.length, most), length),
      );
      if (part.length === 0) return null;
      into.set(part);
      cursor += part.length;
      return part.length;
    },
    seek(position) {
      cursor = position;
    },
    close: closed,
  };
}
