import { denoFiles, type WorkerFiles } from "../../src/bridge/worker_files.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import type { BroadcastDelta } from "../../src/protocol/broadcast_delta.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import { BROADCAST_FORMS } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/command_codec.ts";
import {
  MAX_BROADCAST_BYTES,
  readArriving,
} from "../../src/protocol/limits.ts";
import type { LocalEndpoint } from "../../src/protocol/local_endpoint.ts";
import type { CborCodec } from "../../src/serde/cbor/cbor.ts";
import type { LocalConnection } from "./local_connection.ts";

/** Makes a connection to the JVM of this machine. */
export type Connect = (endpoint: LocalEndpoint) => LocalConnection;

/** Makes live values of a closure record. */
export type Revive = (record: ClosureRecord) => unknown[];

/** What is known of one broadcast: where it is, then what it holds, then its value. */
interface Entry {
  readonly path: string | null;
  bytes: Uint8Array | null;
  content: { readonly value: unknown } | null;
}

const LENGTH_BYTES = 8;
const RECEIVED = new Uint8Array([1]);

/** The broadcasts that this worker was told of; it is told of each once. */
export class BroadcastStore {
  readonly #entries = new Map<number, Entry>();
  readonly #connect: Connect;
  readonly #cbor: CborCodec;
  readonly #files: Pick<WorkerFiles, "readFile">;

  /**
   * Makes an empty store.
   *
   * @param connect makes a connection to the JVM of this machine
   * @param cbor reads values
   * @param files reads what lies in files
   */
  constructor(
    connect: Connect,
    cbor: CborCodec,
    files: Pick<WorkerFiles, "readFile"> = denoFiles,
  ) {
    this.#connect = connect;
    this.#cbor = cbor;
    this.#files = files;
  }

  /**
   * Takes up what a task's header says.
   *
   * Peer: `PythonWorkerUtils.writeBroadcasts`, `EncryptedPythonBroadcastServer`.
   * Layout of the socket: for each value int64 id, int64 length, content; we
   * answer one byte after the last.
   */
  apply({ removed, added, socket }: BroadcastDelta): void {
    for (const id of removed) this.#entries.delete(Number(id));
    if (socket === null) {
      for (const { id, path } of added) {
        this.#entries.set(Number(id), { path, bytes: null, content: null });
      }
      return;
    }
    const { reader, io } = this.#connect(socket);
    try {
      for (const { id } of added) {
        const sent = reader.readLong();
        if (sent !== id) throw outOfStep(id, sent);
        const length = checkLength(reader.readLong());
        const bytes = readArriving(reader, length);
        this.#entries.set(Number(id), { path: null, bytes, content: null });
      }
      io.write(RECEIVED);
    } finally {
      io.close();
    }
  }

  /**
   * The bytes of a broadcast, without their length.
   *
   * @param id the JVM's number for it
   * @throws ProtocolError `SHARED_VALUE_UNKNOWN`
   */
  bytes(id: number): Uint8Array {
    const entry = this.#find(id);
    return entry.bytes ??
      readContent(this.#files.readFile(entry.path ?? ""));
  }

  /**
   * The value of a broadcast: one for all tasks of this worker.
   *
   * @param id the JVM's number for it
   * @param revive makes the value where it holds functions
   */
  value(id: number, revive: Revive): unknown {
    const entry = this.#find(id);
    if (entry.content === null) {
      const bytes = this.bytes(id);
      const content = bytes.subarray(1);
      const value = bytes[0] === BROADCAST_FORMS.closure
        ? revive(decodeCommand(content) as ClosureRecord)[0]
        : this.#cbor.decode(content);
      entry.content = { value };
      entry.bytes = null;
    }
    return entry.content.value;
  }

  #find(id: number): Entry {
    const entry = this.#entries.get(id);
    if (entry !== undefined) return entry;
    throw new ProtocolError(
      "SHARED_VALUE_UNKNOWN",
      `Cannot find broadcast ${id}: this worker was not told of it`,
      { kind: "broadcast", id },
    );
  }
}

function readContent(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < LENGTH_BYTES
    ? -1
    : checkLength(view.getBigInt64(0));
  if (length !== bytes.length - LENGTH_BYTES) {
    throw new ProtocolError(
      "BROADCAST_MALFORMED",
      `Cannot read a broadcast: its file has ${bytes.length} bytes and says ${length}; check that driver and workers run the same TSpark`,
      { bytes: bytes.length, length },
    );
  }
  return bytes.subarray(LENGTH_BYTES);
}

function checkLength(length: bigint): number {
  if (length >= 0n && length <= MAX_BROADCAST_BYTES) return Number(length);
  throw new ProtocolError(
    "LENGTH_INVALID",
    `Cannot read a broadcast: its length is ${length}, which is not between 0 and ${MAX_BROADCAST_BYTES}; the stream is out of step or does not come from Spark`,
    { length },
  );
}

function outOfStep(wanted: bigint, got: bigint): ProtocolError {
  return new ProtocolError(
    "BROADCAST_MALFORMED",
    `Cannot read broadcast ${wanted}: the JVM sent ${got} in its place; the stream is out of step`,
    { wanted, got },
  );
}
