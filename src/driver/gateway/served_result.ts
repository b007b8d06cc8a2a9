import { errorMessage } from "../../common/error_message.ts";
import { withTimeout } from "../../common/deadline.ts";
import { concatBytes } from "../../common/concat_bytes.ts";
import { ByteWriter } from "../../common/byte_writer.ts";
import { GatewayError, ProtocolError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import type { Socket } from "../../common/platform/platform.ts";
import { FrameSplitter } from "../../protocol/frame.ts";
import { expectString, expectStringOrNull } from "./expect.ts";
import { type JavaCalls, JavaObject, type JavaValue } from "./java_object.ts";

const READ_BYTES = 256 * 1024;
const GREETING = "ok";
const CONNECT_TIMEOUT_MS = 15_000; // as long as the JVM waits for us

/**
 * Connects to a result that the JVM serves.
 *
 * Peer: `PythonRDD.collectAndServe`, `runJob`, `toLocalIteratorAndServe`,
 * `serveIterator`, `Dataset.collectAsArrowToPython`;
 * `org.apache.spark.security.SocketAuthHelper`.
 * Layout: the secret as int32 BE length (bytes) and UTF-8, answered by "ok" in
 * the same form; nothing of this on a Unix socket.
 *
 * @param gateway the gateway that gave it
 * @param served Java array of port or path, secret or null, server; is released
 * @throws GatewayError `RESULT_NOT_REACHED` when nobody listens or the secret is not accepted
 */
export async function openServed(
  gateway: JavaCalls,
  served: JavaObject,
): Promise<ServedResult> {
  const [address = null, secret = null, server = null] = await gateway
    .arrayElements(served);
  gateway.release(served);
  const handle = server instanceof JavaObject ? server.keep() : null;
  try {
    const socket = await connectServed(gateway, address, secret);
    return new ServedResult(socket, handle, gateway.interruption.signal);
  } catch (error) {
    handle?.release();
    throw error;
  }
}

/**
 * Connects to where the JVM serves, and shows the secret: what
 * {@link openServed} begins with.
 *
 * @param gateway the gateway that gave the address
 * @param address port or path
 * @param secret the secret; null on a Unix socket
 * @throws GatewayError `RESULT_NOT_REACHED` when nobody listens or the secret is not accepted
 */
export async function connectServed(
  gateway: JavaCalls,
  address: JavaValue,
  secret: JavaValue,
): Promise<Socket> {
  let socket: Socket | undefined;
  try {
    const text = expectStringOrNull(secret, "the served result's secret");
    socket = typeof address === "number"
      ? await platform.connectTcp(gateway.servedHost, address)
      : await platform.connectUnix(expectString(address, "its path"));
    if (text !== null) await authenticate(socket, text);
    return socket;
  } catch (cause) {
    socket?.close();
    const reason = errorMessage(cause);
    throw new GatewayError(
      "RESULT_NOT_REACHED",
      `Cannot read the result that the JVM serves at "${address}": ${reason}`,
      {},
      { cause },
    );
  }
}

/** A result that comes from the JVM over a connection of its own. */
export class ServedResult implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #server: JavaObject | null;
  /** Read already, not asked for yet. */
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;
  #closed = false;
  /** Whether the JVM's side expects to be told that no more is wanted. */
  #waitsForUs = false;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => void this.#abort();

  /**
   * A result over a connection that is already made.
   *
   * @param socket the connection, authenticated
   * @param server the JVM's server object, if there is one
   * @param signal closes the connection where it is aborted
   */
  constructor(
    socket: Socket,
    server: JavaObject | null,
    signal?: AbortSignal,
  ) {
    this.#socket = socket;
    this.#server = server;
    this.#signal = signal;
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (signal?.aborted) this.close();
  }

  /**
   * The bytes as they come, each chunk an array of its own, until the JVM
   * closes; {@link ServedResult.finish} then tells whether that was the end.
   */
  async *bytes(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = await this.#chunk();
      if (chunk === null) return;
      yield chunk;
    }
  }

  /**
   * The frames as they come, those of a chunk together, until the JVM closes.
   *
   * @throws ProtocolError `BYTES_TRUNCATED` when it closes inside a frame,
   *   `LENGTH_INVALID` for an impossible length
   * @throws JavaError the job's, when that is why
   */
  async *frames(): AsyncGenerator<Uint8Array[]> {
    const splitter = new FrameSplitter();
    for await (const chunk of this.bytes()) {
      const frames = splitter.push(chunk);
      if (frames.length > 0) yield frames;
    }
    await this.#finishFrames(splitter);
  }

  /**
   * The frames of one partition after the other, decoded, each partition computed when
   * it is asked for; ends the JVM's side too when it is left early.
   *
   * Peer: `PythonRDD.toLocalIteratorAndServe`: int 1 asks for a partition;
   * int 1 and frames up to length -1 come, or int 0 for the end, or int -1
   * when the job failed; int 0 asks for no more.
   *
   * @param decode what to make of a frame
   * @throws JavaError the job's error
   * @throws ProtocolError `ANSWER_INVALID` for another answer than these
   */
  async *partitions<T>(
    decode: (frame: Uint8Array) => T,
  ): AsyncGenerator<T> {
    let more = true;
    this.#waitsForUs = true;
    try {
      while (more) {
        await this.write(1);
        const answer = await this.#readInt();
        more = answer === 1;
        if (more) yield* this.#section(decode);
        else if (answer !== 0) throw await this.#failure(answer);
      }
    } finally {
      if (more && !this.#ended) await this.write(0).catch(() => {});
    }
  }

  /** Writes an int32 BE. */
  async write(value: number): Promise<void> {
    await this.#socket.write(new ByteWriter(4).writeInt(value).finish());
  }

  /**
   * Asks the server how it ended, after the last byte was read: a failed job
   * may look like a short result.
   *
   * @throws JavaError the job's error
   */
  async finish(): Promise<void> {
    await this.#server?.call("getResult");
  }

  /** Closes the connection; the JVM stops serving. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#socket.close();
    this.#server?.release();
  }

  /** As {@link ServedResult.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /** Leaves before the end, as the JVM expects it. */
  async #abort(): Promise<void> {
    if (this.#waitsForUs) await this.write(0).catch(() => {});
    this.close();
  }

  /** Why no partition came: the job's error, thrown, or what the JVM said. */
  async #failure(answer: number): Promise<ProtocolError> {
    await this.finish();
    return new ProtocolError(
      "ANSWER_INVALID",
      `Cannot read the next partition: the JVM says ${answer}, and its job did not fail; the stream is out of step`,
      { answer },
    );
  }

  /** The frames of one partition; reads on to its end when it is left early. */
  async *#section<T>(
    decode: (frame: Uint8Array) => T,
  ): AsyncGenerator<T> {
    const splitter = new FrameSplitter({ endMark: true });
    try {
      while (!splitter.ended) {
        for (const frame of await this.#nextFrames(splitter)) {
          yield decode(frame);
        }
      }
    } finally {
      while (!splitter.ended && !this.#ended) {
        await this.#nextFrames(splitter);
      }
    }
  }

  async #nextFrames(splitter: FrameSplitter): Promise<Uint8Array[]> {
    const chunk = await this.#chunk();
    if (chunk !== null) return splitter.push(chunk);
    await this.#finishFrames(splitter);
    return [];
  }

  async #finishFrames(splitter: FrameSplitter): Promise<void> {
    try {
      splitter.finish();
    } catch (error) {
      await this.finish(); // the job's own error says more
      throw error;
    }
  }

  async #readInt(): Promise<number> {
    while (this.#rest.length < 4) {
      const before = this.#rest;
      this.#rest = new Uint8Array(0);
      const chunk = await this.#chunk();
      if (chunk === null) {
        await this.finish();
        throw new ProtocolError(
          "BYTES_TRUNCATED",
          `Cannot read an int: the other side closed after ${before.length} of 4 bytes`,
          { wanted: 4, got: before.length },
        );
      }
      this.#rest = concatBytes([before, chunk]);
    }
    const { buffer, byteOffset } = this.#rest;
    this.#rest = this.#rest.subarray(4);
    return new DataView(buffer, byteOffset, 4).getInt32(0);
  }

  /** What comes next; null at the end. */
  async #chunk(): Promise<Uint8Array | null> {
    if (this.#rest.length > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array(0);
      return rest;
    }
    if (this.#ended) return null;
    const buffer = new Uint8Array(READ_BYTES);
    const size = await this.#socket.read(buffer);
    if (size === 0) this.#ended = true;
    // A small chunk should not hold on to a large buffer.
    if (size < READ_BYTES / 4) return size === 0 ? null : buffer.slice(0, size);
    return buffer.subarray(0, size);
  }
}

async function authenticate(socket: Socket, secret: string): Promise<void> {
  await socket.write(new ByteWriter().writeString(secret).finish());
  const wanted = new ByteWriter().writeString(GREETING).finish();
  const answer = new Uint8Array(wanted.length);
  const read = async (): Promise<boolean> => {
    for (let at = 0; at < answer.length;) {
      const size = await socket.read(answer.subarray(at));
      if (size === 0) return false;
      at += size;
    }
    return answer.every((byte, i) => byte === wanted[i]);
  };
  const accepted = await withTimeout(CONNECT_TIMEOUT_MS, read());
  if (accepted === true) return;
  throw new GatewayError(
    "AUTHENTICATION_FAILED",
    accepted === undefined
      ? `it did not accept the secret within ${CONNECT_TIMEOUT_MS} ms`
      : "it does not accept the secret",
  );
}
