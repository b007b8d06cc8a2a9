import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { concatBytes } from "../../../../src/common/concat_bytes.ts";
import { END_OF_STREAM } from "../../../../src/serde/arrow/arrow_message.ts";
import { BatchReader } from "../../../../src/serde/arrow/batch_reader.ts";
import { readSchemaMessage } from "../../../../src/serde/arrow/schema_reader.ts";
import { keyedGroups } from "../../../../worker/streaming/processor_input.ts";
import { LOCKED_BUILTINS } from "../../../../worker/task/builtins.ts";

const pure = { permissions: "none" } as const;
const FORMS = { longs: "number", timestamps: "date", dates: "date" } as const;
const SIDES = [
  { keys: [0], values: [0] },
  { keys: [0], values: [0, 1] },
];

/** As Spark 4.1.4 sends rows of a stream, `value STRING`, beside those of an initial state, `name STRING, n INT`. */
const SCHEMA =
  "/////4ABAAAQAAAAAAAKAA4ABgANAAgACgAAAAAABAAQAAAAAAEKAAwAAAAIAAQACgAAAAgAAAAIAAAAAAAAAAIAAADEAAAABAAAAB7///8UAAAAFAAAAJwAAAAAAA0BmAAAAAAAAAACAAAAWAAAABgAAAAAABIAGAAUAAAAEwAMAAAACAAEABIAAAAUAAAAFAAAABwAAAAAAAACIAAAAAAAAAAAAAAACAAMAAgABwAIAAAAAAAAASAAAAABAAAAbgAAAJb///8UAAAAFAAAABQAAAAAAAUBEAAAAAAAAAAAAAAAdP///wQAAABuYW1lAAAAAIT///8JAAAAaW5pdFN0YXRlAAAA2v///xQAAAAUAAAAYAAAAAAADQFcAAAAAAAAAAEAAAAYAAAAAAASABgAFAATABIADAAAAAgABAASAAAAFAAAABQAAAAUAAAAAAAFARAAAAAAAAAAAAAAAPD///8FAAAAdmFsdWUAAAAEAAQABAAAAAkAAABpbnB1dERhdGEAAAA=";
/** Three rows beside two. */
const KEY_A =
  "/////0gBAAAUAAAAAAAAAAwAFgAOABUAEAAEAAwAAABgAAAAAAAAAAAABAAQAAAAAAMKABgADAAIAAQACgAAABQAAAC4AAAAAwAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAQAAAAAAAAAIAAAAAAAAAAEAAAAAAAAAEAAAAAAAAAAQAAAAAAAAACAAAAAAAAAAAwAAAAAAAAAoAAAAAAAAAAEAAAAAAAAAMAAAAAAAAAABAAAAAAAAADgAAAAAAAAADAAAAAAAAABIAAAAAAAAAAIAAAAAAAAAUAAAAAAAAAABAAAAAAAAAFgAAAAAAAAACAAAAAAAAAAAAAAABQAAAAMAAAAAAAAAAAAAAAAAAAADAAAAAAAAAAAAAAAAAAAAAwAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAABwAAAAAAAAAHAAAAAAAAAAAAAAABAAAAAgAAAAMAAABhYWEAAAAAAAcAAAAAAAAAAwAAAAAAAAAAAAAAAQAAAAIAAAAAAAAAYWEAAAAAAAADAAAAAAAAAAoAAAAeAAAA";
/** One row beside none. */
const KEY_B =
  "/////0gBAAAUAAAAAAAAAAwAFgAOABUAEAAEAAwAAAAoAAAAAAAAAAAABAAQAAAAAAMKABgADAAIAAQACgAAABQAAAC4AAAAAQAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAQAAAAAAAAAIAAAAAAAAAAEAAAAAAAAAEAAAAAAAAAAIAAAAAAAAABgAAAAAAAAAAQAAAAAAAAAgAAAAAAAAAAEAAAAAAAAAKAAAAAAAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAAAAAAoAAAAAAAAAAAAAAAAAAAAKAAAAAAAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAAAAAAAAAAABQAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAAAAAABAAAAYgAAAAAAAAABAAAAAAAAAA==";
/** None beside one. */
const KEY_Z =
  "/////0gBAAAUAAAAAAAAAAwAFgAOABUAEAAEAAwAAAA4AAAAAAAAAAAABAAQAAAAAAMKABgADAAIAAQACgAAABQAAAC4AAAAAQAAAAAAAAAAAAAACgAAAAAAAAAAAAAAAQAAAAAAAAAIAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAEAAAAAAAAAEAAAAAAAAAABAAAAAAAAABgAAAAAAAAACAAAAAAAAAAgAAAAAAAAAAEAAAAAAAAAKAAAAAAAAAABAAAAAAAAADAAAAAAAAAABAAAAAAAAAAAAAAABQAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAEAAAAAAAAAAAAAAAEAAAB6AAAAAAAAAAEAAAAAAAAAFAAAAAAAAAA=";

function groupsOf(...batches: readonly string[]): unknown[] {
  const bytes = concatBytes([
    ...[SCHEMA, ...batches].map((text) => Uint8Array.fromBase64(text)),
    END_OF_STREAM,
  ]);
  const tools = {
    reader: ByteReader.of(bytes),
    builtins: LOCKED_BUILTINS,
    write() {},
  };
  return Array.from(keyedGroups(tools, SIDES, FORMS), (group) => ({
    key: group.key,
    initial: [...group.initial()],
    rows: Array.from(group.rows() ?? []),
  }));
}

Deno.test(
  "rows of a stream and of an initial state lie side by side, as far as each goes",
  pure,
  () => {
    assert.deepEqual(groupsOf(KEY_A, KEY_B, KEY_Z), [
      {
        key: { value: "a" },
        initial: [{ name: "a", n: 10 }, { name: "a", n: 30 }],
        rows: [{ value: "a" }, { value: "a" }, { value: "a" }],
      },
      { key: { value: "b" }, initial: [], rows: [{ value: "b" }] },
      { key: { value: "z" }, initial: [{ name: "z", n: 20 }], rows: [] },
    ]);
  },
);

Deno.test(
  "an initial state that goes on behind rows of the stream is refused",
  pure,
  () => {
    assert.throws(() => groupsOf(KEY_A, KEY_A), {
      condition: "INITIAL_STATE_TOO_LONG",
      message:
        'Cannot begin with the initial state of the key "a": it has more rows than a batch, and this Spark sends the rest behind rows of the stream; raise "spark.sql.execution.arrow.maxRecordsPerBatch", or use Spark 4.2 or later',
    });
  },
);

Deno.test(
  "elsewhere a struct whose fields end too early is damaged",
  pure,
  () => {
    const schema = readSchemaMessage(Uint8Array.fromBase64(SCHEMA));
    assert.throws(
      () => new BatchReader(schema).read(Uint8Array.fromBase64(KEY_A)),
      { condition: "ARROW_MALFORMED" },
    );
  },
);
