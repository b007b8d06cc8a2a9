import type { ByteWriter } from "../../common/byte_writer.ts";
import { SparkError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import type { Socket } from "../../common/platform/platform.ts";
import { MAX_BROADCAST_BYTES } from "../../protocol/limits.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { JavaObject } from "../gateway/java_object.ts";
import { connectServed } from "../gateway/served_result.ts";

const CHUNK_BYTES = 1 << 20;

/** How bytes get to the JVM. */
export interface BytesChannel {
  readonly gateway: Gateway;
  readonly jsc: JavaObject;
  /** Whether Spark encrypts what it writes to disk, so that files of ours may not hold values. */
  readonly isEncrypted: boolean;
}

/**
 * Makes a JVM broadcast of bytes.
 *
 * Peer: `PythonRDD.setupBroadcast`, `PythonBroadcast`, Spark 3.5 – 4.3. With
 * encryption the bytes go through `setupEncryptionServer`'s socket.
 *
 * @param channel the way to the JVM
 * @param bytes the content, which must delimit itself
 * @param path a new file; the JVM removes it when the broadcast is gone
 */
export async function broadcastBytes(
  { gateway, jsc, isEncrypted }: BytesChannel,
  bytes: Uint8Array,
  path: string,
): Promise<JavaObject> {
  const content = await gateway.callStaticObject(
    "org.apache.spark.api.python.PythonRDD",
    "setupBroadcast",
    path,
  );
  if (isEncrypted) {
    const served = await content.callObject("setupEncryptionServer");
    const [address = null, secret = null] = await gateway.arrayElements(served);
    await sendChunks(await connectServed(gateway, address, secret), [bytes]);
    await content.call("waitTillDataReceived");
  } else {
    await platform.writePrivateFile(path, bytes);
  }
  return await jsc.callObject("broadcast", content);
}

/**
 * Sends bytes to a server of the JVM's in chunks.
 *
 * Layout: int32 length and bytes for each chunk, then int32 -1. Peer: `DechunkedInputStream`.
 *
 * @param socket a connection to it; is closed
 * @param parts the bytes, in order
 */
export async function sendChunks(
  socket: Socket,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    const head = new DataView(new ArrayBuffer(4));
    const send = async (length: number): Promise<void> => {
      head.setInt32(0, length);
      await socket.write(new Uint8Array(head.buffer));
    };
    for await (const bytes of parts) {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        const chunk = bytes.subarray(at, at + CHUNK_BYTES);
        await send(chunk.length);
        await socket.write(chunk);
      }
    }
    await send(-1);
  } finally {
    socket.close();
  }
}

/**
 * Writes a content so that a reader knows where it ends.
 *
 * Layout: int64 length (bytes), then the content.
 *
 * @param writer where to
 * @param content what to write
 */
export function writeDelimited(writer: ByteWriter, content: Uint8Array): void {
  if (content.length > MAX_BROADCAST_BYTES) {
    throw new SparkError(
      "BROADCAST_TOO_LARGE",
      `Cannot broadcast ${content.length} bytes: one value may have ${MAX_BROADCAST_BYTES}; broadcast it in parts`,
      { bytes: content.length },
    );
  }
  writer.writeLong(BigInt(content.length)).writeBytes(content);
}
