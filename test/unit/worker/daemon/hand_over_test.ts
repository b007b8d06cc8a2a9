import assert from "node:assert/strict";
import { ByteReader } from "../../../../src/common/byte_reader.ts";
import { ByteWriter } from "../../../../src/common/byte_writer.ts";
import { parseFailure } from "../../../../src/protocol/failure_text.ts";
import { MARKER } from "../../../../src/protocol/marker.ts";
import { startDaemon } from "./start_daemon.ts";

const SECRET = "f00d".repeat(16);
const PID_AND_ANSWER_BYTES = 10; // int pid, string "ok"

/** The next bytes, so many or up to the end. */
async function take(from: Deno.Conn, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  let at = 0;
  while (at < count) {
    const size = await from.read(bytes.subarray(at));
    if (size === null) break;
    at += size;
  }
  return bytes.slice(0, at);
}

Deno.test("a worker tells the JVM that it cannot hand its connection to a program that is not there", async () => {
  await using daemon = startDaemon(SECRET, {
    TSPARK_LOCAL_WORKER: "/no/such/file",
  });
  const address = await daemon.stdout.values().next();
  const port = new DataView(address.value?.buffer ?? new ArrayBuffer(4))
    .getInt32(0);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new ByteWriter().writeString(SECRET).finish());
  await take(connection, PID_AND_ANSWER_BYTES);
  const head = ByteReader.of(await take(connection, 8));
  assert.equal(head.readInt(), MARKER.PYTHON_EXCEPTION_THROWN);
  const text = new TextDecoder().decode(
    await take(connection, head.readInt()),
  );
  const failure = parseFailure(text);
  assert.equal(failure?.condition, "LOCAL_WORKER_FAILED");
  assert.match(
    failure.message,
    /^Cannot run functions in the driver's own process: No such file or directory/,
  );
});

Deno.test("a daemon whose workers hand their connections over does not begin without the addon", async () => {
  const daemon = startDaemon(SECRET, {
    TSPARK_LOCAL_WORKER: "/no/such/file",
    TSPARK_ADDON: "off",
  }, "piped");
  const { code, stderr } = await daemon.output();
  assert.equal(code, 1);
  assert.match(
    new TextDecoder().decode(stderr),
    /Cannot serve a connection without the native addon: TSPARK_ADDON is off; build it with deno task native/,
  );
});
