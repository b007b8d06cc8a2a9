import type { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import { readBroadcastDelta } from "./broadcast_delta.ts";
import { type Dialect, isSince } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import {
  checkLength,
  MAX_COMMAND_BYTES,
  readArriving,
  readCount,
  readLimitedBytes,
  readLimitedText,
  readTextMap,
  readTexts,
} from "./limits.ts";
import { MARKER } from "./marker.ts";
import type { QuestionKind } from "./planner_modules.ts";

/** Bytes of ours that come back to us. */
type Blob = Uint8Array<ArrayBuffer>;

/** An argument of a table function, as far as it is known while a query is planned. */
export interface TableArgument {
  /** Its type as JSON; of a table, a struct of its columns. */
  readonly type: string;
  /** The value of a constant, pickled; null for anything else. */
  readonly constant: Blob | null;
  /** Whether it is a table. */
  readonly isTable: boolean;
  /** The parameter's name where the query gave one, else null. */
  readonly name: string | null;
}

/** What Spark asks while it plans a query. */
export type PlannerQuestion =
  /** Which columns does a table function give for these arguments? */
  | {
    readonly kind: "analyze";
    readonly name: string;
    readonly function: Blob;
    readonly arguments: readonly TableArgument[];
  }
  /** Which columns does a source have with these options? */
  | {
    readonly kind: "create";
    readonly source: Blob;
    readonly provider: string;
    /** The columns that the program wants, as JSON; null: the source's own. */
    readonly schema: string | null;
    readonly options: ReadonlyMap<string, string>;
  }
  /** How is a source read? */
  | {
    readonly kind: "read";
    readonly instance: Blob;
    readonly schema: string;
    readonly maxRecords: number;
    /** Whether Spark would have asked for filters. */
    readonly pushdown: boolean;
    readonly isStreaming: boolean;
  }
  /** As `read`, and which of these filters does it apply itself? */
  | {
    readonly kind: "filters";
    readonly instance: Blob;
    readonly schema: string;
    /** As JSON. */
    readonly filters: string;
    readonly maxRecords: number;
  }
  /** How is a source written? */
  | {
    readonly kind: "write";
    readonly source: Blob;
    readonly provider: string;
    readonly schema: string;
    readonly options: ReadonlyMap<string, string>;
    readonly overwrite: boolean;
    readonly isStreaming: boolean;
  }
  /** All tasks have written, or it has failed. */
  | {
    readonly kind: "commit";
    readonly writer: Blob;
    /** What each task told; null of those that failed. */
    readonly messages: readonly (Blob | null)[];
    readonly isAbort: boolean;
  }
  /** As `commit`, of one batch of a stream. */
  | {
    readonly kind: "commitBatch";
    readonly instance: Blob;
    readonly schema: string;
    readonly overwrite: boolean;
    readonly messages: readonly (Blob | null)[];
    readonly batchId: number;
    readonly isAbort: boolean;
  };

/**
 * Reads a question with all that Spark sends before and behind it.
 *
 * Peer: `PythonPlannerRunner.runInPython`, Spark 4.0 – 4.3. Layout: string
 * driver version, string files directory, int count and names of includes,
 * broadcasts, from 4.2 on int count and pairs of settings, the question, int -4.
 *
 * @param reader where it begins
 * @param kind what is asked
 * @param dialect what the JVM speaks
 * @throws ProtocolError `LENGTH_INVALID`, `COUNT_INVALID`, `BYTES_TRUNCATED`,
 *   `QUESTION_INVALID` when something else follows
 */
export function readPlannerQuestion(
  reader: ByteReader,
  kind: QuestionKind,
  dialect: Dialect,
): PlannerQuestion {
  readLimitedText(reader, "the driver's version");
  readLimitedText(reader, "the files directory");
  readTexts(reader, "the included files");
  readBroadcastDelta(reader, rulesOf(dialect).unixSockets);
  if (isSince(dialect, "4.2")) readTextMap(reader, "the planner's settings");
  const question = readBody(reader, kind, dialect);
  const end = reader.readInt();
  if (end === MARKER.END_OF_STREAM) return question;
  throw new ProtocolError(
    "QUESTION_INVALID",
    `Cannot read what Spark asks while it plans: ${end} follows, and not the end; the JVM may be newer than the Spark version that the driver knows`,
    { end },
  );
}

/**
 * Whether bytes end as a question does. The JVM then waits for the answer: no
 * more of them come behind a question.
 *
 * @param bytes what has come
 */
export function endsQuestion(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getInt32(bytes.length - 4) === MARKER.END_OF_STREAM;
}

function readBody(
  reader: ByteReader,
  kind: QuestionKind,
  dialect: Dialect,
): PlannerQuestion {
  const sendsBinaryForm = isSince(dialect, "4.1");
  switch (kind) {
    case "analyze":
      return readAnalyze(reader);
    case "create":
      return {
        kind,
        source: readBlob(reader, "a data source"),
        provider: readLimitedText(reader, "a data source's name"),
        schema: reader.readBool() ? readSchema(reader) : null,
        options: readTextMap(reader, "a data source's options"),
      };
    case "read": {
      const instance = readBlob(reader, "a data source");
      readSchema(reader); // of the partitions, which is always the same
      const schema = readSchema(reader);
      const maxRecords = reader.readInt();
      const pushdown = sendsBinaryForm && reader.readBool();
      const isStreaming = reader.readBool();
      if (sendsBinaryForm) reader.readBool();
      return { kind, instance, schema, maxRecords, pushdown, isStreaming };
    }
    case "filters": {
      const instance = readBlob(reader, "a data source");
      const schema = readSchema(reader);
      const filters = readLimitedText(reader, "filters");
      const maxRecords = reader.readInt();
      reader.readBool();
      return { kind, instance, schema, filters, maxRecords };
    }
    case "write": {
      const source = readBlob(reader, "a data source");
      const provider = readLimitedText(reader, "a data source's name");
      const schema = readSchema(reader);
      readSchema(reader); // of the messages, which is always the same
      const options = readTextMap(reader, "a data source's options");
      const overwrite = reader.readBool();
      const isStreaming = reader.readBool();
      if (sendsBinaryForm) reader.readBool();
      return {
        kind,
        source,
        provider,
        schema,
        options,
        overwrite,
        isStreaming,
      };
    }
    case "commit":
      return {
        kind,
        writer: readBlob(reader, "a writer"),
        messages: readMessages(reader),
        isAbort: reader.readBool(),
      };
    case "commitBatch":
      return {
        kind,
        instance: readBlob(reader, "a data source"),
        schema: readSchema(reader),
        overwrite: reader.readBool(),
        messages: readMessages(reader),
        batchId: Number(reader.readLong()),
        isAbort: reader.readBool(),
      };
  }
}

/**
 * Peer: `UserDefinedPythonTableFunctionAnalyzeRunner.writeToPython`. Layout:
 * string name, bytes of the function, int count; for each argument string
 * type, bool constant and if so bytes, bool table, bool named and if so string.
 */
function readAnalyze(reader: ByteReader): PlannerQuestion {
  const name = readLimitedText(reader, "the table function's name");
  const handler = readBlob(reader, "the table function");
  const found: TableArgument[] = [];
  for (let left = readCount(reader, "the arguments"); left > 0; left--) {
    found.push({
      type: readLimitedText(reader, "an argument's type"),
      constant: reader.readBool() ? readBlob(reader, "a constant") : null,
      isTable: reader.readBool(),
      name: reader.readBool()
        ? readLimitedText(reader, "an argument's name")
        : null,
    });
  }
  return { kind: "analyze", name, function: handler, arguments: found };
}

/** Layout: int count, each as bytes, or int -5 for none. */
function readMessages(reader: ByteReader): (Blob | null)[] {
  const messages: (Blob | null)[] = [];
  for (let left = readCount(reader, "the messages"); left > 0; left--) {
    const size = reader.readInt();
    messages.push(size === MARKER.NULL ? null : sized(reader, size));
  }
  return messages;
}

function sized(reader: ByteReader, size: number): Blob {
  checkLength(size, MAX_COMMAND_BYTES, "a message");
  return readArriving(reader, size);
}

function readBlob(reader: ByteReader, what: string): Blob {
  return readLimitedBytes(reader, MAX_COMMAND_BYTES, what);
}

function readSchema(reader: ByteReader): string {
  return readLimitedText(reader, "a schema");
}
