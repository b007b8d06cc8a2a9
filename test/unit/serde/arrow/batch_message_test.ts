import assert from "node:assert/strict";
import { findMessage } from "../../../../src/serde/arrow/arrow_message.ts";
import { BatchWriter } from "../../../../src/serde/arrow/batch_message.ts";
import { columnBuilder } from "../../../../src/serde/arrow/builders/make_builder.ts";
import type { ColumnBuilder } from "../../../../src/serde/arrow/builders/column_builder.ts";
import { writeBatch } from "./write_batch.ts";

const NONE = { permissions: "none" } as const;

function columnsOf(rows: number, width: number): ColumnBuilder[] {
  return Array.from({ length: width }, (_, at) => {
    const kind = (["long", "string", "boolean"] as const)[at % 3] ?? "long";
    const column = columnBuilder({ kind }, `c${at}`, true);
    for (let i = 0; i < rows; i++) {
      const value = kind === "long" ? i : kind === "string" ? `é${i}` : i > 2;
      column.append((i + at) % 5 === 4 ? null : value);
    }
    return column;
  });
}

Deno.test(
  "BatchWriter writes each batch as it were its first, whatever the one before had",
  NONE,
  () => {
    const writer = new BatchWriter();
    for (
      const [rows, width] of [
        [0, 0],
        [9, 0],
        [1, 1],
        [7, 1],
        [0, 3],
        [200, 3],
        [3, 2],
      ] as const
    ) {
      const columns = columnsOf(rows, width);
      const bytes = writer.prepare(columns, rows).take();
      assert.deepEqual(bytes, writeBatch(columnsOf(rows, width), rows));
      assert.equal(findMessage(bytes, 0)?.end, bytes.length);
      assert.ok(columns.every(({ length }) => length === 0));
    }
  },
);

Deno.test(
  "BatchWriter writes batches one behind the other over what was there",
  NONE,
  () => {
    const writer = new BatchWriter();
    const memory = new Uint8Array(8192).fill(0xff);
    const into = memory.subarray(16);
    const expected: number[] = [];
    for (const rows of [5, 1, 12, 0, 5]) {
      const batch = writer.prepare(columnsOf(rows, 3), rows);
      batch.takeInto(into, expected.length);
      expected.push(...writeBatch(columnsOf(rows, 3), rows));
      assert.equal(batch.byteLength % 8, 0);
    }
    assert.deepEqual([...into.subarray(0, expected.length)], expected);
    assert.equal(into[expected.length], 0xff);
  },
);
