import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { type Dialect, DIALECTS } from "../../../src/protocol/dialect.ts";
import {
  readTableCommand,
  type TableCommand,
} from "../../../src/protocol/table_command.ts";
import { readTaskHeader } from "../../../src/protocol/task_header.ts";
import { jvmHeader } from "../../mirror/jvm_side.ts";

const HANDLER = new Uint8Array([7, 8]);
const ANALYSIS = new Uint8Array([5]);
const INPUT_TYPE = `{"type":"struct","fields":[]}`;

for (const dialect of DIALECTS) {
  for (const kind of dialect < "4.1" ? [300, 301] : [300, 301, 302]) {
    for (const analysis of dialect === "3.5" ? [null] : [null, ANALYSIS]) {
      const how = analysis === null ? "plain" : "analysed";
      Deno.test({
        name:
          `readTableCommand reads a ${how} kind ${kind} of Spark ${dialect}`,
        permissions: "none",
        fn(): void {
          const old = dialect === "3.5";
          const bytes = jvmCommand(dialect, kind, analysis);
          assert.deepEqual(read(dialect, kind, bytes), {
            inputType: dialect === "4.1" && kind === 301 ? INPUT_TYPE : null,
            tableOffsets: dialect === "4.1" && kind === 302 ? [1] : [],
            arguments: [{ offset: 0, name: old ? null : "rows" }],
            partitionColumns: old ? [] : [3, 4],
            analysis,
            handler: HANDLER,
            returnType: `{"type":"long"}`,
            name: old ? null : "explode_all",
          });
        },
      });
    }
  }
}

Deno.test({
  name: "readTableCommand refuses kinds that are no table functions",
  permissions: "none",
  fn(): void {
    const reader = ByteReader.of(new Uint8Array(0), 1);
    for (const kind of [200, 303]) {
      assert.throws(() => readTableCommand(reader, "4.3", kind), {
        name: "ProtocolError",
        condition: "EVAL_TYPE_UNSUPPORTED",
        message:
          `Cannot run a task of kind ${kind}: this TSpark does not know it; update TSpark`,
      });
    }
  },
});

function jvmCommand(
  dialect: Dialect,
  kind: number,
  analysis: Uint8Array | null,
): Uint8Array {
  const writer = new ByteWriter();
  if (dialect === "4.1" && kind === 301) writer.writeString(INPUT_TYPE);
  if (dialect === "4.1" && kind === 302) writer.writeInt(1).writeInt(1);
  writer.writeInt(1).writeInt(0);
  if (dialect !== "3.5") {
    writer.writeBool(true).writeString("rows");
    writer.writeInt(2).writeInt(3).writeInt(4).writeBool(analysis !== null);
    if (analysis !== null) writer.writeSizedBytes(analysis);
  }
  writer.writeSizedBytes(HANDLER).writeString(`{"type":"long"}`);
  if (dialect !== "3.5") writer.writeString("explode_all");
  return writer.finish();
}

function read(
  dialect: Dialect,
  evalType: number,
  command: Uint8Array,
): TableCommand {
  const reader = ByteReader.of(jvmHeader(dialect, { evalType, command }), 7);
  const header = readTaskHeader(reader, dialect, () => {});
  assert.ok(header?.commandReader);
  return readTableCommand(header.commandReader, dialect, header.evalType);
}
