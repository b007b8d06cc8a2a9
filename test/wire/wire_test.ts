/**
 * Reads what real JVMs sent (see the README of each version, and
 * `scripts/record_wire.ts`) and looks at every value.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { ByteReader } from "../../src/common/byte_reader.ts";
import { type Dialect, dialectOf } from "../../src/protocol/dialect.ts";
import {
  readTaskHeader,
  type TaskHeader,
} from "../../src/protocol/task_header.ts";
import { readUdfCommand } from "../../src/protocol/udf_command.ts";

interface Recorded {
  readonly name: string;
  /** Stage and task attempt: one task per job. */
  readonly stage: number;
  readonly removed?: readonly bigint[];
  readonly added?: readonly bigint[];
  readonly socket?: "tcp" | "unix";
  readonly barrier?: "tcp" | "unix";
  /** The input's frames in hexadecimal. */
  readonly frames: readonly string[];
}

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const VERSIONS = ["3.5.9", "4.0.5", "4.1.4", "4.2.1", "4.3.0"];
const CHUNKINGS = [1, 7, Infinity];
const NO_SECRET = "0".repeat(64); // secrets were replaced
const FILES =
  /^\/tmp\/tspark-wire\/spark-[-0-9a-f]{36}\/userFiles-[-0-9a-f]{36}$/;
const BROADCAST =
  /^\/tmp\/tspark-wire\/spark-[-0-9a-f]{36}\/pyspark-[-0-9a-f]{36}\/\w+$/;
const SOCKET = /^\/tmp\/tspark-wire\/\.[-0-9a-f]{36}\.sock$/;
const PICKLED_1 = "80059506000000000000005d944b01612e"; // [1]
const PICKLED_123 = "8005950b000000000000005d94284b014b024b03652e"; // [1, 2, 3]

const PLAIN: readonly Recorded[] = [
  { name: "plain", stage: 0, frames: [PICKLED_123] },
  {
    name: "text",
    stage: 1,
    frames: ["one line", "", "ünï ✓ 😀", "last"].map(hex),
  },
  {
    name: "pairs",
    stage: 2,
    frames: ["file:/tmp/tspark-wire/pairs/a.txt", "content of a"].map(hex),
  },
];
const ON_TCP: readonly Recorded[] = [
  { name: "broadcast_added", stage: 3, added: [5n], frames: [PICKLED_1] },
  {
    name: "broadcast_replaced",
    stage: 4,
    removed: [5n],
    added: [6n],
    frames: [PICKLED_1],
  },
  {
    name: "barrier",
    stage: 5,
    removed: [6n],
    barrier: "tcp",
    frames: [PICKLED_1],
  },
  ...encrypted("encrypted", "tcp"),
];
const ON_UNIX = encrypted("unix", "unix");

