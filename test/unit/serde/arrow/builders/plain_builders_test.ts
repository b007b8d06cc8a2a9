import assert from "node:assert/strict";
import { BinaryBuilder } from "../../../../../src/serde/arrow/builders/plain_builders.ts";
import { TextBuilder } from "../../../../../src/serde/arrow/builders/text_builder.ts";

const LIMIT = 1_000_000; // which no doubling of the first room comes to
const PLACE = { column: "x", nullable: true, top: null };

class SmallBinaries extends BinaryBuilder {
  protected override readonly limit = LIMIT;
}

class SmallTexts extends TextBuilder {
  protected override readonly limit = LIMIT;
}

/** Bytes of the values that a builder has, and where the last one ends. */
function ends(builder: BinaryBuilder | TextBuilder): [number, number] {
  const buffers: Uint8Array[] = [];
  builder.addTo({ nodes: [], buffers, largeVarTypes: false });
  const [, offsets, bytes] = buffers;
  assert.ok(offsets !== undefined && bytes !== undefined);
  const words = new Int32Array(offsets.buffer, offsets.byteOffset);
  return [bytes.length, words[builder.length] ?? NaN];
}

Deno.test(
  "BinaryBuilder takes binaries up to the limit of a batch, and refuses the next one",
  {
    permissions: "none",
  },
  () => {
    for (const size of [999, 10_000, 300_000, LIMIT]) {
      const builder = new SmallBinaries({ kind: "binary" }, PLACE);
      const fitting = Math.floor(LIMIT / size);
      const value = new Uint8Array(size);
      for (let i = 0; i < fitting; i++) builder.append(value);
      assert.throws(() => builder.append(value), {
        condition: "VALUE_OUT_OF_RANGE",
        message: new RegExp(
          `^Cannot write row ${fitting} of column "x": an object of class Uint8Array does not fit into type binary; one batch has room for 1000000 bytes of a column; make batches of fewer rows, for rows of Spark by a lower "spark\\.sql\\.execution\\.arrow\\.maxRecordsPerBatch"$`,
        ),
      });
      assert.deepEqual(ends(builder), [fitting * size, fitting * size]);
      builder.clear();
      builder.append(value);
      assert.deepEqual(ends(builder), [size, size]);
    }
  },
);

Deno.test(
  "TextBuilder refuses texts behind the limit of a batch, short and long, ASCII and others",
  {
    permissions: "none",
  },
  () => {
    for (const text of ["é", "abc", "x".repeat(40), "漢字".repeat(2000)]) {
      const builder = new SmallTexts({ kind: "string" }, PLACE);
      const size = new TextEncoder().encode(text).length;
      let count = 0;
      assert.throws(() => {
        for (; count < LIMIT; count++) builder.append(text);
      }, { condition: "VALUE_OUT_OF_RANGE" });
      assert.deepEqual(ends(builder), [count * size, count * size]);
      assert.ok(count * size <= LIMIT);
      assert.ok(count * size > LIMIT / 2, `${count} of ${size} bytes`);
    }
  },
);
