import {
  type BatchColumn,
  BatchWriter,
} from "../../../../src/serde/arrow/batch_message.ts";

/** One record batch, by a writer that has written none. */
export function writeBatch(
  columns: readonly BatchColumn[],
  length: number,
  largeVarTypes: boolean = false,
): Uint8Array<ArrayBuffer> {
  return new BatchWriter(largeVarTypes).prepare(columns, length).take();
}
