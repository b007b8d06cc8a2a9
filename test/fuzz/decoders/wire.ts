/**
 * What a worker reads of the JVM before and around the records.
 *
 * @module
 */
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { readBarrierAnswer } from "../../../src/protocol/barrier_call.ts";
import { type Dialect, DIALECTS } from "../../../src/protocol/dialect.ts";
import {
  readSecret,
  readSecretAnswer,
} from "../../../src/protocol/handshake.ts";
import { readTableCommand } from "../../../src/protocol/table_command.ts";
import { readTaskHeader } from "../../../src/protocol/task_header.ts";
import { readUdfCommand } from "../../../src/protocol/udf_command.ts";
import { EVAL_TYPE } from "../../../src/protocol/marker.ts";
import { createCborCodec } from "../../../src/serde/cbor/cbor.ts";
import {
  BroadcastStore,
  type Connect,
} from "../../../worker/task/broadcast_store.ts";
import { jvmHeader, type JvmTask, PLAIN_TASK } from "../../mirror/jvm_side.ts";
import { chunkedReader } from "../chunked_reader.ts";
import { type FuzzDecoder, recorded } from "../decoder.ts";

const SPARKS: Readonly<Record<Dialect, string>> = {
  "3.5": "3.5.9",
  "4.0": "4.0.5",
  "4.1": "4.1.4",
  "4.2": "4.2.1",
  "4.3": "4.3.0",
};
const RECORDINGS = [
  "plain",
  "broadcast_replaced",
  "barrier",
  "map_in_arrow",
  "arrow_row_function",
];

/** Task headers of all dialects, with the commands of UDFs and of table functions. */
export const TASK_HEADER: FuzzDecoder = {
  name: "task-header",
  covers: [
    "src/protocol/task_header.ts",
    "src/protocol/dialects/",
    "src/protocol/task_context.ts",
    "src/protocol/task_context_json.ts",
    "src/protocol/broadcast_delta.ts",
    "src/protocol/udf_command.ts",
    "src/protocol/table_command.ts",
  ],
  seeds: () =>
    DIALECTS.flatMap((dialect, at) =>
      [
        ...RECORDINGS.map((name) => recorded(`${SPARKS[dialect]}/${name}.bin`)),
        ...TASKS.map((task) => jvmHeader(dialect, { ...PLAIN_TASK, ...task })),
      ].map((bytes) => withFirst(at, bytes))
    ),
  prepare: () => (bytes, choose) => {
    const dialect = DIALECTS[(bytes[0] ?? 0) % DIALECTS.length] ?? "4.3";
    const reader = chunkedReader(bytes.subarray(1), choose);
    const header = readTaskHeader(reader, dialect, () => {});
    if (header === null || header.commandReader === null) return;
    const { commandReader, evalType } = header;
    if (evalType >= EVAL_TYPE.SQL_TABLE_UDF) {
      readTableCommand(commandReader, dialect, evalType);
    } else readUdfCommand(commandReader, dialect, evalType);
  },
};

const TASKS: readonly Partial<JvmTask>[] = [
  { command: new Uint8Array([1, 2, 3]) },
  {
    barrier: { port: 40123, secret: "0".repeat(64) },
    resources: { gpu: { name: "gpu", addresses: ["0", "1"] } },
    includes: ["a.zip"],
  },
  {
    addedBroadcasts: [{ id: 1n, path: "/b" }],
    removedBroadcasts: [7n],
  },
];

function withFirst(first: number, bytes: Uint8Array): Uint8Array {
  const made = new Uint8Array(1 + bytes.length);
  made[0] = first;
  made.set(bytes, 1);
  return made;
}

/** What is read before the other side has shown that it is Spark, and what a barrier answers. */
export const HANDSHAKE: FuzzDecoder = {
  name: "handshake",
  covers: ["src/protocol/handshake.ts", "src/protocol/barrier_call.ts"],
  seeds: () =>
    ["ok", "err", "s3cret", ""].map((text) =>
      new ByteWriter().writeString(text).finish()
    ).concat(
      new ByteWriter().writeInt(2).writeString("a").writeString("b").finish(),
    ),
  prepare: () => (bytes, choose) => {
    switch (choose(3)) {
      case 0:
        if (readSecret(chunkedReader(bytes, choose), "s3cret")) {
          const right = new ByteWriter().writeString("s3cret").finish();
          if (!right.every((byte, at) => byte === bytes[at])) {
            throw new Error(`let in by ${bytes.toHex()}`);
          }
        }
        return;
      case 1:
        return readSecretAnswer(chunkedReader(bytes, choose));
      default:
        readBarrierAnswer(bytes.slice());
    }
  },
};

/** The values of broadcasts that come over a socket, and their content. */
export const BROADCASTS: FuzzDecoder = {
  name: "broadcasts",
  covers: [
    "worker/task/broadcast_store.ts",
    "src/protocol/broadcast_content.ts",
  ],
  seeds() {
    const cbor = createCborCodec();
    const sent = (content: Uint8Array): Uint8Array =>
      new ByteWriter().writeLong(1n)
        .writeLong(BigInt(content.length)).writeBytes(content).finish();
    return [
      sent(cbor.encode({ a: [1, "two", null] }, 0)),
      // Three bytes apart, as 0xd9 0x545e (the tag) and 3 name them.
      sent(
        Uint8Array.of(
          ...[2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3],
          ...[0xd9, 0x54, 0x5e, 3, 1, 2, 3],
        ),
      ),
      ...Object.values(SPARKS).map((spark) =>
        recorded(`${spark}/encrypted_broadcast_added.values.bin`)
      ),
    ];
  },
  prepare() {
    const cbor = createCborCodec();
    return (bytes, choose) => {
      const io = { write(): void {}, close(): void {} };
      const reader = chunkedReader(bytes, choose);
      const connect = (() => ({ reader, io })) as unknown as Connect;
      const store = new BroadcastStore(connect, cbor);
      const socket = { kind: "tcp", port: 1, secret: "" } as const;
      const id = BigInt(bytes[7] ?? 0);
      store.apply({ removed: [], added: [{ id, path: null }], socket });
      store.value(Number(id), () => [null]);
    };
  },
};
