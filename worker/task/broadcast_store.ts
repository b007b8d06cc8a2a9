import { errorMessage } from "../../src/common/error_message.ts";
import {
  denoFiles,
  type ReadableFile,
  type WorkerFiles,
} from "../../src/bridge/worker_files.ts";
import { ProtocolError } from "../../src/common/errors.ts";
import type { BroadcastDelta } from "../../src/protocol/broadcast_delta.ts";
import type { ClosureRecord } from "../../src/protocol/closure_record.ts";
import {
  type BroadcastContent,
  type ContentSource,
  readBroadcastContent,
} from "../../src/protocol/broadcast_content.ts";
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
  readonly #files: Pick<WorkerFiles, "openFile">;

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
    files: Pick<WorkerFiles, "openFile"> = denoFiles,
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
    return this.#read(
      this.#find(id),
      (source) => source.read(0, source.length),
    );
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
      const content = this.#read(entry, readBroadcastContent);
      entry.content = { value: this.#decode(content, revive) };
      entry.bytes = null;
    }
    return entry.content.value;
  }

  #decode(
    { form, bytes, apart }: BroadcastContent,
    revive: Revive,
  ): unknown {
    return form === BROADCAST_FORMS.closure
      ? revive(decodeCommand(bytes) as ClosureRecord)[0]
      : this.#cbor.decode(bytes, apart);
  }

  /** Reads what a broadcast holds: what came by the socket, or its file. */
  #read<T>(
    { bytes, path }: Entry,
    read: (source: ContentSource) => T,
  ): T {
    if (bytes !== null) return read(sourceOf(bytes));
    using file = this.#open(path ?? "");
    return read(contentOf(file));
  }

  #open(path: string): ReadableFile {
    try {
      return this.#files.openFile(path);
    } catch (cause) {
      throw new ProtocolError(
        "BROADCAST_FILE_MISSING",
        `Cannot read a broadcast: its file "${path}" cannot be opened: ${
          errorMessage(cause)
        }; keep what removes old temporary files from those of programs that run`,
        { path },
        { cause },
      );
    }
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

/** A content that is in memory. */
function sourceOf(bytes: Uint8Array): ContentSource {
  return {
    length: bytes.length,
    read: (at, length) => new Uint8Array(bytes.subarray(at, at + length)),
  };
}

/** The content in a broadcast's file, behind its length. */
function contentOf(file: ReadableFile): ContentSource {
  const head = file.read(0, LENGTH_BYTES);
  const length = head.length < LENGTH_BYTES
    ? -1
    : checkLength(new DataView(head.buffer).getBigInt64(0));
  if (length !== file.length - LENGTH_BYTES) {
    throw new ProtocolError(
      "BROADCAST_MALFORMED",
      `Cannot read a broadcast: its file has ${file.length} bytes and says ${length}; check that driver and workers run the same TSpark`,
      { bytes: file.length, length },
    );
  }
  return {
    length,
    read: (at, size) => file.read(LENGTH_BYTES + at, size),
  };
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
