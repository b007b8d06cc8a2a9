/**
 * What tasks over Arrow read of the JVM behind their header: the columns of
 * arguments, groups, and pairs of groups.
 *
 * @module
 */
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { LOCKED_BUILTINS } from "../../../worker/task/builtins.ts";
import { ArgumentReaders } from "../../../worker/udf/argument_reader.ts";
import {
  groupOffsets,
  GroupReader,
} from "../../../worker/udf/group_columns.ts";
import {
  cogroupsOf,
  type Group,
  groupsOf,
} from "../../../worker/udf/group_input.ts";
import { StreamInput } from "../../../worker/udf/stream_input.ts";
import { rowsReader, structBatch } from "../../../worker/udf/struct_rows.ts";
import { tableArguments } from "../../../worker/udf/table_arguments.ts";
import { vectorsOf } from "../../../worker/udf/table_values.ts";
import { cogroups, groups, stream } from "../../unit/worker/udf/udf_rig.ts";
import { chunkedReader } from "../chunked_reader.ts";
import type { FuzzDecoder } from "../decoder.ts";

const FORMS = {
  longs: "bigint",
  timestamps: "instant",
  dates: "plainDate",
} as const;
const COLUMNS = "k STRING, x INT, b BIGINT, d DATE, a ARRAY<INT>";
const ROWS: unknown[][] = [
  ["a", 1, 2n ** 40n, new Date(0), [1, null]],
  [null, null, null, null, null],
];
const STRUCT = "_0 STRUCT<k: STRING, x: INT>";

/** Arguments of functions, of table functions, rows and columns, of a stream of batches. */
export const UDF_ARGUMENTS: FuzzDecoder = {
  name: "udf-arguments",
  covers: [
    "worker/udf/stream_input.ts",
    "worker/udf/argument_reader.ts",
    "worker/udf/table_arguments.ts",
    "worker/udf/struct_rows.ts",
    "worker/udf/table_values.ts",
  ],
  seeds: () => [
    stream(COLUMNS, ROWS, [], ROWS),
    stream(COLUMNS),
    stream(STRUCT, [[["a", 1]], [[null, null]]]),
  ],
  prepare: () => (bytes, choose) => {
    const reader = chunkedReader(bytes, choose);
    const input = new StreamInput(
      { reader, builtins: LOCKED_BUILTINS },
      choose(2) === 1,
    );
    const schema = input.readSchema();
    const offsets = [0, choose(6)];
    const kind = choose(4);
    const read = new ArgumentReaders(schema);
    for (let batch = input.next(); batch !== null; batch = input.next()) {
      switch (kind) {
        case 0:
          read.of(offsets, FORMS)(batch, new Map());
          break;
        case 1:
          tableArguments(schema, offsets, [choose(3)], FORMS)(batch);
          break;
        case 2:
          vectorsOf(schema, batch);
          break;
        default: {
          const [first] = schema.fields;
          const { columns, length } = structBatch(batch);
          rowsReader(first?.children ?? [], FORMS)(columns, length);
        }
      }
    }
    input.skip();
  },
};

/** Groups in both framings, and pairs of them; which one, by the first byte. */
export const UDF_GROUPS: FuzzDecoder = {
  name: "udf-groups",
  covers: ["worker/udf/group_input.ts", "worker/udf/group_columns.ts"],
  seeds: () => {
    const each = [[["a", 1]], [["b", 2], ["b", 3]]];
    return [
      groups("3.5", "k STRING, x INT", ...each),
      groups("4.1", "k STRING, x INT", ...each),
      cogroups("k STRING, x INT", [[["a", 1]], []], [[], [["b", 2]]]),
    ].map((bytes, kind) =>
      new ByteWriter().writeBytes(new Uint8Array([kind])).writeBytes(bytes)
        .finish()
    );
  },
  prepare: () => (bytes, choose) => {
    const reader = chunkedReader(bytes.subarray(1), choose);
    const tools = {
      reader,
      builtins: LOCKED_BUILTINS,
      write: () => {/* nobody writes */},
    };
    const [offsets] = groupOffsets({
      arguments: [3, 1, choose(3), 1].map((offset) => ({ offset, name: null })),
      chain: [],
      resultId: null,
    });
    if (offsets === undefined) return;
    const columns = new GroupReader(offsets, FORMS);
    const readAll = (group: Group): void => {
      const { schema } = group;
      for (let batch = group.next(); batch !== null; batch = group.next()) {
        if (batch.length === 0) continue;
        columns.keyOf(schema, batch);
        columns.rowsOf(schema, batch);
      }
    };
    const leaves = choose(3) === 0; // as functions that read no rows do
    const kind = (bytes[0] ?? 0) % 3;
    if (kind === 2) {
      for (const { left, right } of cogroupsOf(tools)) {
        if (leaves) continue;
        readAll(left);
        readAll(right);
      }
      return;
    }
    for (const group of groupsOf(tools, kind === 0 ? "3.5" : "4.1")) {
      if (!leaves) readAll(group);
    }
  },
};
