/**
 * The JVM's half of the worker protocol, written by hand from what Spark does
 * and not from `src/protocol`, so that each checks the other.
 *
 * @module
 */

import { ByteWriter } from "../../src/common/byte_writer.ts";
import type { Dialect } from "../../src/protocol/dialect.ts";

/** Where the JVM says it listens. */
export type JvmEndpoint =
  | { readonly port: number; readonly secret: string }
  | { readonly path: string };

/** What the JVM knows of a task that it sends to a worker. */
export interface JvmTask {
  /** The partition that the function is told. */
  readonly partitionIndex: number;
  /** The function's `pythonVer`. */
  readonly driverVersion: string;
  /** Where barrier calls go; null without barrier. */
  readonly barrier: JvmEndpoint | null;
  /** The stage's id. */
  readonly stageId: number;
  /** The partition. */
  readonly partitionId: number;
  /** Which attempt this is. */
  readonly attemptNumber: number;
  /** Id of the attempt. */
  readonly taskAttemptId: bigint;
  /** CPUs of the task. */
  readonly cpus: number;
  /** CPUs of the task as Spark 4.3 says them. */
  readonly cpuAmount: string;
  /** Devices, by resource name. */
  readonly resources: Readonly<
    Record<string, { readonly name: string; readonly addresses: string[] }>
  >;
  /** Local properties. */
  readonly localProperties: Readonly<Record<string, string>>;
  /** Folder of added files. */
  readonly filesDirectory: string;
  /** Names of added archives. */
  readonly includes: readonly string[];
  /** Ids of broadcasts to forget. */
  readonly removedBroadcasts: readonly bigint[];
  /** New broadcasts; the paths are not sent when there is a socket. */
  readonly addedBroadcasts: readonly {
    readonly id: bigint;
    readonly path: string;
  }[];
  /** Where the new broadcasts' values are sent; null for files. */
  readonly broadcastSocket: JvmEndpoint | null;
  /** Kind of evaluation. */
  readonly evalType: number;
  /** Session settings: two maps from 4.2, one before and only for Arrow kinds. */
  readonly runnerConf: Readonly<Record<string, string>>;
  /** Settings of the evaluation, sent from 4.2. */
  readonly evalConf: Readonly<Record<string, string>>;
  /** The command: of kind 0 without its length, of other kinds as it stands on the wire. */
  readonly command: Uint8Array;
}

/** A task like the ones of a small job, to be changed where a test looks. */
export const PLAIN_TASK: JvmTask = Object.freeze({
  partitionIndex: 3,
  driverVersion: "tspark 0.1.0",
  barrier: null,
  stageId: 7,
  partitionId: 3,
  attemptNumber: 1,
  taskAttemptId: 41n,
  cpus: 1,
  cpuAmount: "1",
  resources: {},
  localProperties: { "spark.jobGroup.id": "a group" },
  filesDirectory: "/files",
  includes: [],
  removedBroadcasts: [],
  addedBroadcasts: [],
  broadcastSocket: null,
  evalType: 0,
  runnerConf: {},
  evalConf: {},
  command: new Uint8Array([1, 2, 3]),
});

/** What a worker said at the end of a task, as `ReaderIterator` understands it. */
export type WorkerAnswer =
  | {
    readonly kind: "done";
    /** Frames before the tail. */
    readonly frames: readonly Uint8Array[];
    /** Boot, init, finish, from 4.2 processing; in ms. */
    readonly times: readonly bigint[];
    /** Memory, then disk bytes. */
    readonly spilled: readonly [bigint, bigint];
    /** Accumulator updates, opaque. */
    readonly updates: readonly Uint8Array[];
    /** Whether the JVM keeps the worker. */
    readonly reused: boolean;
  }
  | { readonly kind: "failed"; readonly text: string };

/**
 * The header as the JVM writes it.
 *
 * @param dialect which Spark to play
 * @param changes what differs from {@link PLAIN_TASK}
 */
export function jvmHeader(
  dialect: Dialect,
  changes: Partial<JvmTask> = {},
): Uint8Array {
  const task = { ...PLAIN_TASK, ...changes };
  const content = new ByteWriter();
  content.writeInt(task.partitionIndex).writeString(task.driverVersion);
  writeContext(content, dialect, task);
  content.writeString(task.filesDirectory).writeInt(task.includes.length);
  for (const include of task.includes) content.writeString(include);
  writeBroadcasts(content, task);
  content.writeInt(task.evalType);
  writeConfs(content, dialect, task);
  if (task.evalType === 0) content.writeInt(task.command.length);
  content.writeBytes(task.command);
  if (dialect !== "4.3") return content.finish();
  return new ByteWriter().writeInt(-8).writeSizedBytes(content.view()).finish();
}

/**
 * Frames as the JVM writes a partition of kind 0, with the end of the input
 * and of the stream.
 *
 * @param frames the elements; null for a null element
 */
