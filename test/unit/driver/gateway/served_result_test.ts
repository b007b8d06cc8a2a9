import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { Gateway } from "../../../../src/driver/gateway/gateway.ts";
import {
  openServed,
  type ServedResult,
} from "../../../../src/driver/gateway/served_result.ts";
import { FakePy4jServer } from "../../../mirror/py4j_server.ts";

const TEXT = new TextDecoder();

/** Plays the JVM's result server: one client, whose secret was accepted. */
type Serve = (conn: Deno.Conn) => Promise<void>;

interface Stage {
  readonly path?: string;
  readonly secret?: string | null;
  /** What `getResult` of the server object answers. */
  readonly outcome?: string;
}

/** Opens what `serve` serves and hands it to `body`. */
async function withServed(
  serve: Serve,
  body: (result: ServedResult) => Promise<void>,
  { path, secret = "right", outcome = "!yv\n" }: Stage = {},
): Promise<void> {
  using listener = path === undefined
    ? Deno.listen({ hostname: "127.0.0.1", port: 0 })
    : Deno.listen({ transport: "unix", path });
  const port = path ?? (listener.addr as Deno.NetAddr).port;
  const parts = [
    typeof port === "number" ? `!yi${port}\n` : `!ys${port}\n`,
    secret === null ? "!yn\n" : `!ys${secret}\n`,
    "!yro7\n",
  ];
  await using server = new FakePy4jServer(([name, sub, , index]) => {
    if (name === "i") return "!yto1\n";
    if (name === "a") {
      return sub === "e" ? "!yi3\n" : parts[Number(index?.slice(1))] ?? "!x\n";
    }
    if (name === "c" && sub === "o7") return outcome;
    return name === "A" || name === "m" ? "!yv\n" : "!x\n";
  });
  await using gateway = await Gateway.connect({
    port: server.port,
    secret: "right",
  });
  const serving = (async () => {
    using conn = await listener.accept();
    if (secret !== null) {
      const said = await readSome(conn, 4 + "right".length);
      if (ByteReader.of(said).readString() !== "right") return;
      await writeSlowly(conn, new ByteWriter().writeString("ok").finish());
    }
    await serve(conn);
  })();
  try {
    const served = await gateway.construct("Served");
    await using result = await openServed(gateway, served);
    await body(result);
    result.close();
    await gateway.released();
    const released = server.commands.filter(({ lines }) => lines[0] === "m")
      .map(({ lines }) => lines[2]);
    assert.deepEqual(released.toSorted(), ["o1", "o7"]);
  } finally {
    await serving.catch(() => {}); // the client may have left
  }
}

async function readSome(conn: Deno.Conn, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const size = await conn.read(bytes.subarray(at));
    if (size === null) throw new Error("the client has closed");
    at += size;
  }
  return bytes;
}

async function writeSlowly(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (const byte of bytes) await conn.write(new Uint8Array([byte]));
}

async function readInt(conn: Deno.Conn): Promise<number> {
  return ByteReader.of(await readSome(conn, 4)).readInt();
}

function strings(...values: string[]): ByteWriter {
  const bytes = new ByteWriter();
  for (const value of values) bytes.writeString(value);
  return bytes;
}

Deno.test("ServedResult.frames() gives every frame and finish() asks for the outcome", async () => {
  await withServed(
    (conn) => writeSlowly(conn, strings("a", "", "bc").finish()),
    async (result) => {
      const got: string[] = [];
      for await (const frames of result.frames()) {
        got.push(...frames.map((frame) => TEXT.decode(frame)));
      }
      assert.deepEqual(got, ["a", "", "bc"]);
      await result.finish();
    },
  );
});

Deno.test("ServedResult.bytes() gives the bytes as they are", async () => {
  await withServed(
    (conn) => writeSlowly(conn, new Uint8Array([1, 2, 3])),
    async (result) => {
      const got: number[] = [];
      for await (const chunk of result.bytes()) got.push(...chunk);
      assert.deepEqual(got, [1, 2, 3]);
    },
  );
});

