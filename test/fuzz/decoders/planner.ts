/**
 * What the driver reads of Spark's planner.
 *
 * @module
 */
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { readFilters } from "../../../src/driver/sources/read_filters.ts";
import { type Dialect, DIALECTS } from "../../../src/protocol/dialect.ts";
import {
  QUESTION_MODULES,
  type QuestionKind,
} from "../../../src/protocol/planner_modules.ts";
import { readPlannerQuestion } from "../../../src/protocol/planner_question.ts";
import {
  readStreamQuestion,
  readStreamStart,
} from "../../../src/protocol/stream_question.ts";
import { chunkedReader } from "../chunked_reader.ts";
import type { FuzzDecoder } from "../decoder.ts";

const KINDS = Object.keys(QUESTION_MODULES) as QuestionKind[];
const BLOB = new Uint8Array([0xa1, 0x61, 0x61, 1]);

/** Questions of all kinds, in all dialects. */
export const PLANNER: FuzzDecoder = {
  name: "planner",
  covers: ["src/protocol/planner_question.ts"],
  seeds: () =>
    DIALECTS.flatMap((dialect, at) =>
      KINDS.map((kind, of) => question(dialect, at, of, kind))
    ),
  prepare: () => (bytes, choose) => {
    const dialect = DIALECTS[(bytes[0] ?? 0) % DIALECTS.length] ?? "4.3";
    const kind = KINDS[(bytes[1] ?? 0) % KINDS.length] ?? "read";
    readPlannerQuestion(
      chunkedReader(bytes.subarray(2), choose),
      kind,
      dialect,
    );
  },
};

/** What a stream's source is asked. */
export const STREAM_SOURCE: FuzzDecoder = {
  name: "stream-source",
  covers: ["src/protocol/stream_question.ts"],
  seeds: () =>
    Array.from(
      { length: 9 },
      (_, at) =>
        start(new ByteWriter()).writeInt(884 + at).writeString("{}")
          .writeString("{}").finish(),
    ),
  prepare: () => (bytes, choose) => {
    const reader = chunkedReader(bytes, choose);
    readStreamStart(reader);
    readStreamQuestion(reader);
  },
};

/** The filters that a source is offered. */
export const FILTERS: FuzzDecoder = {
  name: "filters",
  covers: ["src/driver/sources/read_filters.ts"],
  seeds: () =>
    [
      '[{"name":"EqualTo","columnPath":["a"],"value":{"value":"DAE=","metadata":"AQAA"}}]',
      '[{"name":"IsNull","columnPath":["a","b"],"isNegated":true}]',
    ].map((text) => new TextEncoder().encode(text)),
  prepare: () => (bytes) => {
    readFilters(new TextDecoder().decode(bytes));
  },
};

function start(writer: ByteWriter): ByteWriter {
  return writer.writeString("tspark/2").writeString("/files").writeInt(0)
    .writeSizedBytes(BLOB).writeString("{}").writeInt(10);
}

function question(
  dialect: Dialect,
  at: number,
  of: number,
  kind: QuestionKind,
): Uint8Array {
  const writer = new ByteWriter().writeByte(at).writeByte(of);
  writer.writeString("tspark/2").writeString("/files").writeInt(0)
    .writeBool(false).writeInt(0);
  if (dialect === "4.2" || dialect === "4.3") writer.writeInt(0);
  BODIES[kind](writer, dialect !== "3.5" && dialect !== "4.0");
  return writer.writeInt(-4).finish();
}

const BODIES: Readonly<
  Record<QuestionKind, (writer: ByteWriter, is41: boolean) => void>
> = {
  analyze: (writer) => {
    writer.writeString("f").writeSizedBytes(BLOB).writeInt(1)
      .writeString('"integer"').writeBool(true).writeSizedBytes(BLOB)
      .writeBool(false).writeBool(true).writeString("x");
  },
  create: (writer) => {
    writer.writeSizedBytes(BLOB).writeString("orders").writeBool(true)
      .writeString("{}").writeInt(1).writeString("url").writeString("u");
  },
  read: (writer, is41) => {
    writer.writeSizedBytes(BLOB).writeString("{}").writeString("{}")
      .writeInt(10);
    if (is41) writer.writeBool(false);
    writer.writeBool(false);
    if (is41) writer.writeBool(true);
  },
  filters: (writer) => {
    writer.writeSizedBytes(BLOB).writeString("{}").writeString("[]")
      .writeInt(10).writeBool(true);
  },
  write: (writer, is41) => {
    writer.writeSizedBytes(BLOB).writeString("orders").writeString("{}")
      .writeString("{}").writeInt(0).writeBool(true).writeBool(false);
    if (is41) writer.writeBool(true);
  },
  commit: (writer) => {
    writer.writeSizedBytes(BLOB).writeInt(2).writeSizedBytes(BLOB)
      .writeInt(-5).writeBool(false);
  },
  commitBatch: (writer) => {
    writer.writeSizedBytes(BLOB).writeString("{}").writeBool(false)
      .writeInt(1).writeSizedBytes(BLOB).writeLong(3n).writeBool(false);
  },
};
