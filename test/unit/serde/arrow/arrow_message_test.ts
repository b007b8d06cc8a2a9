import assert from "node:assert/strict";
import * as arrow from "apache-arrow";
import { findMessage } from "../../../../src/serde/arrow/arrow_message.ts";
import type { ArrowSchema } from "../../../../src/serde/arrow/arrow_type.ts";
import {
  BatchReader,
  MAX_BARE_ROWS,
} from "../../../../src/serde/arrow/batch_reader.ts";
import { readSchemaMessage } from "../../../../src/serde/arrow/schema_reader.ts";

const NONE = { permissions: "none" } as const;

/** The messages that Arrow's own writer makes of a table, by their order. */
function messages(table: arrow.Table): Uint8Array[] {
  const bytes = arrow.tableToIPC(table, "stream");
  const found: Uint8Array[] = [];
  for (let at = 0;;) {
    const message = findMessage(bytes, at);
    if (message === null) return found;
    found.push(bytes.slice(message.start, message.end));
    at = message.end;
  }
}

function nulls(rows: number): arrow.Table {
  const data = arrow.makeData({ type: new arrow.Null(), length: rows });
  return new arrow.Table({ x: new arrow.Vector([data]) });
}

function deep(levels: number): arrow.Schema {
  let type: arrow.DataType = new arrow.Int32();
  for (let level = 0; level < levels; level++) {
    type = new arrow.List(new arrow.Field("item", type, true));
  }
  return new arrow.Schema([new arrow.Field("x", type, true)]);
}

const NULLS: ArrowSchema = {
  fields: [{
    name: "x",
    nullable: true,
    type: { kind: "null" },
    children: [],
    dictionary: null,
    metadata: new Map(),
  }],
};

function readMessage(bytes: Uint8Array, kind: "schema" | "batch"): unknown {
  return kind === "schema"
    ? readSchemaMessage(bytes)
    : new BatchReader(NULLS).read(bytes);
}

function refuses(
  bytes: Uint8Array | undefined,
  kind: "schema" | "batch",
  reason: RegExp,
): void {
  assert.ok(bytes !== undefined);
  assert.throws(() => readMessage(bytes, kind), {
    condition: "ARROW_MALFORMED",
    message: reason,
  });
}

Deno.test("rows that take no bytes are believed up to a limit", NONE, () => {
  const [, most] = messages(nulls(MAX_BARE_ROWS));
  assert.ok(most !== undefined);
  readMessage(most, "batch");
  const [, more] = messages(nulls(MAX_BARE_ROWS + 1));
  refuses(more, "batch", /a number of rows of 65537 in 0 bytes/);
});

Deno.test("nested fields are believed up to a limit", NONE, () => {
  const [few] = messages(new arrow.Table(deep(90)));
  assert.ok(few !== undefined);
  readMessage(few, "schema");
  const [many] = messages(new arrow.Table(deep(110)));
  refuses(many, "schema", /its fields nest too deeply/);
});

Deno.test("what Spark never writes is refused", NONE, () => {
  const type = new arrow.SparseUnion(Int32Array.of(0), [
    new arrow.Field("n", new arrow.Int32(), true),
  ]);
  const union = new arrow.Schema([new arrow.Field("x", type, true)]);
  refuses(messages(new arrow.Table(union))[0], "schema", /it has a union/);
});

Deno.test(
  "a message of the other kind, two, or a part of one is refused",
  NONE,
  () => {
    const [schema, batch] = messages(nulls(3));
    assert.ok(schema !== undefined && batch !== undefined);
    refuses(schema, "batch", /./);
    refuses(batch, "schema", /./);
    refuses(
      Uint8Array.of(...batch, ...batch),
      "batch",
      /it is no single batch/,
    );
    for (let end = 0; end < schema.length; end++) {
      refuses(schema.subarray(0, end), "schema", /./);
    }
  },
);
