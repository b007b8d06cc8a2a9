import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteReader } from "../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../src/common/byte_writer.ts";
import { ProtocolError } from "../../../src/common/errors.ts";
import type { BroadcastDelta } from "../../../src/protocol/broadcast_delta.ts";
import { type Dialect, DIALECTS } from "../../../src/protocol/dialect.ts";
import {
  readTaskHeader,
  type TaskHeader,
} from "../../../src/protocol/task_header.ts";
import {
  jvmHeader,
  jvmInput,
  type JvmTask,
  PLAIN_TASK,
} from "../../mirror/jvm_side.ts";

const CHUNKINGS = [1, 7, Infinity];
const UNIX_DIALECTS: readonly Dialect[] = ["4.1", "4.2", "4.3"];
const SECRET = "0123456789abcdef".repeat(4);

for (const dialect of DIALECTS) {
  pure(`readTaskHeader reads a plain task of Spark ${dialect}`, () => {
    eachChunking(dialect, {}, (header) => {
      assert.equal(header.partitionIndex, 3);
      assert.equal(header.driverVersion, "tspark 0.1.0");
      assert.deepEqual(header.context, {
        isBarrier: false,
        barrier: null,
        stageId: 7,
        partitionId: 3,
        attemptNumber: 1,
        taskAttemptId: 41n,
        cpus: 1,
        cpuAmount: "1",
        resources: new Map(),
        localProperties: new Map([["spark.jobGroup.id", "a group"]]),
      });
      assert.equal(header.filesDirectory, "/files");
      assert.deepEqual(header.includes, []);
      assert.deepEqual(header.broadcasts, {
        removed: [],
        added: [],
        socket: null,
      });
      assert.equal(header.evalType, 0);
      assert.equal(header.confs.runner.size, 0);
      assert.equal(header.confs.evaluation.size, 0);
      assert.deepEqual(header.command, new Uint8Array([1, 2, 3]));
      assert.equal(header.commandReader, null);
    });
  });

  pure(`readTaskHeader reads every field of Spark ${dialect}`, () => {
    const resources = {
      gpu: { name: "gpu", addresses: ["0", "1"] },
      fpga: { name: "fpga", addresses: [] },
    };
    const changes: Partial<JvmTask> = {
      barrier: { port: 40123, secret: SECRET },
      taskAttemptId: 2n ** 40n,
      cpus: 2,
      cpuAmount: "1.5",
      resources,
      localProperties: { "": "", "ключ": "значение 😀\n" },
      includes: ["a.zip", "b/ü.tgz"],
      command: new Uint8Array(0),
    };
    eachChunking(dialect, changes, (header) => {
      assert.deepEqual(header.context, {
        isBarrier: true,
        barrier: { kind: "tcp", port: 40123, secret: SECRET },
        stageId: 7,
        partitionId: 3,
        attemptNumber: 1,
        taskAttemptId: 2n ** 40n,
        cpus: 2,
        cpuAmount: dialect === "4.3" ? "1.5" : "2",
        resources: new Map(Object.entries(resources)),
        localProperties: new Map([["", ""], ["ключ", "значение 😀\n"]]),
      });
      assert.deepEqual(header.includes, ["a.zip", "b/ü.tgz"]);
      assert.equal(header.command?.length, 0);
    });
  });

  pure(`readTaskHeader reads broadcasts of Spark ${dialect}`, () => {
    const changes: Partial<JvmTask> = {
      removedBroadcasts: [0n, 5n],
      addedBroadcasts: [{ id: 6n, path: "/b/6" }, { id: 0n, path: "/b/0" }],
    };
    eachChunking(dialect, changes, (header) => {
      assert.deepEqual(header.broadcasts, {
        removed: [0n, 5n],
        added: [{ id: 6n, path: "/b/6" }, { id: 0n, path: "/b/0" }],
        socket: null,
      });
    });
    const bySocket = {
      ...changes,
      broadcastSocket: { port: 4711, secret: SECRET },
    };
    eachChunking(dialect, bySocket, (header) => {
      assert.deepEqual(header.broadcasts, {
        removed: [0n, 5n],
        added: [{ id: 6n, path: null }, { id: 0n, path: null }],
        socket: { kind: "tcp", port: 4711, secret: SECRET },
      });
    });
  });

  pure(
    `readTaskHeader leaves a UDF's command to its reader in Spark ${dialect}`,
    () => {
      const changes: Partial<JvmTask> = {
        evalType: 207,
        runnerConf: { zone: "UTC" },
        evalConf: { input_type: "{}" },
        command: new Uint8Array([0, 0, 0, 9]),
      };
      eachChunking(dialect, changes, (header) => {
        assert.equal(header.command, null);
        assert.deepEqual(header.confs.runner, new Map([["zone", "UTC"]]));
        const later = dialect === "4.2" || dialect === "4.3";
        assert.equal(
          header.confs.evaluation.get("input_type"),
          later ? "{}" : undefined,
        );
        assert.equal(header.commandReader?.readInt(), 9);
      });
    },
  );

  pure(
    `readTaskHeader hands over Spark ${dialect}'s broadcasts before it needs what follows`,
    () => {
      const header = jvmHeader(dialect, {
        broadcastSocket: { port: 4711, secret: SECRET },
        addedBroadcasts: [{ id: 1n, path: "" }],
      });
      // Kind (4 bytes), confs (8 from 4.2), command length (4) and command (3) stay behind.
      const later = dialect === "4.2" || dialect === "4.3";
      const sent = header.subarray(0, header.length - (later ? 19 : 11));
      let seen: BroadcastDelta | null = null;
      assert.throws(
        () =>
          readTaskHeader(ByteReader.of(sent), dialect, (delta) => seen = delta),
        truncated,
      );
      assert.deepEqual(seen, {
        removed: [],
        added: [{ id: 1n, path: null }],
        socket: { kind: "tcp", port: 4711, secret: SECRET },
      });
    },
  );

  pure(
    `readTaskHeader says null when Spark ${dialect} closes or ends the connection`,
    () => {
      const closed = ByteReader.of(new Uint8Array(0), 1);
      assert.equal(readTaskHeader(closed, dialect, unexpected), null);
      const ended = ByteReader.of(new ByteWriter().writeInt(-4).finish());
      assert.equal(readTaskHeader(ended, dialect, unexpected), null);
    },
  );

  pure(
    `readTaskHeader fails on every cut of a header of Spark ${dialect}`,
    () => {
      const header = jvmHeader(dialect, {
        addedBroadcasts: [{ id: 1n, path: "/b" }],
        resources: { gpu: { name: "gpu", addresses: ["0"] } },
      });
      for (let size = 1; size < header.length; size++) {
        const reader = ByteReader.of(header.subarray(0, size));
        assert.throws(
          () => readTaskHeader(reader, dialect, () => {}),
          truncated,
          `cut at ${size}`,
        );
      }
    },
  );

  pure(
    `readTaskHeader reads any texts and numbers from Spark ${dialect}`,
    () => {
      const text = fc.string({ unit: "binary", maxLength: 40 });
      const int = fc.integer({ min: 0, max: 2 ** 31 - 1 });
      const task = fc.record({
        partitionIndex: int,
        driverVersion: text,
        stageId: int,
        attemptNumber: int,
        taskAttemptId: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
        localProperties: fc.dictionary(text, text),
        includes: fc.array(text, { maxLength: 5 }),
        removedBroadcasts: fc.array(
          fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        ),
        command: fc.uint8Array({ maxLength: 300 }),
      });
      fc.assert(
        fc.property(task, fc.integer({ min: 1, max: 64 }), (changes, chunk) => {
          const header = read(dialect, changes, chunk);
          assert.equal(header.partitionIndex, changes.partitionIndex);
          assert.equal(header.driverVersion, changes.driverVersion);
          assert.equal(header.context.taskAttemptId, changes.taskAttemptId);
          assert.deepEqual(
            header.context.localProperties,
            new Map(Object.entries(changes.localProperties)),
          );
          assert.deepEqual(header.includes, changes.includes);
          assert.deepEqual(
            header.broadcasts.removed,
            changes.removedBroadcasts,
          );
          assert.deepEqual(header.command, new Uint8Array(changes.command));
        }),
        { numRuns: 50 },
      );
    },
  );
}