for (const version of VERSIONS) {
  const dialect = dialectOf(version);
  const unix = ["4.1", "4.2", "4.3"].includes(dialect);
  for (const recorded of [...PLAIN, ...ON_TCP, ...(unix ? ON_UNIX : [])]) {
    onDisk(`readTaskHeader reads ${recorded.name} of Spark ${version}`, () => {
      eachChunking(version, recorded.name, (header, reader) => {
        checkTask(header, recorded, dialect);
        assert.deepEqual(readFrames(reader), recorded.frames);
        assert.equal(reader.readInt(), -4);
        assert.equal(reader.fill(1), false, "no byte follows");
      });
    });
  }

  onDisk(`readTaskHeader reads local properties of Spark ${version}`, () => {
    eachChunking(version, "plain", ({ context }) => {
      const properties = context.localProperties;
      assert.equal(properties.get("wire.property"), "väl:ue ✓");
      assert.equal(properties.get("spark.jobGroup.id"), "wire group");
      assert.equal(
        properties.get("spark.job.description"),
        "a job of the recorder's",
      );
      assert.match(
        properties.get("callSite.short") ?? "",
        /^foreachPartition at \/tmp\/tspark-wire\/job\.py:\d+$/,
      );
      assert.equal(properties.size, version === "4.3.0" ? 8 : 7);
    });
  });

  onDisk(`readTaskHeader reads the very command of Spark ${version}`, () => {
    const sizes = [4038, 4588, 4588, 4643, 4643];
    eachChunking(version, "plain", ({ command }) => {
      assert.equal(command?.length, sizes[VERSIONS.indexOf(version)]);
      assert.equal(command?.[0], 0x80, "a pickle begins");
      assert.equal(command?.at(-1), 0x2e, "a pickle ends");
    });
  });

  onDisk(`readUdfCommand reads kind 207 of Spark ${version}`, () => {
    eachChunking(version, "map_in_arrow", (header, reader) => {
      assert.equal(header.evalType, 207);
      assert.equal(header.context.stageId, 6);
      checkConfs(header, version);
      assert.equal(header.confs.evaluation.size, 0);
      const command = readUdf(header, dialect);
      assert.equal(command.inputType, null);
      assert.equal(command.profiler, null);
      assert.deepEqual(
        command.calls.map((call) => call.arguments),
        [[{ offset: 0, name: null }]],
      );
      checkChain(command.calls[0]?.chain);
      assert.equal(command.calls[0]?.resultId, isLater(dialect) ? 1n : null);
      checkArrowInput(reader);
    });
  });

  onDisk(`readUdfCommand reads kind 101 of Spark ${version}`, () => {
    eachChunking(version, "arrow_row_function", (header, reader) => {
      assert.equal(header.evalType, 101);
      assert.equal(header.context.stageId, 7);
      checkConfs(header, version);
      const inputType =
        '{"type":"struct","fields":[{"name":"_0","type":"long","nullable":true,"metadata":{}}]}';
      assert.equal(
        header.confs.evaluation.get("input_type"),
        isLater(dialect) ? inputType : undefined,
      );
      const command = readUdf(header, dialect);
      assert.equal(command.inputType, dialect === "4.1" ? inputType : null);
      assert.deepEqual(
        command.calls.map((call) => call.arguments),
        [[{ offset: 0, name: null }, { offset: 0, name: null }]],
      );
      checkChain(command.calls[0]?.chain);
      assert.equal(command.calls[0]?.resultId, isLater(dialect) ? 9n : null);
      checkArrowInput(reader);
    });
  });

  onDisk(
    `A broadcasts' socket of Spark ${version} sends id and bare value`,
    () => {
      const kinds = unix ? ["encrypted", "unix"] : ["encrypted"];
      const values = [["added", "first value"], ["replaced", "second value"]];
      for (const kind of kinds) {
        for (const [index, [when, value]] of values.entries()) {
          const bytes = load(version, `${kind}_broadcast_${when}.values`);
          const reader = ByteReader.of(bytes, 1);
          assert.equal(reader.readLong(), BigInt(index));
          const pickle = reader.readBytes(bytes.length - 8);
          assert.ok(new TextDecoder().decode(pickle).includes(`${value}`));
          assert.equal(pickle[0], 0x80, "a pickle begins without a length");
        }
      }
    },
  );
}

function encrypted(prefix: string, kind: "tcp" | "unix"): Recorded[] {
  const frames = [PICKLED_1];
  return [
    {
      name: `${prefix}_broadcast_added`,
      stage: 0,
      added: [0n],
      socket: kind,
      frames,
    },
    {
      name: `${prefix}_broadcast_replaced`,
      stage: 1,
      removed: [0n],
      added: [1n],
      socket: kind,
      frames,
    },
    {
      name: `${prefix}_barrier`,
      stage: 2,
      removed: [1n],
      barrier: kind,
      frames,
    },
  ];
}

function hex(text: string): string {
  return new TextEncoder().encode(text).toHex();
}

function onDisk(name: string, fn: () => void): void {
  Deno.test({ name, permissions: { read: [FOLDER] }, fn });
}

function load(version: string, name: string): Uint8Array {
  return Deno.readFileSync(`${FOLDER}${version}/${name}.bin`);
}

