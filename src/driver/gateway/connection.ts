import { withTimeout } from "../../common/deadline.ts";
import { GatewayError, ProtocolError } from "../../common/errors.ts";
import { platform } from "../../common/platform/deno.ts";
import type { Socket } from "../../common/platform/platform.ts";
import { type Answer, parseAnswer } from "./answer.ts";
import { authCommand } from "./command.ts";
import { LineSplitter } from "./line_splitter.ts";

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

interface Request {
  readonly command: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  /** Keeps the objects that the command names from being collected, and so released, before the JVM has read it. */
  readonly holds: unknown;
  readonly onAnswer: ((answer: Answer) => void) | undefined;
  /** How many answers are to come. */
  left: number;
}

const LOST = "CONNECTION_LOST";
const READ_BYTES = 64 * 1024;
const ENCODER = new TextEncoder();

/**
 * One authenticated connection: on the JVM's side it is one thread.
 *
 * A command is sent when the one before it was answered. The JVM leaves Nagle's
 * algorithm on: the second of two answers would wait for the first one's
 * acknowledgement, which our system sends with the next command, or after 40 ms.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #splitter = new LineSplitter();
  /** The one that was sent, and those that wait for it. */
  readonly #requests: Request[] = [];
  #failure: unknown;
  #onIdle: (() => void) | undefined;
  /** Called once when the connection has broken, with the reason. */
  onBroken: ((reason: unknown) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.unref();
    this.#read();
  }

  /**
   * Connects and shows the secret.
   *
   * @param endpoint where to
   * @throws GatewayError `CONNECTION_FAILED` when nobody listens or answers,
   *   `AUTHENTICATION_FAILED` when the secret is not accepted
   */
  static async open(endpoint: Endpoint): Promise<Connection> {
    const { host, port, secret, connectTimeoutMs } = endpoint;
    let connection: Connection;
    try {
      connection = new Connection(await platform.connectTcp(host, port));
    } catch (cause) {
      throw notReached(endpoint, messageOf(cause), cause);
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
        throw notReached(endpoint, messageOf(error), error);
      }
      if (error.condition !== LOST) throw error;
      throw notReached(endpoint, "it closed the connection", error);
    }
  }

  /** Whether commands wait for their answers. */
  get busy(): boolean {
    return this.#requests.length > 0;
  }

  /** Whether commands can still be sent. */
  get usable(): boolean {
    return this.#failure === undefined;
  }

  /**
   * Sends a command, after those that were sent before.
   *
   * @param command its whole text; or that of several, one after the other
   * @param holds what must stay alive until the answer has come
   * @param count how many commands they are
   * @param onAnswer gets each answer as it comes, the last one included
   * @returns the last answer, or the fatal one that ended the connection;
   *   rejects with the reason when the connection breaks
   */
  send(
    command: string,
    holds: unknown,
    count: number = 1,
    onAnswer?: (answer: Answer) => void,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#requests.push(
        { command, resolve, reject, holds, left: count, onAnswer },
      );
      if (this.#requests.length > 1) return;
      this.#socket.ref();
      this.#write(command);
    });
  }

  /** Resolves when no command waits for its answer. */
  idle(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle = resolve);
  }

  /** Closes the connection; waiting commands fail with the reason. */
  close(
    reason: unknown = new GatewayError(
      "GATEWAY_CLOSED",
      "Cannot call the JVM: the gateway is closed; start a new session",
    ),
  ): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    this.#socket.close();
    for (const { reject } of this.#requests.splice(0)) reject(reason);
    this.#onIdle?.();
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
    const settle = (line: Uint8Array): void => this.#settle(line);
    try {
      for (;;) {
        const size = await this.#socket.read(buffer);
        if (size === 0) break;
        this.#splitter.push(buffer.subarray(0, size), settle);
      }
      this.close(lost());
    } catch (error) {
      this.close(error instanceof ProtocolError ? error : lost(error));
    }
  }

  #settle(line: Uint8Array): void {
    const request = this.#requests[0];
    if (request === undefined) {
      throw new ProtocolError(
        "ANSWER_UNASKED",
        `Cannot use the JVM's answer of ${line.length} bytes: no command waits for one; the connection is out of step or not to a Spark gateway`,
        { size: line.length },
      );
    }
    const answer = parseAnswer(line);
    request.onAnswer?.(answer);
    const fatal = answer.kind === "refused" && answer.fatal;
    if (--request.left > 0 && !fatal) return;
    this.#requests.shift();
    request.resolve(answer);
    // The JVM's thread is gone: the next command would find it closed.
    if (fatal) return this.close(ended());
    const next = this.#requests[0];
    if (next !== undefined) {
      this.#write(next.command);
    } else {
      this.#socket.unref();
      this.#onIdle?.();
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

function ended(): GatewayError {
  return new GatewayError(
    "CONNECTION_ENDED",
    "Cannot call the JVM on this connection: the JVM ended it after a command that it could not carry out; make the call outside of this lease",
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

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