for (const dialect of UNIX_DIALECTS) {
  pure(`readTaskHeader reads paths of Unix sockets of Spark ${dialect}`, () => {
    const changes: Partial<JvmTask> = {
      barrier: { path: "/run/b.sock" },
      broadcastSocket: { path: "/run/v.sock" },
    };
    eachChunking(dialect, changes, (header) => {
      assert.deepEqual(header.context.barrier, {
        kind: "unix",
        path: "/run/b.sock",
      });
      assert.deepEqual(header.broadcasts.socket, {
        kind: "unix",
        path: "/run/v.sock",
      });
    });
  });
}

pure("readTaskHeader refuses a header of another dialect", () => {
  fails(
    jvmHeader("4.3"),
    "4.2",
    "DIALECT_MISMATCH",
    "Cannot read the task header: it begins with -8, which Spark 4.2 does not send there; the driver and the executors must run the same Spark version",
  );
  fails(
    jvmHeader("4.2"),
    "4.3",
    "DIALECT_MISMATCH",
    "Cannot read the task header: it begins with 3, which Spark 4.3 does not send there; the driver and the executors must run the same Spark version",
  );
});

pure(
  "readTaskHeader refuses an envelope that is longer than its content",
  () => {
    const writer = new ByteWriter().writeBytes(jvmHeader("4.3")).writeInt(0);
    const bytes = writer.finish();
    new DataView(bytes.buffer).setInt32(4, bytes.length - 8);
    fails(
      bytes,
      "4.3",
      "HEADER_LENGTH_WRONG",
      "Cannot read the task header: bytes are left in it after the command; the JVM may be newer than the Spark version that the worker is set to",
    );
  },
);