Deno.test("openServed() needs no secret on a Unix socket", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await withServed(
      (conn) => writeSlowly(conn, strings("a").finish()),
      async (result) => {
        assert.deepEqual(
          (await Array.fromAsync(result.frames())).flat().length,
          1,
        );
      },
      { path: `${folder}/socket`, secret: null },
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("ServedResult.frames() throws when the JVM closes inside a frame", async () => {
  await withServed(
    (conn) => writeSlowly(conn, strings("abc").finish().subarray(0, 5)),
    async (result) => {
      await assert.rejects(Array.fromAsync(result.frames()), {
        condition: "BYTES_TRUNCATED",
        message:
          "Cannot read a frame: the other side closed after 1 of 3 bytes",
      });
    },
  );
});

Deno.test("ServedResult.frames() prefers the job's own error when the JVM closes inside a frame", async () => {
  await withServed(
    (conn) => writeSlowly(conn, strings("abc").finish().subarray(0, 5)),
    async (result) => {
      await assert.rejects(Array.fromAsync(result.frames()), {
        condition: "CALL_REFUSED",
      });
    },
    { outcome: "!xsorg.apache.spark.SparkException: job failed\n" },
  );
});

Deno.test("ServedResult.frames() refuses a hostile length", async () => {
  await withServed(
    (conn) => writeSlowly(conn, new ByteWriter().writeInt(-2).finish()),
    async (result) => {
      await assert.rejects(Array.fromAsync(result.frames()), {
        condition: "LENGTH_INVALID",
      });
    },
  );
});

Deno.test("ServedResult.partitions() asks for one partition after the other", async () => {
  const asked: number[] = [];
  await withServed(
    async (conn) => {
      for (const values of [["a", "b"], [], ["c"]]) {
        asked.push(await readInt(conn));
        const bytes = new ByteWriter().writeInt(1)
          .writeBytes(strings(...values).finish()).writeInt(-1);
        await writeSlowly(conn, bytes.finish());
      }
      asked.push(await readInt(conn));
      await writeSlowly(conn, new ByteWriter().writeInt(0).finish());
    },
    async (result) => {
      const got = await Array.fromAsync(
        result.partitions((frame) => TEXT.decode(frame)),
      );
      assert.deepEqual(got, ["a", "b", "c"]);
    },
  );
  assert.deepEqual(asked, [1, 1, 1, 1]);
});

Deno.test("ServedResult.partitions() reads a partition to its end and says 0 when it is left early", async () => {
  const asked: number[] = [];
  await withServed(
    async (conn) => {
      asked.push(await readInt(conn));
      const bytes = new ByteWriter().writeInt(1)
        .writeBytes(strings("a", "b").finish()).writeInt(-1);
      await writeSlowly(conn, bytes.finish());
      asked.push(await readInt(conn));
    },
    async (result) => {
      for await (const text of result.partitions((f) => TEXT.decode(f))) {
        assert.equal(text, "a");
        break;
      }
    },
  );
  assert.deepEqual(asked, [1, 0]);
});

Deno.test("ServedResult.partitions() throws the job's error", async () => {
  await withServed(
    async (conn) => {
      await readInt(conn);
      await writeSlowly(conn, new ByteWriter().writeInt(-1).finish());
    },
    async (result) => {
      await assert.rejects(Array.fromAsync(result.partitions((f) => f)), {
        condition: "CALL_REFUSED",
      });
    },
    { outcome: "!xsorg.apache.spark.SparkException: job failed\n" },
  );
});

Deno.test("ServedResult.partitions() throws when the JVM closes instead of answering", async () => {
  await withServed(
    async (conn) => {
      await readInt(conn);
      await writeSlowly(conn, new Uint8Array([0, 0]));
    },
    async (result) => {
      await assert.rejects(Array.fromAsync(result.partitions((f) => f)), {
        condition: "BYTES_TRUNCATED",
        message: "Cannot read an int: the other side closed after 2 of 4 bytes",
      });
    },
  );
});

Deno.test("openServed() fails clearly when the secret is not accepted", async () => {
  await assert.rejects(
    withServed(
      () => Promise.resolve(),
      () => Promise.resolve(),
      { secret: "wrong" },
    ),
    (error: Error) => {
      assert.match(
        error.message,
        /^Cannot read the result that the JVM serves at "\d+": it does not accept the secret$/,
      );
      return true;
    },
  );
});

Deno.test("ServedResult.partitions() refuses an answer that means nothing", async () => {
  await withServed(
    async (conn) => {
      await readInt(conn);
      await writeSlowly(conn, new ByteWriter().writeInt(7).finish());
    },
    async (result) => {
      await assert.rejects(Array.fromAsync(result.partitions((f) => f)), {
        condition: "ANSWER_INVALID",
        message:
          "Cannot read the next partition: the JVM says 7, and its job did not fail; the stream is out of step",
      });
    },
  );
});
