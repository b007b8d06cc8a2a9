import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import type { JvmFolder } from "../../../../src/driver/runtime/jvm_folder.ts";
import {
  type Planned,
  PlannerServer,
} from "../../../../src/driver/runtime/planner_server.ts";
import {
  parsePlannerAddress,
  writePlannerGreeting,
} from "../../../../src/protocol/planner_link.ts";
import { QUESTION_MODULES } from "../../../../src/protocol/planner_modules.ts";

/** A server, and how a relay meets it. */
async function open(planned: Planned): Promise<{
  server: PlannerServer;
  blob: Uint8Array;
  meet: (secret: string) => Promise<Socket>;
  secret: string;
}> {
  const folder = await Deno.makeTempDir();
  const server = new PlannerServer({
    gateway: {
      apart: (body) => body(),
      scope: (body) => body(),
      callbackText: (error) => `told: ${(error as Error).message}`,
    },
    folder: { newPath: (name) => `${folder}/${name}` } as JvmFolder,
    dialect: "4.0",
    socketFolder: null,
  });
  const blob = server.blob(await server.add(planned));
  const text = await Deno.readTextFile(server.addressFile);
  assert.equal((Deno.statSync(server.addressFile).mode ?? 0) & 0o777, 0o600);
  const { host, port, secret } = parsePlannerAddress(text);
  const meet = async (secret: string): Promise<Socket> => {
    const socket = connect(port, host);
    await once(socket, "connect");
    const writer = new ByteWriter();
    writePlannerGreeting(writer, secret, QUESTION_MODULES.commit);
    socket.write(writer.finish());
    return socket;
  };
  return { server, blob, meet, secret };
}

function commit(blob: Uint8Array): Uint8Array {
  return new ByteWriter().writeString("tspark/2").writeString("/files")
    .writeInt(0).writeBool(false).writeInt(0).writeSizedBytes(blob)
    .writeInt(0).writeBool(false).writeInt(-4).finish();
}

async function answerOf(socket: Socket, bytes: number): Promise<number[]> {
  const got: number[] = [];
  for await (const chunk of socket) {
    got.push(...chunk as Uint8Array);
    if (got.length >= bytes) break;
  }
  return got;
}

Deno.test("a planner's server answers questions, byte by byte", async () => {
  const { server, blob, meet, secret } = await open({
    madeOf: [],
    answer: (question, state, writer) => {
      assert.equal(question.kind, "commit");
      assert.equal(state, null);
      writer.writeInt(7);
      return Promise.resolve();
    },
  });
  using _ = server;
  const socket = await meet(secret);
  for (const byte of commit(blob)) socket.write(new Uint8Array([byte]));
  assert.deepEqual(await answerOf(socket, 12), [
    ...[0, 0, 0, 7],
    ...[0, 0, 0, 0],
    ...[255, 255, 255, 252],
  ]);
});

Deno.test("a planner's server tells what is thrown, and of what it does not know", async () => {
  const { server, blob, meet, secret } = await open({
    madeOf: [],
    answer: () => Promise.reject(new RangeError("no room")),
  });
  using _ = server;
  const text = async (bytes: Uint8Array): Promise<string> => {
    const socket = await meet(secret);
    socket.write(bytes);
    const got = await answerOf(socket, Infinity);
    assert.deepEqual(got.slice(0, 4), [255, 255, 255, 254]);
    return new TextDecoder().decode(new Uint8Array(got.slice(8)));
  };
  assert.equal(await text(commit(blob)), "told: no room");
  assert.match(
    await text(commit(server.blob(99))),
    /^told: Cannot answer what Spark asks while it plans: it is about a function or source that this program has not registered;/,
  );
});

Deno.test("a planner's server closes on strangers without a word", async () => {
  const { server, meet } = await open({
    madeOf: [],
    answer: () => Promise.resolve(),
  });
  using _ = server;
  const socket = await meet("another");
  assert.deepEqual(await answerOf(socket, Infinity), []);
});

Deno.test("a planner's server reads a question once that comes in many pieces", async () => {
  const messages = 64;
  const size = 512 * 1024;
  const { server, blob, meet, secret } = await open({
    madeOf: [],
    answer: (question, _state, writer) => {
      assert.ok(question.kind === "commit");
      const sizes = question.messages.map((message) => message?.length ?? 0);
      writer.writeInt(sizes.reduce((sum, size) => sum + size, 0));
      return Promise.resolve();
    },
  });
  using _ = server;
  const writer = new ByteWriter().writeString("tspark/2").writeString("/files")
    .writeInt(0).writeBool(false).writeInt(0).writeSizedBytes(blob)
    .writeInt(messages);
  for (let i = 0; i < messages; i++) {
    writer.writeSizedBytes(new Uint8Array(size));
  }
  const bytes = writer.writeBool(false).writeInt(-4).finish();
  const socket = await meet(secret);
  // Read anew with each piece it would be a hundred gigabytes.
  for (let at = 0; at < bytes.length; at += 4096) {
    socket.write(bytes.subarray(at, at + 4096));
  }
  const got = await answerOf(socket, 4);
  assert.deepEqual(got.slice(0, 4), [2, 0, 0, 0]); // 32 MB
});

Deno.test("a planner's server keeps one of those that are made of the same", async () => {
  const Source = class {};
  const planned = (...madeOf: readonly unknown[]): Planned => ({
    madeOf,
    answer: () => Promise.resolve(),
  });
  const { server } = await open(planned(Source, "bigint"));
  using _ = server;
  for (let i = 0; i < 3; i++) {
    assert.equal(await server.add(planned(Source, "bigint")), 0);
  }
  assert.equal(await server.add(planned(Source, "number")), 1);
  assert.equal(await server.add(planned(class {}, "bigint")), 2);
});
