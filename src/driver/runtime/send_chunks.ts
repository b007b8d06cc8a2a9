import type { Socket } from "../../common/platform/platform.ts";

const CHUNK_BYTES = 1 << 20;

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
