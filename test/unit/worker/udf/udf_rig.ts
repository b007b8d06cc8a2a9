/** Tasks over Arrow, as the JVM hands them to a worker, without a JVM. */
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { FORMAT_VERSION } from "../../../../src/protocol/command.ts";
import { encodeCommand } from "../../../../src/protocol/command_codec.ts";
import { rulesOf } from "../../../../src/protocol/dialects/mod.ts";
import type { TaskHeader } from "../../../../src/protocol/task_header.ts";
import type { UdfRecord } from "../../../../src/protocol/udf_record.ts";
import { splitArrowStream } from "../../../../src/serde/arrow/arrow_rows.ts";
import { ArrowWriter } from "../../../../src/serde/arrow/arrow_writer.ts";
import { BatchReader } from "../../../../src/serde/arrow/batch_reader.ts";
import { readSchemaMessage } from "../../../../src/serde/arrow/schema_reader.ts";
import { StructType, typeJson } from "../../../../src/types/spark_types.ts";
import {
  type KnownBuiltins,
  LOCKED_BUILTINS,
} from "../../../../worker/task/builtins.ts";
import { evaluatorOf } from "../../../../worker/task/evaluators.ts";
import type { WorkerTools } from "../../../../worker/task/worker_tools.ts";
import { rowsReader } from "../../../../worker/udf/struct_rows.ts";

const FORMS = { longs: "number", timestamps: "date", dates: "date" } as const;

/** One function of a query. */
export interface RigFunction {
  readonly form: UdfRecord["form"];
  /** The function, and what its form needs beside it. */
  readonly functions: readonly unknown[];
  /** Type of its results, in DDL: of its rows where it gives rows. */
  readonly returns: string;
  /** Its arguments' columns, or what grouped kinds list there. */
  readonly offsets: readonly number[];
  readonly more?: Partial<UdfRecord>;
  /** The functions that its results are given to, one after the other. */
  readonly then?: readonly RigFunction[];
}

/** A function of one form. */
export function rigFunction(
  form: RigFunction["form"],
  returns: string,
  offsets: readonly number[],
  body: unknown,
  more: RigFunction["more"] = {},
): RigFunction {
  return { form, returns, offsets, functions: [body], more };
}

/** A task. */
export interface RigTask {
  readonly evalType: number;
  readonly functions: readonly RigFunction[];
  /** What comes behind the command. */
  readonly input: Uint8Array;
  /** Grouped kinds differ: one stream up to 4.0, one for each group from 4.1. */
  readonly dialect?: "3.5" | "4.1";
  readonly confs?: ReadonlyMap<string, string>;
  /** The most bytes that one read of the connection brings. */
  readonly chunkBytes?: number;
  /** What the language has; nobody can change it unless given. */
  readonly builtins?: KnownBuiltins;
}

/**
 * Runs a task.
 *
 * @returns its output's rows, each a list of values, a batch at a time
 */
export async function runUdfTask(task: RigTask): Promise<unknown[][][]> {
  const { tools, written, header } = rig(task);
  const prepare = await evaluatorOf(task.evalType);
  using evaluation = await prepare(tools, header);
  const result = await evaluation.run();
  await result.finishInput();
  return tools.builtins.restored(() => batchesOf(written.finish()));
}

/** A stream of batches of rows; without any, just its schema. */
export function stream(ddl: string, ...batches: unknown[][]): Uint8Array {
  const arrow = new ArrowWriter(StructType.fromDDL(ddl));
  const writer = new ByteWriter().writeBytes(arrow.schemaMessage());
  for (const rows of batches) {
    for (const row of rows) arrow.appendRow(row);
    writer.writeBytes(arrow.takeBatch());
  }
  return writer.writeBytes(ArrowWriter.END).finish();
}

/** Groups as the JVM of a dialect sends them. */
export function groups(
  dialect: "3.5" | "4.1",
  ddl: string,
  ...each: unknown[][]
): Uint8Array {
  if (dialect === "3.5") return stream(ddl, ...each);
  const writer = new ByteWriter();
  for (const rows of each) writer.writeInt(1).writeBytes(stream(ddl, rows));
  return writer.writeInt(0).finish();
}

/** Pairs of groups. */
export function cogroups(
  ddl: string,
  ...each: readonly [unknown[], unknown[]][]
): Uint8Array {
  const writer = new ByteWriter();
  for (const sides of each) {
    writer.writeInt(2);
    for (const rows of sides) writer.writeBytes(stream(ddl, rows));
  }
  return writer.writeInt(0).finish();
}

