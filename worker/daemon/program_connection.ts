import { ByteWriter } from "../../src/common/byte_writer.ts";
import { MAX_SECRET_BYTES } from "../../src/protocol/limits.ts";
import { parsePlannerAddress } from "../../src/protocol/planner_link.ts";
import { ownVariables } from "./spark_environment.ts";

/**
 * Connects to the driver's program, on this machine.
 *
 * @param variable names the file that says where it listens
 * @param greet writes what the connection begins with
 * @throws ProtocolError `PLANNER_ADDRESS_INVALID`; Deno's errors where the program is gone
 */
export async function connectToProgram(
  variable: string,
  greet: (writer: ByteWriter, secret: string) => void,
): Promise<Deno.Conn> {
  const file = ownVariables(variable) ?? "";
  const { host, port, path, secret } = parsePlannerAddress(
    await Deno.readTextFile(file),
  );
  const program = path === null
    ? await Deno.connect({ hostname: host, port })
    : await Deno.connect({ transport: "unix", path });
  await send(program, (writer) => greet(writer, secret));
  return program;
}

/** Writes what `write` writes, all of it. */
export async function send(
  to: Deno.Conn,
  write: (writer: ByteWriter) => void,
): Promise<void> {
  const writer = new ByteWriter();
  write(writer);
  await sendBytes(to, writer.finish());
}

/** Writes all of the bytes. */
export async function sendBytes(
  to: Deno.Conn,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
}

/** An int length and that many bytes, all of it; less where the other side closes, or sends more than a secret has. */
export async function readSized(from: Deno.Conn): Promise<Uint8Array> {
  const head = await readBytes(from, 4);
  const size = new DataView(head.buffer).getInt32(0);
  // What is out of bounds is refused where it is read.
  if (size < 0 || size > MAX_SECRET_BYTES) return head;
  const body = await readBytes(from, size);
  const all = new Uint8Array(4 + size);
  all.set(head);
  all.set(body, 4);
  return all;
}

async function readBytes(
  from: Deno.Conn,
  count: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const size = await from.read(bytes.subarray(at));
    if (size === null) return bytes.slice(0, at);
    at += size;
  }
  return bytes;
}
