import type { ArrowSchema } from "../../src/serde/arrow/arrow_type.ts";
import type { ArrowBatch } from "../../src/serde/arrow/column_view.ts";
import type { GroupReader } from "../udf/group_columns.ts";
import type { Chunk } from "./state_groups.ts";

/** Reads keys and rows of groups that share batches: each batch once. */
export class ChunkReader {
  readonly #columns: GroupReader;
  #batch: ArrowBatch | null = null;
  #keys: readonly object[] | null = null;
  #rows: readonly object[] | null = null;

  /** @param columns where keys and values are */
  constructor(columns: GroupReader) {
    this.#columns = columns;
  }

  /** The key of a chunk that has rows. */
  keyOf(schema: ArrowSchema, { batch, start }: Chunk): object {
    this.#take(batch);
    if (start === 0) return this.#columns.keyOf(schema, batch);
    this.#keys ??= this.#columns.keysOf(schema, batch);
    return this.#keys[start] ?? {};
  }

  /** The rows of a chunk; they do not lie in the batch's memory. */
  rowsOf(schema: ArrowSchema, { batch, start, length }: Chunk): object[] {
    this.#take(batch);
    this.#rows ??= this.#columns.rowsOf(schema, batch);
    return this.#rows.slice(start, start + length);
  }

  #take(batch: ArrowBatch): void {
    if (this.#batch === batch) return;
    this.#batch = batch;
    this.#keys = null;
    this.#rows = null;
  }
}