pure(
  "readTaskHeader does not read past an envelope that is shorter than its content",
  () => {
    const bytes = jvmHeader("4.3").slice();
    new DataView(bytes.buffer).setInt32(4, bytes.length - 8 - 1);
    const reader = ByteReader.of(bytes);
    assert.throws(() => readTaskHeader(reader, "4.3", () => {}), truncated);
    assert.equal(reader.window.length, 1);
  },
);

pure(
  "readTaskHeader refuses hostile lengths and counts by name and limit",
  () => {
    const huge = 2 ** 31 - 1;
    fails(
      new ByteWriter().writeInt(0).writeInt(huge).finish(),
      "3.5",
      "LENGTH_INVALID",
      "Cannot read the driver's version: the length is 2147483647 bytes, which is not between 0 and 67108864; the stream is out of step or does not come from Spark",
    );
    fails(
      new ByteWriter().writeInt(-8).writeInt(-2).finish(),
      "4.3",
      "LENGTH_INVALID",
      "Cannot read the task header: the length is -2 bytes, which is not between 0 and 536870912; the stream is out of step or does not come from Spark",
    );
    fails(
      new ByteWriter().writeInt(0).writeString("").writeBool(true)
        .writeInt(0).finish(),
      "3.5",
      "PORT_INVALID",
      "Cannot read the barrier's address: its port is 0, which is not between 1 and 65535; the stream is out of step or does not come from Spark",
    );
    const counts = new ByteWriter().writeInt(0).writeString("").writeBool(false)
      .writeInt(0).writeString("").writeInt(0).writeInt(0).writeInt(0)
      .writeLong(0n).writeInt(1).writeInt(huge).finish();
    fails(
      counts,
      "4.0",
      "COUNT_INVALID",
      "Cannot read the task's resources: their number is 2147483647, which is not between 0 and 1000000; the stream is out of step or does not come from Spark",
    );
  },
);

pure("readTaskHeader leaves the input to the next reader", () => {
  for (const dialect of DIALECTS) {
    for (const chunk of CHUNKINGS) {
      const input = jvmInput([new Uint8Array([5]), null]);
      const bytes = new ByteWriter().writeBytes(jvmHeader(dialect))
        .writeBytes(input).finish();
      const reader = ByteReader.of(bytes, Math.min(chunk, bytes.length));
      readTaskHeader(reader, dialect, () => {});
      assert.deepEqual(reader.readBytes(input.length), input);
      assert.equal(reader.fill(1), false);
    }
  }
});

function pure(name: string, fn: () => void): void {
  Deno.test({ name, permissions: "none", fn });
}

function eachChunking(
  dialect: Dialect,
  changes: Partial<JvmTask>,
  check: (header: TaskHeader) => void,
): void {
  for (const chunk of CHUNKINGS) check(read(dialect, changes, chunk));
}

function read(
  dialect: Dialect,
  changes: Partial<JvmTask>,
  chunk: number,
): TaskHeader {
  const bytes = jvmHeader(dialect, changes);
  let calls = 0;
  const header = readTaskHeader(
    ByteReader.of(bytes, Math.min(chunk, bytes.length)),
    dialect,
    () => calls++,
  );
  assert.ok(header !== null);
  assert.equal(calls, 1);
  assert.equal(header.context.partitionId, PLAIN_TASK.partitionId);
  return header;
}

function fails(
  bytes: Uint8Array,
  dialect: Dialect,
  condition: string,
  message: string,
): void {
  for (const chunk of CHUNKINGS) {
    const reader = ByteReader.of(bytes, Math.min(chunk, bytes.length));
    assert.throws(
      () => readTaskHeader(reader, dialect, () => {}),
      (error: unknown) => {
        assert.ok(error instanceof ProtocolError);
        assert.equal(error.condition, condition);
        assert.equal(error.message, message);
        return true;
      },
    );
  }
}

function truncated(error: unknown): boolean {
  return error instanceof ProtocolError &&
    error.condition === "BYTES_TRUNCATED";
}

function unexpected(): void {
  assert.fail("no broadcasts were sent");
}
