import { errorMessage } from "../../common/error_message.ts";
import { withTimeout } from "../../common/deadline.ts";
import { GatewayError, ProtocolError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import type { Socket } from "../../common/platform/platform.ts";
import type { Answer } from "./answer.ts";
import { authCommand } from "./command.ts";
import { type Channel, Conversation, type Serve } from "./conversation.ts";

/** Where a gateway listens and what it wants to hear first. */
export interface Endpoint {
  /** A loopback address. */
  readonly host: string;
  /** Its TCP port. */
  readonly port: number;
  /** What each connection has to say first. */
  readonly secret: string;
  /** How long connecting and the secret's check may take, in milliseconds. */
  readonly connectTimeoutMs: number;
}

const LOST = "CONNECTION_LOST";
const READ_BYTES = 64 * 1024;
const ENCODER = new TextEncoder();

/**
 * One authenticated connection: on the JVM's side it is one thread.
 *
 * The JVM leaves Nagle's algorithm on: the second of two answers would wait for
 * the first one's acknowledgement, which our system sends with the next
 * command, or after 40 ms.
 */
export class Connection implements Channel {
  readonly #socket: Socket;
  readonly #conversation: Conversation;
  readonly #channel: Channel;
  /** Called once when the connection has broken, with the reason. */
  onBroken: ((reason: unknown) => void) | undefined;

  private constructor(socket: Socket, serve: Serve | null) {
    this.#socket = socket;
    socket.unref();
    this.#conversation = new Conversation({
      write: (text) => void this.#write(text),
      ref: () => socket.ref(),
      unref: () => socket.unref(),
      close: (reason) => this.close(reason),
    }, serve);
    this.#channel = this.#conversation.channel;
    this.#read();
  }

  /**
   * Connects and shows the secret.
   *
   * @param endpoint where to
   * @param serve serves the JVM's calls; null: it must not make any
   * @throws GatewayError `CONNECTION_FAILED` when nobody listens or answers,
   *   `AUTHENTICATION_FAILED` when the secret is not accepted
   */
  static async open(
    endpoint: Endpoint,
    serve: Serve | null = null,
  ): Promise<Connection> {
    const { host, port, secret, connectTimeoutMs } = endpoint;
    let connection: Connection;
    try {
      connection = new Connection(await platform.connectTcp(host, port), serve);
    } catch (cause) {
      throw notReached(endpoint, errorMessage(cause), cause);
    }
    try {
      const answer = await withTimeout(
        connectTimeoutMs,
        connection.send(authCommand(secret), null),
      );
      if (answer === undefined) {
        const reason = `it did not answer within ${connectTimeoutMs} ms`;
        throw notReached(endpoint, reason, undefined);
      }
      checkAccepted(answer, endpoint);
      return connection;
    } catch (error) {
      connection.close();
      if (!(error instanceof GatewayError)) {
        throw notReached(endpoint, errorMessage(error), error);
      }
      if (error.condition !== LOST) throw error;
      throw notReached(endpoint, "it closed the connection", error);
    }
  }

  /** Whether commands wait for their answers. */
  get busy(): boolean {
    return this.#channel.busy;
  }

  /** Whether commands can still be sent. */
  get usable(): boolean {
    return this.#channel.usable;
  }

  /** As {@link Channel.send}. */
  send(
    command: string,
    holds: unknown,
    count?: number,
    onAnswer?: (answer: Answer) => void,
  ): Promise<Answer> {
    return this.#channel.send(command, holds, count, onAnswer);
  }

  /** As {@link Channel.idle}. */
  idle(): Promise<void> {
    return this.#channel.idle();
  }

  /** Closes the connection; waiting commands fail with the reason. */
  close(
    reason: unknown = new GatewayError(
      "GATEWAY_CLOSED",
      "Cannot call the JVM: the gateway is closed; start a new session",
    ),
  ): void {
    if (!this.usable) return;
    this.#conversation.end(reason);
    this.#socket.close();
    this.onBroken?.(reason);
  }

  async #write(command: string): Promise<void> {
    try {
      await this.#socket.write(ENCODER.encode(command));
    } catch {
      // The pending read meets the same break, after what the JVM said last.
    }
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES);
    try {
      for (;;) {
        const size = await this.#socket.read(buffer);
        if (size === 0) break;
        this.#conversation.push(buffer.subarray(0, size));
      }
      this.close(lost());
    } catch (error) {
      this.close(error instanceof ProtocolError ? error : lost(error));
    }
  }
}

function lost(cause?: unknown): GatewayError {
  return new GatewayError(
    LOST,
    "Cannot call the JVM: it closed the connection",
    {},
    cause === undefined ? undefined : { cause },
  );
}

function checkAccepted(answer: Answer, endpoint: Endpoint): void {
  if (answer.kind === "value") return;
  const said = answer.kind === "refused" ? answer.reason : null;
  throw new GatewayError(
    "AUTHENTICATION_FAILED",
    `Cannot use the gateway at ${endpoint.host}:${endpoint.port}: it does not accept the secret, and says "${
      said ?? ""
    }"; check PYSPARK_GATEWAY_SECRET if it is set`,
    { host: endpoint.host, port: endpoint.port },
  );
}

function notReached(
  endpoint: Endpoint,
  reason: string,
  cause: unknown,
): GatewayError {
  const { host, port } = endpoint;
  return new GatewayError(
    "CONNECTION_FAILED",
    `Cannot connect to the gateway at ${host}:${port}: ${reason}`,
    { host, port },
    cause === undefined ? undefined : { cause },
  );
}