export function jvmInput(frames: readonly (Uint8Array | null)[]): Uint8Array {
  const writer = new ByteWriter();
  for (const frame of frames) {
    if (frame === null) writer.writeInt(-5);
    else writer.writeSizedBytes(frame);
  }
  return writer.writeInt(-1).writeInt(-4).finish();
}

/**
 * Reads a worker's answer to a task of kind 0 as the JVM would.
 *
 * @param bytes all that the worker wrote
 * @param dialect which Spark to play
 * @throws RangeError where the JVM would fail: a MatchError, a torn value, bytes left over
 */
export function readWorkerAnswer(
  bytes: Uint8Array,
  dialect: Dialect,
): WorkerAnswer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: Uint8Array[] = [];
  let times: readonly bigint[] = [];
  let spilled: readonly [bigint, bigint] = [0n, 0n];
  let at = 0;
  const int = (): number => view.getInt32((at += 4) - 4);
  const long = (): bigint => view.getBigInt64((at += 8) - 8);
  const sized = (size: number): Uint8Array => {
    if (size < 0 || at + size > bytes.length) throw new RangeError("torn");
    return bytes.slice(at, at += size);
  };
  for (;;) {
    const length = int();
    if (length >= 0) frames.push(sized(length));
    else if (length === -3) {
      const longs = dialect === "4.2" || dialect === "4.3" ? 4 : 3;
      times = Array.from({ length: longs }, long);
      spilled = [long(), long()];
    } else if (length === -2) {
      return { kind: "failed", text: new TextDecoder().decode(sized(int())) };
    } else if (length === -1) break;
    else throw new RangeError(`MatchError: ${length}`);
  }
  const updates = Array.from({ length: int() }, () => sized(int()));
  const reused = int() === -4;
  if (at !== bytes.length) throw new RangeError(`${bytes.length - at} left`);
  return { kind: "done", frames, times, spilled, updates, reused };
}

function writeContext(
  writer: ByteWriter,
  dialect: Dialect,
  task: JvmTask,
): void {
  if (dialect === "4.2" || dialect === "4.3") {
    writer.writeString(contextJson(dialect, task));
    return;
  }
  writer.writeBool(task.barrier !== null);
  if (task.barrier !== null) writeEndpoint(writer, task.barrier);
  else if (dialect !== "4.1") writer.writeInt(0).writeString("");
  writer.writeInt(task.stageId)
    .writeInt(task.partitionId)
    .writeInt(task.attemptNumber)
    .writeLong(task.taskAttemptId)
    .writeInt(task.cpus);
  const resources = Object.entries(task.resources);
  writer.writeInt(resources.length);
  for (const [key, { name, addresses }] of resources) {
    writer.writeString(key).writeString(name).writeInt(addresses.length);
    for (const address of addresses) writer.writeString(address);
  }
  writeMap(writer, task.localProperties);
}

function contextJson(dialect: Dialect, task: JvmTask): string {
  const { barrier } = task;
  const onPath = barrier !== null && "path" in barrier;
  return JSON.stringify({
    isBarrier: barrier !== null,
    connInfo: barrier === null ? -1 : onPath ? barrier.path : barrier.port,
    secret: barrier === null || onPath ? null : barrier.secret,
    stageId: task.stageId,
    partitionId: task.partitionId,
    attemptNumber: task.attemptNumber,
    taskAttemptId: Number(task.taskAttemptId),
    cpus: task.cpus,
    ...(dialect === "4.3" ? { cpuAmount: task.cpuAmount } : {}),
    resources: task.resources,
    localProperties: task.localProperties,
  });
}

function writeEndpoint(writer: ByteWriter, endpoint: JvmEndpoint): void {
  if ("path" in endpoint) writer.writeInt(-1).writeString(endpoint.path);
  else writer.writeInt(endpoint.port).writeString(endpoint.secret);
}

function writeBroadcasts(writer: ByteWriter, task: JvmTask): void {
  const { removedBroadcasts, addedBroadcasts, broadcastSocket } = task;
  writer.writeBool(broadcastSocket !== null)
    .writeInt(removedBroadcasts.length + addedBroadcasts.length);
  if (broadcastSocket !== null) writeEndpoint(writer, broadcastSocket);
  for (const id of removedBroadcasts) writer.writeLong(-id - 1n);
  for (const { id, path } of addedBroadcasts) {
    writer.writeLong(id);
    if (broadcastSocket === null) writer.writeString(path);
  }
}

function writeConfs(writer: ByteWriter, dialect: Dialect, task: JvmTask): void {
  if (dialect === "4.2" || dialect === "4.3") {
    writeMap(writer, task.runnerConf);
    writeMap(writer, task.evalConf);
  } else if (![0, 100, 300].includes(task.evalType)) {
    writeMap(writer, task.runnerConf);
  }
}

function writeMap(
  writer: ByteWriter,
  map: Readonly<Record<string, string>>,
): void {
  const entries = Object.entries(map);
  writer.writeInt(entries.length);
  for (const [key, value] of entries) {
    writer.writeString(key).writeString(value);
  }
}
