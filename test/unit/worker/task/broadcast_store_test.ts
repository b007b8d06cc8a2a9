import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { ProtocolError } from "../../../../src/common/errors.ts";
import { broadcastParts } from "../../../../src/protocol/broadcast_content.ts";
import { BROADCAST_FORMS } from "../../../../src/protocol/command.ts";
import { MAX_BROADCAST_BYTES } from "../../../../src/protocol/limits.ts";
import { encodeCommand } from "../../../../src/protocol/command_codec.ts";
import { createCborCodec } from "../../../../src/serde/cbor/cbor.ts";
import {
  BroadcastStore,
  type Connect,
} from "../../../../worker/task/broadcast_store.ts";

const SOCKET = { kind: "tcp", port: 1, secret: "s" } as const;
const cbor = createCborCodec();

const refused: Connect = () => {
  throw new Error("no connection is needed");
};

/** What a broadcast holds, with its length. */
function content(
  value: unknown,
  form: number = BROADCAST_FORMS.cbor,
): Uint8Array {
  const bytes = form === BROADCAST_FORMS.cbor
    ? cbor.encode(value, form)
    : Uint8Array.of(form, ...encodeCommand(value));
  return new ByteWriter().writeLong(BigInt(bytes.length)).writeBytes(bytes)
    .finish();
}

/** A connection over which these bytes come, some at a time. */
function connection(bytes: Uint8Array, size: number): {
  connect: Connect;
  sent: number[];
  closed: () => boolean;
} {
  const sent: number[] = [];
  let at = 0;
  let isClosed = false;
  const io = {
    read(into: Uint8Array): number {
      const chunk = bytes.subarray(at, at + Math.min(size, into.length));
      into.set(chunk);
      at += chunk.length;
      return chunk.length;
    },
    write: (bytes: Uint8Array): void => void sent.push(...bytes),
    close: (): void => void (isClosed = true),
  };
  const connect = (() => ({ reader: new ByteReader(io), io })) as unknown;
  return { connect: connect as Connect, sent, closed: () => isClosed };
}

for (const size of [1, 7, 1000]) {
  Deno.test({
    name:
      `BroadcastStore reads values from a socket in chunks of ${size} bytes`,
    permissions: "none",
    fn() {
      const bytes = new ByteWriter().writeLong(3n).writeBytes(content("three"))
        .writeLong(5n).writeBytes(content([5])).finish();
      const { connect, sent, closed } = connection(bytes, size);
      const store = new BroadcastStore(connect, cbor);
      store.apply({
        removed: [],
        added: [{ id: 3n, path: null }, { id: 5n, path: null }],
        socket: SOCKET,
      });
      assert.deepEqual(sent, [1]);
      assert.ok(closed());
      assert.equal(store.value(3, () => []), "three");
      assert.deepEqual(store.value(5, () => []), [5]);
    },
  });
}

Deno.test("BroadcastStore reads a file once, revives closures, and forgets", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, content({ roots: 1 }, BROADCAST_FORMS.closure));
  const store = new BroadcastStore(refused, cbor);
  store.apply({ removed: [], added: [{ id: 2n, path }], socket: null });
  let revived = 0;
  const revive = (record: unknown): unknown[] => [[record, ++revived]];
  const first = store.value(2, revive);
  assert.deepEqual(first, [{ roots: 1 }, 1]);
  await Deno.remove(path);
  assert.equal(store.value(2, revive), first);
  store.apply({ removed: [2n], added: [], socket: null });
  assert.throws(
    () => store.value(2, revive),
    new ProtocolError(
      "SHARED_VALUE_UNKNOWN",
      "Cannot find broadcast 2: this worker was not told of it",
      { kind: "broadcast", id: 2 },
    ),
  );
});

Deno.test("BroadcastStore reads large arrays apart, from a file and from a socket, each with a buffer of its own", async () => {
  const value = {
    name: "weights",
    layers: [new Float32Array(300_000).fill(0.5), new Uint8Array(1 << 20)],
    small: Uint8Array.of(1, 2),
  };
  const apart: Uint8Array[] = [];
  const parts = broadcastParts(cbor.encode(value, undefined, apart), apart);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const written = new ByteWriter().writeLong(BigInt(length));
  for (const part of parts) written.writeBytes(part);
  const content = written.finish();
  const check = (got: unknown): void => {
    assert.deepEqual(got, value);
    const { layers: [weights] } = got as typeof value;
    assert.equal(weights?.buffer.byteLength, 1_200_000);
  };

  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, content);
  const files = new BroadcastStore(refused, cbor);
  files.apply({ removed: [], added: [{ id: 2n, path }], socket: null });
  check(files.value(2, () => []));
  await Deno.remove(path);

  const bytes = new ByteWriter().writeLong(3n).writeBytes(content).finish();
  const { connect } = connection(bytes, 1000);
  const sockets = new BroadcastStore(connect, cbor);
  sockets.apply({
    removed: [],
    added: [{ id: 3n, path: null }],
    socket: SOCKET,
  });
  check(sockets.value(3, () => []));
});

Deno.test("BroadcastStore names a file that is gone", () => {
  const store = new BroadcastStore(refused, cbor);
  const path = "/proc/no/broadcast";
  store.apply({ removed: [], added: [{ id: 2n, path }], socket: null });
  assert.throws(() => store.value(2, () => []), {
    name: "ProtocolError",
    condition: "BROADCAST_FILE_MISSING",
    message:
      /^Cannot read a broadcast: its file "\/proc\/no\/broadcast" cannot be opened: No such file or directory.*; keep what removes old temporary files from those of programs that run$/,
  });
});

Deno.test("BroadcastStore refuses a file that is not as long as it says", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, content("x").subarray(0, -1));
  const store = new BroadcastStore(refused, cbor);
  store.apply({ removed: [], added: [{ id: 2n, path }], socket: null });
  assert.throws(
    () => store.bytes(2),
    /^ProtocolError: Cannot read a broadcast: its file has 10 bytes and says 3; check that driver and workers run the same TSpark$/,
  );
  await Deno.remove(path);
});

Deno.test({
  name:
    "BroadcastStore refuses another broadcast's value and impossible lengths",
  permissions: "none",
  fn() {
    const apply = (bytes: Uint8Array): void => {
      const { connect } = connection(bytes, 1000);
      new BroadcastStore(connect, cbor).apply({
        removed: [],
        added: [{ id: 3n, path: null }],
        socket: SOCKET,
      });
    };
    assert.throws(
      () => apply(new ByteWriter().writeLong(4n).finish()),
      /Cannot read broadcast 3: the JVM sent 4 in its place; the stream is out of step$/,
    );
    for (const length of [-1n, BigInt(MAX_BROADCAST_BYTES) + 1n]) {
      const bytes = new ByteWriter().writeLong(3n).writeLong(length).finish();
      assert.throws(
        () => apply(bytes),
        new RegExp(
          `Cannot read a broadcast: its length is ${length}, which is not between 0 and ${MAX_BROADCAST_BYTES}; the stream is out of step or does not come from Spark$`,
        ),
      );
    }
  },
});
