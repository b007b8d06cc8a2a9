import { ProtocolError } from "../../../../src/common/errors.ts";
import assert from "node:assert/strict";
import * as arrow from "apache-arrow";
import {
  encapsulate,
  findMessage,
  MESSAGE_KINDS,
} from "../../../../src/serde/arrow/arrow_message.ts";
import {
  flatByte,
  flatShort,
  flatTable,
  flatTables,
  flatText,
} from "../../../../src/serde/arrow/flat_writer.ts";
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
  assert.ok(more !== undefined);
  assert.throws(() => readMessage(more, "batch"), {
    condition: "BATCH_TOO_LARGE",
    message:
      'Cannot read an Arrow batch of 1048577 rows without values: it may have 1048576; lower "spark.sql.execution.arrow.maxRecordsPerBatch"',
  });
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

Deno.test("a batch whose buffers begin anywhere is refused", NONE, () => {
  // Found by `deno task fuzz arrow-stream --seed 3 --first 1112`.
  const table = new arrow.Table({
    x: arrow.vectorFromArray([1, 2], new arrow.Int32()),
  });
  const [schema, batch] = messages(table);
  assert.ok(schema !== undefined && batch !== undefined);
  const view = new DataView(batch.buffer);
  const { bodyStart = 0 } = findMessage(batch, 0) ?? {};
  const isPlace = (at: number): boolean =>
    view.getBigInt64(at, true) === 0n && view.getBigInt64(at + 8, true) === 8n;
  const places = Array.from({ length: (bodyStart - 16) / 4 }, (_, i) => 4 * i)
    .filter(isPlace);
  const [place] = places;
  assert.ok(place !== undefined);
  view.setBigInt64(place, 1n, true);
  view.setBigInt64(place + 8, 7n, true);
  assert.throws(() => new BatchReader(readSchemaMessage(schema)).read(batch), {
    condition: "ARROW_MALFORMED",
    message: /a buffer begins at no multiple of 8 bytes/,
  });
});

Deno.test("an empty buffer may begin anywhere", NONE, () => {
  // Found by `deno task fuzz udf-arguments --seed 1 --first 28397`.
  const item = arrow.Field.new("element", new arrow.Int32(), true);
  const table = new arrow.Table({
    x: arrow.vectorFromArray([[], []], new arrow.List(item)),
  });
  const [schema, batch] = messages(table);
  assert.ok(schema !== undefined && batch !== undefined);
  const { bodyStart = 0 } = findMessage(batch, 0) ?? {};
  const reader = new BatchReader(readSchemaMessage(schema));
  let read = 0;
  for (let at = 0; at < bodyStart - 16; at += 4) {
    const changed = batch.slice();
    const view = new DataView(changed.buffer);
    if (view.getBigInt64(at + 8, true) !== 0n) continue;
    view.setBigInt64(at, 1n, true); // where an empty buffer begins, among others
    try {
      read += reader.read(changed)?.length ?? 0;
    } catch (error) {
      assert.ok(error instanceof ProtocolError, `${at}: ${error}`);
    }
  }
  assert.ok(read > 0);
});

Deno.test(
  "views, runs and big-endian numbers are refused by name",
  NONE,
  () => {
    const schema = (code: number, endianness: number = 0): Uint8Array =>
      encapsulate(
        MESSAGE_KINDS.schema,
        flatTable(
          flatShort(endianness),
          flatTables([
            flatTable(flatText("x"), flatByte(1), flatByte(code), flatTable()),
          ]),
        ),
        0,
      );
    const cases = [
      [22, "runs of equal values"],
      [23, "binary views"],
      [24, "string views"],
      [25, "list views"],
      [26, "list views"],
    ] as const;
    for (const [code, name] of cases) {
      assert.throws(() => readSchemaMessage(schema(code)), {
        condition: "ARROW_FORM_UNSUPPORTED",
        message:
          `Cannot read an Arrow stream: column "x" comes as ${name}; cast it to the type without views before it is written`,
      });
    }
    assert.throws(() => readSchemaMessage(schema(27)), {
      condition: "ARROW_MALFORMED",
      message: /no type has number 27/,
    });
    assert.throws(() => readSchemaMessage(schema(5, 1)), {
      condition: "ARROW_FORM_UNSUPPORTED",
      message:
        "Cannot read an Arrow stream: its numbers are big-endian; use executors with little-endian processors",
    });
  },
);