function eachChunking(
  version: string,
  name: string,
  check: (header: TaskHeader, reader: ByteReader) => void,
): void {
  const bytes = load(version, name);
  for (const chunk of CHUNKINGS) {
    const reader = ByteReader.of(bytes, Math.min(chunk, bytes.length));
    const seen: unknown[] = [];
    const header = readTaskHeader(
      reader,
      dialectOf(version),
      (delta) => seen.push(delta),
    );
    assert.ok(header !== null);
    assert.deepEqual(seen, [header.broadcasts]);
    check(header, reader);
  }
}

function checkTask(
  header: TaskHeader,
  recorded: Recorded,
  dialect: Dialect,
): void {
  const { context, broadcasts } = header;
  assert.equal(header.partitionIndex, 0);
  assert.equal(header.driverVersion, "3.11");
  assert.equal(header.evalType, 0);
  assert.deepEqual(header.includes, []);
  assert.match(header.filesDirectory, FILES);
  assert.equal(header.confs.runner.size + header.confs.evaluation.size, 0);
  assert.equal(header.commandReader, null);
  assert.equal(context.stageId, recorded.stage);
  assert.equal(context.partitionId, 0);
  assert.equal(context.attemptNumber, 0);
  assert.equal(context.taskAttemptId, BigInt(recorded.stage));
  assert.equal(context.cpus, 1);
  assert.equal(context.cpuAmount, "1", dialect);
  assert.equal(context.resources.size, 0);
  assert.equal(context.isBarrier, recorded.barrier !== undefined);
  checkEndpoint(context.barrier, recorded.barrier);
  checkEndpoint(broadcasts.socket, recorded.socket);
  assert.deepEqual(broadcasts.removed, recorded.removed ?? []);
  assert.deepEqual(broadcasts.added.map(({ id }) => id), recorded.added ?? []);
  for (const { path } of broadcasts.added) {
    if (recorded.socket === undefined) assert.match(path ?? "", BROADCAST);
    else assert.equal(path, null);
  }
}

function checkEndpoint(
  endpoint: TaskHeader["broadcasts"]["socket"],
  kind: "tcp" | "unix" | undefined,
): void {
  assert.equal(endpoint?.kind, kind);
  if (endpoint?.kind === "tcp") {
    assert.equal(endpoint.secret, NO_SECRET);
    assert.ok(endpoint.port > 1023);
  } else if (endpoint?.kind === "unix") assert.match(endpoint.path, SOCKET);
}

function checkConfs({ confs }: TaskHeader, version: string): void {
  const sizes = [3, 4, 8, 9, 10];
  assert.equal(confs.runner.size, sizes[VERSIONS.indexOf(version)]);
  assert.equal(confs.runner.get("spark.sql.session.timeZone"), "Etc/UTC");
}

function checkChain(chain: readonly Uint8Array[] | undefined): void {
  assert.equal(chain?.length, 1);
  assert.equal(chain?.[0]?.[0], 0x80, "a pickle begins");
  assert.equal(chain?.[0]?.at(-1), 0x2e, "a pickle ends");
}

/** An Arrow stream begins with a continuation mark, and -4 follows its end mark. */
function checkArrowInput(reader: ByteReader): void {
  const parts: number[] = [];
  while (reader.fill(4)) parts.push(reader.readInt());
  assert.equal(parts[0], -1);
  assert.deepEqual(parts.slice(-3), [-1, 0, -4]);
}

function readUdf(
  { commandReader, evalType }: TaskHeader,
  dialect: Dialect,
): ReturnType<typeof readUdfCommand> {
  assert.ok(commandReader !== null);
  return readUdfCommand(commandReader, dialect, evalType);
}

function readFrames(reader: ByteReader): string[] {
  const frames: string[] = [];
  for (let size = reader.readInt(); size !== -1; size = reader.readInt()) {
    frames.push(reader.readBytes(size).toHex());
  }
  return frames;
}

function isLater(dialect: Dialect): boolean {
  return dialect === "4.2" || dialect === "4.3";
}