function rig(task: RigTask): {
  tools: WorkerTools;
  written: ByteWriter;
  header: TaskHeader;
} {
  const { evalType, functions, input, dialect = "3.5", chunkBytes } = task;
  const written = new ByteWriter();
  const isTable = evalType >= 300;
  const command = isTable
    ? tableCommand(functions[0] as RigFunction)
    : udfCommand(task, dialect);
  const all = functions.flatMap((one) => [one, ...one.then ?? []]);
  // Each record names which of the functions it stands for.
  const reviving = () => (closure: unknown): readonly unknown[] =>
    all[(closure as { at: number }).at]?.functions ?? [];
  const tools = {
    dialect,
    reader: readerOf(input, chunkBytes),
    write: (bytes: Uint8Array) => void written.writeBytes(bytes),
    builtins: task.builtins ?? LOCKED_BUILTINS,
    reviver: null,
    shared: { reviving },
    leftovers: { failed: new Promise(() => {}) },
  } as unknown as WorkerTools;
  const header = {
    evalType,
    commandReader: readerOf(command, chunkBytes),
    confs: { runner: new Map(), evaluation: task.confs ?? new Map() },
  } as unknown as TaskHeader;
  return { tools, written, header };
}

function udfCommand(
  { functions, evalType }: RigTask,
  dialect: "3.5" | "4.1",
): Uint8Array {
  const rules = rulesOf(dialect).udf;
  const writer = new ByteWriter();
  if (rules.sendsProfiler) writer.writeBool(false);
  writer.writeInt(functions.length);
  let at = 0;
  for (const one of functions) {
    const chain = [one, ...one.then ?? []];
    writer.writeInt(one.offsets.length);
    for (const offset of one.offsets) {
      writer.writeInt(offset);
      if (rules.namesArguments(evalType)) writer.writeBool(false);
    }
    writer.writeInt(chain.length);
    for (const part of chain) writer.writeSizedBytes(recordOf(part, at++));
  }
  return writer.finish();
}

function tableCommand(one: RigFunction): Uint8Array {
  const writer = new ByteWriter().writeInt(one.offsets.length);
  for (const offset of one.offsets) writer.writeInt(offset);
  return writer.writeSizedBytes(recordOf(one, 0))
    .writeString(typeJson(StructType.fromDDL(one.returns))).finish();
}

function recordOf(one: RigFunction, at: number): Uint8Array {
  const isRows = one.returns.includes(" ");
  const type = isRows
    ? StructType.fromDDL(one.returns)
    : StructType.fromDDL(`x ${one.returns}`).fields[0]?.type;
  const record: Omit<UdfRecord, "closure"> & { closure: unknown } = {
    version: FORMAT_VERSION,
    form: one.form,
    name: "f",
    site: "udf() at app.ts:1:1",
    closure: { at },
    returnType: typeJson(type as StructType),
    nullInput: "call",
    parameters: null,
    calls: null,
    values: FORMS,
    planner: null,
    memoryBytes: 2 ** 26,
    broadcasts: [],
    packages: { kind: "none" } as never,
    ...one.more,
  };
  return encodeCommand(record);
}

function readerOf(bytes: Uint8Array, chunkBytes = Infinity): ByteReader {
  let at = 0;
  return new ByteReader({
    read(into) {
      const size = Math.min(into.length, chunkBytes, bytes.length - at);
      into.set(bytes.subarray(at, at + size));
      at += size;
      return size;
    },
  }, 64);
}

function batchesOf(bytes: Uint8Array): unknown[][][] {
  if (bytes.length === 0) return [];
  const mark = new DataView(bytes.buffer, bytes.byteOffset).getInt32(0);
  if (mark !== -6) throw new Error(`The stream begins with ${mark}`);
  const { schema, batches, rest } = splitArrowStream(bytes.subarray(4));
  if (rest.length > 0) throw new Error(`${rest.length} bytes are left`);
  const { fields } = readSchemaMessage(schema);
  const reader = new BatchReader({ fields });
  const read = rowsReader(fields, FORMS);
  return batches.map((message) => {
    const batch = reader.read(message);
    if (batch === null) throw new Error("a dictionary comes");
    return read(batch.columns, batch.length).map((row) => Object.values(row));
  });
}
