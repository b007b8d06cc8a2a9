import assert from "node:assert/strict";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { type Dialect, DIALECTS } from "../../../src/protocol/dialect.ts";
import { EVAL_TYPE } from "../../../src/protocol/marker.ts";
import { readTaskHeader } from "../../../src/protocol/task_header.ts";
import {
  readUdfCommand,
  type UdfCommand,
} from "../../../src/protocol/udf_command.ts";
import { jvmHeader } from "../../mirror/jvm_side.ts";

const INNER = new Uint8Array([1]);
const OUTER = new Uint8Array([2, 2]);
const WITH_STATE = [208, 211, 212, 213, 214];

for (const dialect of DIALECTS) {
  Deno.test({
    name: `readUdfCommand reads two chained functions of Spark ${dialect}`,
    permissions: "none",
    fn(): void {
      const later = dialect === "4.2" || dialect === "4.3";
      const command = read(dialect, 200, jvmCommand(dialect, false));
      assert.deepEqual(command, {
        inputType: null,
        profiler: null,
        calls: [{
          arguments: [
            { offset: 0, name: null },
            { offset: 4, name: dialect === "3.5" ? null : "rate" },
          ],
          chain: [INNER, OUTER],
          resultId: later ? 77n : null,
        }],
      });
    },
  });
}

for (const dialect of ["4.0", "4.1"] as const) {
  Deno.test({
    name: `readUdfCommand reads the profiler and the ids of Spark ${dialect}`,
    permissions: "none",
    fn(): void {
      const command = read(dialect, 200, jvmCommand(dialect, true));
      assert.equal(command.profiler, "perf");
      assert.equal(command.calls[0]?.resultId, 77n);
    },
  });
}

Deno.test({
  name: "readUdfCommand reads plain offsets for kinds that name no arguments",
  permissions: "none",
  fn(): void {
    const bytes = new ByteWriter().writeBool(false).writeInt(1).writeInt(2)
      .writeInt(3).writeInt(4).writeInt(1).writeSizedBytes(INNER).finish();
    for (const kind of [201, 205, 206, 207, 209, 210]) {
      const { calls } = read("4.0", kind, bytes);
      assert.deepEqual(calls[0]?.arguments.map(({ offset }) => offset), [3, 4]);
    }
  },
});

Deno.test({
  name:
    "readUdfCommand reads the input's type that Spark 4.1 sends for kind 101",
  permissions: "none",
  fn(): void {
    const bytes = new ByteWriter().writeString(`{"type":"struct"}`)
      .writeBool(false).writeInt(0).finish();
    const command = read("4.1", EVAL_TYPE.SQL_ARROW_BATCHED_UDF, bytes);
    assert.equal(command.inputType, `{"type":"struct"}`);
    assert.deepEqual(command.calls, []);
  },
});

Deno.test({
  name:
    "readUdfCommand refuses kinds that it does not know, and those with state",
  permissions: "none",
  fn(): void {
    for (const kind of [...WITH_STATE, 0, 1, 218, 255, 300, 301, 302, -1]) {
      fails(
        kind,
        `Cannot run a task of kind ${kind}: this TSpark does not know it; update TSpark`,
      );
    }
  },
});

Deno.test({
  name: "readUdfCommand refuses an envelope with bytes after the command",
  permissions: "none",
  fn(): void {
    const longer = new Uint8Array([...jvmCommand("4.3", false), 0]);
    assert.throws(() => read("4.3", 200, longer), {
      condition: "HEADER_LENGTH_WRONG",
    });
  },
});

/** One call of two arguments, the second named where the dialect has names. */
function jvmCommand(dialect: Dialect, profiled: boolean): Uint8Array {
  const later = dialect === "4.2" || dialect === "4.3";
  const writer = new ByteWriter();
  if (dialect === "4.0" || dialect === "4.1") {
    writer.writeBool(profiled);
    if (profiled) writer.writeString("perf");
  }
  writer.writeInt(1).writeInt(2).writeInt(0);
  if (dialect !== "3.5") writer.writeBool(false);
  writer.writeInt(4);
  if (dialect !== "3.5") writer.writeBool(true).writeString("rate");
  writer.writeInt(2).writeSizedBytes(INNER).writeSizedBytes(OUTER);
  if (later || profiled) writer.writeLong(77n);
  return writer.finish();
}

function read(
  dialect: Dialect,
  evalType: number,
  command: Uint8Array,
): UdfCommand {
  const bytes = jvmHeader(dialect, { evalType, command });
  const reader = ByteReader.of(bytes, 7);
  const header = readTaskHeader(reader, dialect, () => {});
  assert.ok(header?.commandReader);
  return readUdfCommand(header.commandReader, dialect, header.evalType);
}

function fails(kind: number, message: string): void {
  const reader = ByteReader.of(new Uint8Array(0), 1);
  assert.throws(() => readUdfCommand(reader, "4.3", kind), {
    name: "ProtocolError",
    condition: "EVAL_TYPE_UNSUPPORTED",
    message,
  });
}
