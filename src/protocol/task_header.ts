import { ByteReader } from "../common/byte_reader.ts";
import { ProtocolError } from "../common/errors.ts";
import { type BroadcastDelta, readBroadcastDelta } from "./broadcast_delta.ts";
import type { Dialect } from "./dialect.ts";
import { rulesOf } from "./dialects/mod.ts";
import type { DialectRules } from "./dialects/rules.ts";
import {
  checkLength,
  MAX_COMMAND_BYTES,
  readLimitedBytes,
  readLimitedText,
  readTexts,
} from "./limits.ts";
import { EVAL_TYPE, MARKER } from "./marker.ts";
import type { TaskConfs } from "./task_confs.ts";
import type { TaskContextInfo } from "./task_context.ts";

/** What the JVM says before a task's input, alike for all dialects. */
export interface TaskHeader {
  /** The partition that the function is told. */
  readonly partitionIndex: number;
  /** What the driver put in `pythonVer`: which TSpark it is. */
  readonly driverVersion: string;
  /** Stage, attempt, resources, local properties. */
  readonly context: TaskContextInfo;
  /** Folder of the files added to the job. */
  readonly filesDirectory: string;
  /** Names of added archives, relative to that folder. */
  readonly includes: readonly string[];
  /** Broadcasts that come and go with this task. */
  readonly broadcasts: BroadcastDelta;
  /** One of {@link EVAL_TYPE}. */
  readonly evalType: number;
  /** SQL settings; empty for kind 0. */
  readonly confs: TaskConfs;
  /** The function of kind 0; null for the other kinds. */
  readonly command: Uint8Array<ArrayBuffer> | null;
  /** Where the other kinds' command is to be read, by `readUdfCommand` or `readTableCommand`; null for kind 0. */
  readonly commandReader: ByteReader | null;
}

/**
 * Reads the header of the next task on a connection.
 *
 * Peer: `BasePythonRunner.WriterThread.run` (3.5), `BasePythonRunner.Writer.open` (4.x).
 * Layout: in 4.3 int -8 and int length around all of it; int partition index,
 * string driver version, task context, string files directory, int count and
 * names of includes, broadcasts, int kind of evaluation, settings, command
 * (int length and bytes for kind 0).
 *
 * @param reader the connection, at the first byte of a task
 * @param dialect what the JVM speaks
 * @param loadBroadcasts called once, when the broadcasts have been read and
 *   nothing after them: Spark 3.5 sends the rest only after the values have
 *   been fetched from the broadcasts' socket
 * @returns the header; null when the connection ends, or the JVM ends it, before it
 * @throws ProtocolError `DIALECT_MISMATCH` when the first int is another
 *   dialect's; `HEADER_LENGTH_WRONG` when the envelope is longer than its
 *   content; `LENGTH_INVALID`, `COUNT_INVALID`, `PORT_INVALID`,
 *   `TASK_CONTEXT_INVALID`, `BYTES_TRUNCATED`
 *
 * @example
 * ```ts ignore
 * const header = readTaskHeader(reader, "4.3", (delta) => broadcasts.apply(delta));
 * if (header === null) return; // the JVM needs this worker no more
 * ```
 */
export function readTaskHeader(
  reader: ByteReader,
  dialect: Dialect,
  loadBroadcasts: (delta: BroadcastDelta) => void,
): TaskHeader | null {
  if (!reader.fill(1)) return null;
  const first = reader.readInt();
  if (first === MARKER.END_OF_STREAM) return null;
  checkFirst(first, dialect);
  const rules = rulesOf(dialect);
  if (!rules.enveloped) {
    return readContent(reader, first, rules, loadBroadcasts);
  }
  const inner = openEnvelope(reader);
  const header = readContent(inner, inner.readInt(), rules, loadBroadcasts);
  if (header.commandReader === null) closeEnvelope(inner);
  return header;
}

/**
 * Checks that nothing is left of a header that came in an envelope.
 *
 * @param inner the reader over the envelope's content
 * @throws ProtocolError `HEADER_LENGTH_WRONG` when bytes are left
 */
export function closeEnvelope(inner: ByteReader): void {
  if (inner.fill(1)) {
    throw new ProtocolError(
      "HEADER_LENGTH_WRONG",
      "Cannot read the task header: bytes are left in it after the command; the JVM may be newer than the Spark version that the worker is set to",
    );
  }
}

function checkFirst(first: number, dialect: Dialect): void {
  const enveloped = first === MARKER.START_OF_INIT_MESSAGE;
  if (rulesOf(dialect).enveloped ? enveloped : first >= 0) return;
  throw new ProtocolError(
    "DIALECT_MISMATCH",
    `Cannot read the task header: it begins with ${first}, which Spark ${dialect} does not send there; the driver and the executors must run the same Spark version`,
    { first, dialect },
  );
}

/** A reader of exactly the envelope's content, which neither blocks on nor takes bytes beyond it. */
function openEnvelope(reader: ByteReader): ByteReader {
  const length = reader.readInt();
  checkLength(length, MAX_COMMAND_BYTES, "the task header");
  let left = length;
  return new ByteReader({
    read(into): number {
      if (left === 0 || !reader.fill(1)) return 0;
      const bytes = reader.window.subarray(0, Math.min(left, into.length));
      into.set(bytes);
      reader.skip(bytes.length);
      left -= bytes.length;
      return bytes.length;
    },
  }, ENVELOPE_BUFFER_BYTES);
}

const ENVELOPE_BUFFER_BYTES = 1 << 16; // headers are a few thousand bytes

function readContent(
  reader: ByteReader,
  partitionIndex: number,
  rules: DialectRules,
  loadBroadcasts: (delta: BroadcastDelta) => void,
): TaskHeader {
  const driverVersion = readLimitedText(reader, "the driver's version");
  const context = rules.readTaskContext(reader);
  const filesDirectory = readLimitedText(reader, "the files directory");
  const includes = readTexts(reader, "the included files");
  const broadcasts = readBroadcastDelta(reader, rules.unixSockets);
  loadBroadcasts(broadcasts);
  const evalType = reader.readInt();
  const confs = rules.readConfs(reader, evalType);
  const isFunction = evalType === EVAL_TYPE.NON_UDF;
  return {
    partitionIndex,
    driverVersion,
    context,
    filesDirectory,
    includes,
    broadcasts,
    evalType,
    confs,
    command: isFunction
      ? readLimitedBytes(reader, MAX_COMMAND_BYTES, "the command")
      : null,
    commandReader: isFunction ? null : reader,
  };
}
